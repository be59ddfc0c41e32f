import Glibc
import TestSupport
import Testing

/// What somebody sees of what goes on: waiting, times, the own settings.
@Suite(.timeLimit(.minutes(30))) struct StateScreenTests {
  @Test func aSlowServerIsWaitedFor() throws {
    let server = try ScriptedServer { _ in .silence }
    let shell = try Shell(server: server.url)
    let terminal = try shell.terminal(columns: 80)
    try terminal.waitForPrompt()
    terminal.send("for i = 1, 2 do print(i, pcall(server.status)) end\r")
    try terminal.waitForText("Ctrl-C stops it")
    try terminal.expectScreen("waiting")
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    try terminal.expectScreen("waiting-interrupted")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatTookLongSaysSo() throws {
    let (_, terminal) = try PseudoTerminal.sandboxed()
    terminal.send(Key.control("L"))
    try terminal.waitForScreen("an empty screen") { $0.rows == ["mfsh>"] }
    try terminal.enter("tasks.sleep(0.6) return 'slept'")
    try terminal.expectScreen("took", withStyles: true, withDurations: true)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aMistakeInTheOwnSettings() throws {
    let shell = try Shell()
    for folder in [".config", ".config/mfsh"] { mkdir(shell.home.path(folder), 0o700) }
    try shell.home.write(".config/mfsh/init.lua", "function mine() return 'mine' end\nsession.lgin()\n")
    let terminal = try shell.terminal(columns: 80)
    try terminal.waitForPrompt()
    try terminal.enter("mine()")
    try terminal.expectScreen("init-mistake")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
