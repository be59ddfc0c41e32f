import TestSupport
import Testing

/// What somebody sees who pastes.
@Suite(.timeLimit(.minutes(30))) struct PasteScreenTests {
  private let shell: Shell
  private let terminal: PseudoTerminal

  init() throws { (shell, terminal) = try PseudoTerminal.sandboxed() }

  @Test func linesAreOneUnit() throws {
    terminal.send(
      Key.paste("if true then\r\n\tprint('tab')\r\n\tprint('ends of lines')\r\nend\r\nprint('last')"))
    try terminal.expectScreen("pasted")
    try terminal.enter("")
    try terminal.expectScreen("pasted-and-run")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func errorsHaveThePastesOwnLineNumbers() throws {
    try terminal.enter("1")
    terminal.send(Key.paste("local a = 1\nlocal b = 2\nprint(a + nothing)\nprint(b)\n"))
    try terminal.enter("")
    terminal.send(Key.paste("local a = 1\nlocal b = = 2\nprint(b)"))
    try terminal.enter("")
    try terminal.expectScreen("pasted-errors")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
