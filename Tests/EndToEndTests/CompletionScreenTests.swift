import TestSupport
import Testing

/// What somebody sees who presses Tab.
@Suite(.timeLimit(.minutes(30))) struct CompletionScreenTests {
  private let shell: Shell
  private let terminal: PseudoTerminal

  init() throws {
    (shell, terminal) = try PseudoTerminal.sandboxed()
    terminal.send(Key.control("L"))
    try terminal.waitForScreen("an empty screen") { $0.rows == ["mfsh>"] }
  }

  /// The statement is left behind half-typed.
  private func leave(_ prompt: String = "mfsh>") throws {
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt(prompt)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func candidatesAreListed() throws {
    terminal.send("session.lo" + Key.tab + Key.tab)
    try terminal.expectScreen("completion-fields")
    terminal.send("gin{")
    try terminal.expectScreen("completion-typed-on")
    try leave()
  }

  @Test func argumentsAreListedWithWhatTheyMean() throws {
    terminal.send("session.login{user='editor', " + Key.tab)
    try terminal.expectScreen("completion-arguments")
    terminal.send("va" + Key.tab)
    try terminal.expectScreen("completion-argument")
    try leave()
  }

  @Test func vaultsThatWereSeenAreOffered() throws {
    terminal.send("session.login{user='editor'}\r")
    try terminal.show("Password for editor: ")
    try terminal.enter("demo", until: "editor>")
    terminal.send(Key.control("L") + "session.use('" + Key.tab)
    try terminal.expectScreen("completion-vaults")
    terminal.send("F" + Key.tab)
    try terminal.expectScreen("completion-vault")
    try leave("editor>")
  }

  @Test func theSignatureIsShownInsideACall() throws {
    terminal.send("print(session.use(" + Key.control("X") + "h")
    try terminal.expectScreen("signature")
    terminal.send("'Fin")
    try terminal.expectScreen("signature-typed-on")
    try leave()
  }

  @Test func longListsArePaged() throws {
    try terminal.enter("for i = 1, 400 do _G['name_' .. i] = i end")
    terminal.send(Key.control("L") + "name_" + Key.tab)
    try terminal.expectScreen("completion-long")
    terminal.send("q")
    try terminal.expectScreen("completion-long-left")
    try leave()
  }

  /// In the middle of a statement of several lines.
  @Test func theListStandsBelowTheStatement() throws {
    terminal.send("if true then\rprint(session)\rend" + Key.up + Key.end + Key.left + "." + Key.tab)
    try terminal.expectScreen("completion-in-the-middle")
    terminal.send("info")
    try terminal.expectScreen("completion-in-the-middle-typed-on")
    try leave()
  }
}
