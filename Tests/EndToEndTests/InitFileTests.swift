import Glibc
import Sandbox
import TestSupport
import Testing

/// `init.lua` beside the file of profiles.
struct InitFileTests {
  private func shell(_ code: String, server: String? = nil) throws -> Shell {
    let shell = try Shell(server: server)
    for folder in [".config", ".config/mfsh"] { mkdir(shell.home.path(folder), 0o700) }
    try shell.home.write(".config/mfsh/init.lua", code)
    return shell
  }

  /// The shell's folder stays until here.
  private func leave(_ terminal: PseudoTerminal, _ shell: Shell) throws -> TestSupport.ExitStatus {
    try withExtendedLifetime(shell) { try PromptTests.leave(terminal) }
  }

  @Test func itsGlobalsAreThereAndItsLocalsAreItsOwn() throws {
    let shell = try shell("local hidden = 1\nfunction twice(x) return 2 * x end")
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    try terminal.type("twice(21), hidden, _", until: "42\nnil\nnil\n")
    #expect(try leave(terminal, shell) == .exited(0))
  }

  @Test func itRunsBeforeTheLogin() throws {
    let sandbox = try SandboxServer()
    let shell = try shell("print('nobody', session.current())", server: sandbox.url)
    let terminal = try shell.terminal(["-u", "editor", "--password-command", "echo demo"])
    try terminal.show("nobody\tnil")
    try terminal.show("editor> ")
    #expect(try leave(terminal, shell) == .exited(0))
  }

  @Test func itMayMakeRequests() throws {
    let sandbox = try SandboxServer()
    let shell = try shell(
      "session.login{user='editor', password='demo', vault='Finance'} print('in')", server: sandbox.url)
    let terminal = try shell.terminal()
    try terminal.show("in\n")
    try terminal.show("editor@Finance> ")
    #expect(try leave(terminal, shell) == .exited(0))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test(arguments: [
    ("x = 1\ny = nil + 1", "mfsh: init.lua:2: attempt to perform arithmetic on a nil value\n"),
    ("x = = 1", "mfsh: init.lua:1: unexpected symbol near '='\n"),
    ("function f() error{} end f()", "mfsh: "),
    ("error('two\\nlines')", "mfsh: init.lua:1: two\\nlines\n"),
    ("session.login{usr='x'}", "mfsh: init.lua:1: session.login does not take \"usr\": did you mean user?\n"),
  ])
  func aMistakeIsOneLineAndThePromptComes(code: String, message: String) throws {
    let shell = try shell(code)
    let terminal = try shell.terminal()
    let shown = try terminal.show("mfsh> ")
    #expect(shown.contains("leaves\n\(message)"))
    #expect(shown.split(separator: "\n").count == 3)
    #expect(try leave(terminal, shell) == .exited(0))
  }

  @Test func ctrlCStopsIt() throws {
    let shell = try shell("ready = 1 print('st' .. 'art') while true do pcall(error) end")
    let terminal = try shell.terminal()
    try terminal.show("start\n")
    terminal.send("\u{3}")
    try terminal.show("interrupted\n")
    try terminal.show("mfsh> ")
    try terminal.type("ready", until: "1\n")
    #expect(try leave(terminal, shell) == .exited(0))
  }

  @Test func whatOthersMayWriteIsRefused() throws {
    let shell = try shell("print('ran')")
    let path = shell.home.path(".config/mfsh/init.lua")
    chmod(path, 0o666)
    let terminal = try shell.terminal()
    let shown = try terminal.show("mfsh> ")
    #expect(
      shown.contains("mfsh: \(path): others may write it, and so run code as you: chmod go-w \(path)\n"))
    #expect(!shown.contains("ran"))
    #expect(try leave(terminal, shell) == .exited(0))
  }

  @Test func onlyThePromptRunsIt() throws {
    let shell = try shell("print('ran')")
    try shell.home.write("script.lua", "print('script')")
    #expect(try shell.run("print(1)").output == "1\n")
    #expect(try shell.run(["script.lua"]).output == "script\n")
    #expect(try shell.run([], input: "print(2)").output == "2\n")
    let terminal = try shell.terminal(["--no-init"])
    #expect(try !terminal.show("mfsh> ").contains("ran"))
    #expect(try leave(terminal, shell) == .exited(0))
    let afterwards = try shell.terminal(["-i", "-e", "print('code')"])
    #expect(try afterwards.show("mfsh> ").contains("ran"))
    #expect(try leave(afterwards, shell) == .exited(0))
  }

  @Test func withoutAHomeFolderThePromptComes() throws {
    var shell = try Shell()
    shell.environment = ["HOME": "/nonexistent/home"]
    let terminal = try shell.terminal()
    #expect(try terminal.show("mfsh> ").split(separator: "\n").count == 2)
    #expect(try leave(terminal, shell) == .exited(0))
  }
}
