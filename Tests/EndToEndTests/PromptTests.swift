import Glibc
import Sandbox
import TestSupport
import Testing

/// The prompt, under a person's hands.
struct PromptTests {
  /// A prompt beside a sandbox.
  static func sandboxed(_ options: [String] = []) throws -> (shell: Shell, terminal: PseudoTerminal) {
    var shell = try Shell()
    shell.options = ["--sandbox"] + options
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    return (shell, terminal)
  }

  /// A prompt that has logged in to the sandbox.
  static func loggedIn(_ sandbox: SandboxServer) throws -> (shell: Shell, terminal: PseudoTerminal) {
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal(["--user", "editor", "--vault", "Sample Vault"])
    try terminal.show("Password for editor: ")
    try terminal.type("demo", until: "editor@Sample Vault> ")
    return (shell, terminal)
  }

  static func leave(_ terminal: PseudoTerminal) throws -> TestSupport.ExitStatus {
    // Ctrl-D is a key only while a line is edited.
    try terminal.wait(for: "the prompt", within: Shell.patience) { !terminal.settings.readsLines }
    terminal.send("\u{4}")
    return try terminal.waitForExit(within: Shell.patience)
  }

  @Test func aNewcomersSession() throws {
    let (_, terminal) = try Self.sandboxed()
    #expect(terminal.screenText.contains("session.login{user=\"editor\", password=\"demo\"}"))
    try terminal.type(#"session.login{user="editor"}"#, until: "Password for editor: ")
    #expect(!terminal.settings.echoes)
    let answer = try terminal.type("demo", until: "editor> ")
    #expect(!answer.contains("demo"))
    let vaults = try terminal.type("session.vaults()", until: "editor> ")
    let rows = vaults.split(separator: "\n").filter { $0.contains("{") }
    #expect(rows.count == 2 && vaults.contains("Name") && vaults.contains("GUID"))
    #expect(rows.allSatisfy { $0.contains("Sample Vault") || $0.contains("Finance") })
    try terminal.type(#"session.use("Finance").Name"#, until: "\"Finance\"")
    try terminal.show("editor@Finance> ")
    try terminal.type("session.logout()", until: "true")
    try terminal.show("mfsh> ")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test func ctrlCEndsALoopAndKeepsTheState() throws {
    let (_, terminal) = try Self.sandboxed()
    try terminal.type("count = 0", until: "mfsh> ")
    try terminal.type(
      "while true do count = count + 1 if count == 9 then print('st' .. 'art') end end", until: "start\n")
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("mfsh> ")
    try terminal.type("'count is ' .. math.type(count)", until: "\"count is integer\"")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test func ctrlCEndsALoopOfRequestsThatCatchesErrors() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try Self.loggedIn(sandbox)
    let before = sandbox.stats.requests
    terminal.send("while true do pcall(session.info) end\r")
    try terminal.wait(for: "requests", within: Shell.patience) { sandbox.stats.requests > before + 5 }
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("editor@Sample Vault> ")
    try terminal.type("session.info().AccountName", until: "\"editor\"")
    #expect(try Self.leave(terminal) == .exited(0))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func ctrlCEndsATaskWithItsScopes() throws {
    let (_, terminal) = try Self.sandboxed()
    try terminal.type("closed = 0", until: "mfsh> ")
    let scope = "local c <close> = setmetatable({}, {__close=function() closed = closed + 1 end})"
    try terminal.type(
      "tasks.map({1, 2}, function(i) \(scope) print('task' .. i) tasks.sleep(9999) end)", until: "task2\n")
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("mfsh> ")
    try terminal.type("'closed ' .. closed", until: "\"closed 2\"")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test func statementsOfSeveralLines() throws {
    let (_, terminal) = try Self.sandboxed()
    try terminal.type("for i = 1, 2 do", until: "do\n")
    try terminal.type("print('line ' .. i)", until: "i)\n")
    try terminal.type("end", until: "line 1\nline 2\n")
    try terminal.show("mfsh> ")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test func ctrlCDropsTheLine() throws {
    let (_, terminal) = try Self.sandboxed()
    terminal.send("os.exit(9)")
    try terminal.show("os.exit(9)")
    terminal.send("\u{3}")
    try terminal.show("mfsh> ")
    try terminal.type("1 + 1", until: "2")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test func theLastResultHasAName() throws {
    let (_, terminal) = try Self.sandboxed()
    try terminal.type("40 + 1", until: "41")
    try terminal.type("_ + 1", until: "42")
    try terminal.type("x = 5", until: "mfsh> ")
    try terminal.type("_ + 1", until: "43")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test func localsSurvive() throws {
    let (_, terminal) = try Self.sandboxed()
    try terminal.type("local x, y <const> = 40, 2", until: "mfsh> ")
    try terminal.type("x + y", untilLast: "\n42")
    try terminal.type("function get() return x end x = 'set'", until: "mfsh> ")
    try terminal.type("get(), _G.x", untilLast: "\n\"set\"\nnil")
    try terminal.type("y = 1", untilLast: "\nattempt to assign to const variable 'y'")
    try terminal.type(
      "local f <close> = io.tmpfile()",
      until: "\nf <close> was closed with this statement: put what uses it into one do … end")
    try terminal.show("mfsh> ")
    terminal.send("\u{1B}[200~local a = 1\nlocal b = a + nil\u{1B}[201~")
    try terminal.show("nil")
    terminal.send("\r")
    try terminal.showLast("line 2: attempt to perform arithmetic on a nil value")
    try terminal.type("a, b", untilLast: "\n1\nnil")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test(arguments: [
    ("session.info()", #"nobody is logged in: log in first with session.login{user="name"}"#),
    ("session.lgin()", "attempt to call a nil value (field 'lgin'): did you mean session.login?"),
    ("tasks.run()", "attempt to call a nil value (field 'run'): help(tasks) lists what there is"),
    ("sesion.info()", "attempt to index a nil value (global 'sesion'): did you mean session?"),
    ("('x'):uper()", "attempt to call a nil value (method 'uper'): did you mean string:upper?"),
    ("session:logn{}", "attempt to call a nil value (method 'logn'): did you mean session.login?"),
    ("t = {} t.x()", "attempt to call a nil value (field 'x')\n"),
    (")", "unexpected symbol near ')'"),
    ("session.login{usr=1}", #"session.login does not take "usr": did you mean user?"#),
  ])
  func errorsAreOneLine(code: String, message: String) throws {
    let (_, terminal) = try Self.sandboxed()
    terminal.send(code + "\r")
    try terminal.show(message)
    try terminal.show("mfsh> ")
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try Self.leave(terminal) == .exited(0))
  }

  @Test func scriptsCanLeaveOneAtThePrompt() throws {
    let shell = try Shell()
    let terminal = try shell.terminal(["-i", "-e", "answer = 42"])
    try terminal.show("mfsh> ")
    try terminal.type("answer", until: "42")
    try terminal.type("os.exit(3)", until: "\n")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(3))
  }
}
