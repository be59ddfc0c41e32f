import Glibc
import Sandbox
import TestSupport
import Testing

/// However the prompt ends, it logs out.
struct PromptEndTests {
  static let kinds: [(number: Int32, status: Int32)] = [(SIGTERM, 143), (SIGHUP, 129), (SIGQUIT, 143)]

  @Test(arguments: kinds) func signalsAtThePrompt(number: Int32, status: Int32) throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    #expect(sandbox.stats.liveSessions == 1)
    terminal.signal(number)
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(status))
    #expect(sandbox.stats.liveSessions == 0)
    #expect(terminal.settings.echoes && terminal.settings.readsLines)
  }

  @Test(arguments: kinds, ["while true do end", "tasks.sleep(9999)", "string.rep('', 1 << 62)"])
  func signalsWhileCodeRuns(_ signal: (number: Int32, status: Int32), code: String) throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    try terminal.type("print('st' .. 'art') \(code)", until: "start")
    terminal.signal(signal.number)
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(signal.status))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func twoCtrlCEndWhatCannotBeInterrupted() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    var status: TestSupport.ExitStatus?
    for _ in 1...10 where status == nil {
      let interruptions = terminal.screenText.split(separator: "interrupted").count
      try terminal.type("print('st' .. 'art') string.rep('', 1 << 62)", until: "start")
      // Presses that come too close to each other can be one signal. One before string.rep begins ends the statement in
      // the usual way: then it is typed again.
      for _ in 1...20 where status == nil {
        terminal.send("\u{3}")
        status = try? terminal.waitForExit(within: 0.4)
        if terminal.screenText.split(separator: "interrupted").count > interruptions { break }
      }
    }
    #expect(status == .exited(130))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func aTerminalThatGoesAway() throws {
    let sandbox = try SandboxServer()
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal(["--user", "editor", "--password-command", "echo demo"])
    try terminal.show("editor> ")
    terminal.hangUp()
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(129))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test func ctrlDAtTheQuestionLogsNobodyIn() throws {
    let sandbox = try SandboxServer()
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal(["--user", "editor"])
    try terminal.show("Password for editor: ")
    terminal.send("\u{4}")
    try terminal.show("no password was typed")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    #expect(sandbox.stats.logins == 0)
  }

  @Test func ctrlCAtTheQuestionStopsTheStatement() throws {
    let sandbox = try SandboxServer()
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal(["--user", "editor"])
    try terminal.show("Password for editor: ")
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("mfsh> ")
    try terminal.type("pcall(session.login) or 1", until: "Password for editor: ")
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    #expect(sandbox.stats.logins == 0)
  }

  @Test func ctrlCAtTheQuestionOfAScriptEndsIt() throws {
    let sandbox = try SandboxServer()
    let terminal = try Shell(server: sandbox.url).terminal([
      "-e", #"pcall(session.login, {user="editor"}) print("went on")"#,
    ])
    try terminal.show("Password for editor: ")
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit(within: Shell.patience) == .signalled(SIGINT))
    #expect(!terminal.screenText.contains("went on"))
  }
}
