import Glibc
import TestSupport
import Testing

/// Passwords on a real terminal.
@Suite(.serialized) struct PasswordQuestionTests {
  private func question() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal([BuiltBinary.path("EditorProbe")])
    try terminal.expect("probe> ")
    terminal.send("pw\r")
    try terminal.expect("Password: ")
    #expect(!terminal.settings.echoes && terminal.settings.readsLines)
    return terminal
  }

  @Test func anAnswerIsNotShown() throws {
    let terminal = try question()
    terminal.send("s3crét\r")
    let shown = try terminal.expect("<password ")
    #expect(!shown.contains("s3cr"))
    try terminal.expect("s3crét>")
    try terminal.expect("probe> ")
  }

  @Test func controlCInterruptsAndTheEditorGoesOn() throws {
    let terminal = try question()
    terminal.send("half\u{03}")
    try terminal.expect("<interrupted>")
    try terminal.expect("probe> ")
    terminal.send("x\r")
    try terminal.expect("[x]")
  }

  @Test func controlDEndsTheInput() throws {
    let terminal = try question()
    terminal.send("\u{04}")
    try terminal.expect("<endOfInput>")
  }

  @Test func controlZSuspendsAndTheQuestionComesBack() throws {
    let terminal = try PseudoTerminal(["bash", "--norc", "-i"], environment: ["PS1": "$ "])
    try terminal.expect("$ ")
    terminal.send(BuiltBinary.path("EditorProbe") + "\r")
    try terminal.expect("probe> ")
    terminal.send("pw\r")
    try terminal.expect("Password: ")
    terminal.send("half\u{1A}")
    try terminal.expect("Stopped")
    try terminal.expect("$ ")
    terminal.send("fg\r")
    try terminal.expect("Password: ")
    terminal.send("whole\r")
    try terminal.expect("<password whole>")
  }

  @Test func withoutATerminalNobodyIsAsked() throws {
    let result = try ChildProcess.run([BuiltBinary.path("EditorProbe")], input: "pw\n")
    #expect(result.output.contains("<noTerminal>"))
    #expect(result.status == .exited(0))
  }

  @Test func aTerminationReachesTheProgram() throws {
    let terminal = try question()
    terminal.signal(SIGTERM)
    try terminal.expect("<interrupted>")
    try terminal.expect("<stopped>")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.settings.echoes)
  }
}
