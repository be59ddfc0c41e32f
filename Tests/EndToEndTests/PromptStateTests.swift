import Glibc
import Sandbox
import TestSupport
import Testing

/// What the prompt says of the session, and prompts of one's own.
struct PromptStateTests {
  private let sandbox: SandboxServer
  private var shell: Shell

  init() throws {
    sandbox = try SandboxServer()
    shell = try Shell(server: sandbox.url)
  }

  private func prompt(_ arguments: [String] = []) throws -> PseudoTerminal {
    let terminal = try shell.terminal(arguments)
    try terminal.show("> ")
    return terminal
  }

  private func leave(_ terminal: PseudoTerminal) throws {
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func theLastMinutesCount() throws {
    let terminal = try prompt()
    try terminal.type(
      "session.login{user='editor', password='demo', expires=200, reconnect=false} n = 1",
      until: "editor 3m> ")
    try terminal.type(
      "session.login{user='editor', password='demo', expires=30, reconnect=false} n = 1", until: "editor 2")
    try terminal.show("s> ")
    try leave(terminal)
  }

  @Test func anEndedSessionIsExpired() throws {
    let terminal = try prompt()
    try terminal.type(
      "session.login{user='editor', password='demo', expires=1, reconnect=false} tasks.sleep(1.5)",
      until: "editor expired> ")
    try leave(terminal)
  }

  @Test func theEndIsToldWhileSomethingIsTyped() throws {
    let terminal = try prompt()
    try terminal.type(
      "session.login{user='editor', password='demo', expires=6, reconnect=false} n = 1", until: "s> ")
    terminal.send("local half")
    try terminal.waitForScreen("the end above the line") {
      $0.rows.suffix(2) == [
        "mfsh: this session has ended: session.login() logs in again", "editor expired> local half",
      ]
    }
    try terminal.enter(" = 1", until: "editor expired>")
    try leave(terminal)
  }

  /// What goes on by itself has not ended.
  @Test func aSessionThatLogsInAgainIsNotExpired() throws {
    let terminal = try prompt()
    try terminal.type(
      "session.login{user='editor', password='demo', expires=1} tasks.sleep(1.5)", until: "editor> ")
    try terminal.type("session.info().AccountName", until: "\"editor\"\n")
    try terminal.show("editor> ")
    try leave(terminal)
  }

  @Test func namesFitTheWindow() throws {
    let terminal = try prompt()
    try terminal.type(
      "session.login{user='editor', password='demo', vault='Finance'} n = 1", until: "editor@Finance> ")
    terminal.resize(columns: 24, rows: 24)
    try terminal.waitForScreen("short names") { $0.rows.last == "edi…@Fina…>" }
    terminal.resize(columns: 80, rows: 24)
    try terminal.waitForScreen("whole names") { $0.rows.last == "editor@Finance>" }
    try leave(terminal)
  }

  @Test func productionIsMarked() throws {
    try shell.write(
      profiles: """
        return { prod = { url = "\(sandbox.url)", user = "editor", password = { command = {"echo", "demo"} },
                          vault = "Finance", production = true } }
        """)
    var shell = shell
    shell.options = ["--profile", "prod"]
    let terminal = try shell.terminal()
    try terminal.show("prod:editor@Finance locked> ")
    #expect(String(decoding: terminal.rawOutput, as: UTF8.self).contains("\u{1B}[1;31mprod:editor@Finance"))
    try leave(terminal)
    shell.environment = ["NO_COLOR": "1"]
    let plain = try shell.terminal()
    try plain.show("!prod:editor@Finance locked> ")
    #expect(!String(decoding: plain.rawOutput, as: UTF8.self).contains("\u{1B}[1;31m"))
    // Another server is not the profile's.
    let other = try SandboxServer()
    try plain.type(
      "session.login{url='\(other.url)', user='editor', password='demo'} n = 1",
      until: "127.0.0.1:editor@Finance locked> ")
    try leave(plain)
  }

  @Test func aLockIsSeen() throws {
    let terminal = try prompt()
    try terminal.type("\\lock", until: "mfsh locked> ")
    try terminal.type("session.login{user='editor', password='demo'} n = 1", until: "editor locked> ")
    try terminal.type("mfsh.prompt = function(s) return tostring(s.locked) .. '$ ' end", until: "true$ ")
    try terminal.type("mfsh.unlock()", until: "false$ ")
    try terminal.type("mfsh.prompt = nil", until: "editor> ")
    try leave(terminal)
  }

  @Test func aPromptOfOnesOwn() throws {
    let terminal = try prompt()
    let function =
      "mfsh.prompt = function(s) return (s.user or 'nobody') .. '/' .. (s.vault or '-') .. ' $ ' end"
    try terminal.type(function, until: "nobody/- $ ")
    try terminal.type(
      "session.login{user='editor', password='demo', vault='Finance'} n = 1", until: "editor/Finance $ ")
    try terminal.type("mfsh.prompt = nil", until: "editor@Finance> ")
    let keys = "mfsh.prompt = function(s) local k = {} for n in pairs(s) do k[#k + 1] = n end table.sort(k)"
    try terminal.type(
      "\(keys) return table.concat(k, ' ') .. ' $ ' end",
      until: "expires_in locked production statement url user vault $ ")
    try terminal.type(
      "mfsh.prompt = function() return '\\27[32mgreen\\27[0m\\n\\27[2J$ ' end", until: "green[2J$ ")
    try terminal.type("1 + 1", until: "2\n")
    try terminal.show("green[2J$ ")
    try leave(terminal)
  }

  static let faults = [
    (
      "function() error('ba' .. 'd') end",
      "mfsh.prompt: statement 1, line 1: bad (the usual prompt comes instead)"
    ),
    ("function() return 5 end", "mfsh.prompt: it must return a string (the usual prompt comes instead)"),
    ("function() end", "mfsh.prompt: it must return a string (the usual prompt comes instead)"),
    ("'text'", "mfsh.prompt: it must be a function, such as function(state)"),
    ("function() while true do pcall(error) end end", "mfsh.prompt: it computes for longer than 50 ms ("),
    (
      "function() return coroutine.wrap(function() while true do end end)() end",
      "mfsh.prompt: it computes for longer than 50 ms ("
    ),
    ("function() return server.status().x end", "mfsh.prompt: statement 1, line 1: cannot wait here"),
    ("function() tasks.sleep(100) return 'x' end", "mfsh.prompt: statement 1, line 1: cannot wait here"),
    ("function() tasks.map({1}, print) return 'x' end", "mfsh.prompt: statement 1, line 1: cannot wait here"),
    (
      "function() return table.sort({1, 2}, function() tasks.sleep(9) end) end",
      "mfsh.prompt: statement 1, line 1: cannot wait here"
    ),
    ("function() coroutine.yield() end", "mfsh.prompt: attempt to yield from outside a coroutine"),
    ("function() error(setmetatable({}, {__tostring=function() error('x') end})) end", "mfsh.prompt: "),
  ]

  @Test(arguments: faults) func faultsAreToldOnce(function: String, message: String) throws {
    let terminal = try prompt()
    try terminal.type("mfsh.prompt = \(function)", until: message)
    try terminal.show("mfsh> ")
    let shown = try terminal.type("'still ' .. 'here'", untilLast: "\"still here\"")
    #expect(!shown.contains("mfsh.prompt"))
    try terminal.type("mfsh.prompt = function() return 'mended> ' end", until: "mended> ")
    try terminal.show("mended> ")
    #expect(sandbox.stats.requests == 0)
    try leave(terminal)
  }

  @Test func whatIsNoMfshAnyMoreHasThePrompt() throws {
    let terminal = try prompt()
    try terminal.type("mfsh = setmetatable({}, {__index = error})", until: "mfsh> ")
    try terminal.type("mfsh = 7", until: "mfsh> ")
    try terminal.type("'still ' .. 'here'", untilLast: "\"still here\"")
    try leave(terminal)
  }

  @Test func aLogoutThatFailedIsToldAboveTheLine() throws {
    let server = try LyingServer(["DELETE /REST/session": .json("{}", status: 500)])
    let shell = try Shell(server: server.url)
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    terminal.send("s = session.open{user='u', password='p'} s = nil collectgarbage()\rhalf a st")
    try terminal.show("mfsh: a session was not logged out: ")
    try terminal.show("mfsh> half a st")
    terminal.send("\u{3}")
    try terminal.show("mfsh> ")
    try leave(terminal)
  }

  @Test func aSessionThatIsToEndIsToldAboveTheLine() throws {
    let terminal = try prompt()
    let login = "session.login{user='editor', password='demo', expires=66, reconnect=false} n = 1"
    try terminal.type(login, until: "editor 1m> ")
    terminal.send("half a st")
    try terminal.show("mfsh: this session ends in 1 min: session.login() logs in again\n")
    try terminal.show("half a st")
    terminal.send("\u{3}")
    try terminal.show("> ")
    try leave(terminal)
  }
}
