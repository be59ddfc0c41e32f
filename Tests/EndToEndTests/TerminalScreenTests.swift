import Glibc
import TestSupport
import Testing

/// What somebody sees of the prompt on terminals of several kinds and under a shell's job control.
@Suite(.timeLimit(.minutes(30))) struct TerminalScreenTests {
  @Test func suspendedAndResumed() throws {
    let shell = try Shell()
    let terminal = try shell.bash()
    terminal.send("mfsh --sandbox\r")
    try terminal.waitForPrompt()
    terminal.send("if true then\rprint('still ' .. 'here')" + Key.up)
    try terminal.waitForText("here')")
    terminal.send(Key.control("Z"))
    try terminal.waitForPrompt("$")
    try terminal.expectScreen("suspended")
    terminal.send("fg\r")
    try terminal.expectScreen("resumed")
    try terminal.enter(Key.down + Key.end + "\rend")
    try terminal.expectScreen("resumed-and-run")
    terminal.send(Key.control("D"))
    try terminal.waitForPrompt("$")
    terminal.send("exit\r")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
  }

  @Test func aDumbTerminalGetsNoSequences() throws {
    var shell = try Shell()
    (shell.environment["TERM"], shell.options) = ("dumb", ["--sandbox"])
    let terminal = try shell.terminal(columns: 80)
    try terminal.waitForPrompt()
    terminal.send("for i = 1, 2 do\r")
    try terminal.waitForText("...>")
    terminal.send("print('line ' .. i) end\r")
    try terminal.waitForPrompt()
    try terminal.enter("nobody.home")
    try terminal.expectScreen("dumb-terminal")
    #expect(!terminal.rawOutput.contains(0x1B))
    terminal.send(Key.control("D"))
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
  }

  @Test func passwordsAreAskedForWithoutEcho() throws {
    let (_, terminal) = try PseudoTerminal.sandboxed()
    terminal.send("session.login{user='viewer'}\r")
    try terminal.show("Password for viewer: ")
    try terminal.wait(for: "no echo", within: Shell.patience) { !terminal.settings.echoes }
    terminal.send("wrong\r")
    try terminal.waitForPrompt()
    try terminal.expectScreen("password-wrong")
    terminal.send("session.login{user='viewer'}\r")
    try terminal.show("Password for viewer: ")
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    try terminal.expectScreen("password-interrupted")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
