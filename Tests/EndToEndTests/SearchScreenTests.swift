import TestSupport
import Testing

/// What somebody sees who searches for an earlier statement.
@Suite(.timeLimit(.minutes(30))) struct SearchScreenTests {
  private let shell: Shell
  private let terminal: PseudoTerminal

  init() throws {
    (shell, terminal) = try PseudoTerminal.sandboxed()
    try terminal.enter("for i = 1, 2 do\rprint('line ' .. i)\rend")
    try terminal.enter("print('one')")
    try terminal.enter("1 + 1")
  }

  private func leave() throws {
    try terminal.waitForPrompt()
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  private static let (older, newer, back) = (Key.control("R"), Key.control("S"), Key.control("G"))

  @Test func aStatementIsFoundAndRun() throws {
    terminal.send("half-typed" + Self.older)
    try terminal.expectScreen("search-begun")
    terminal.send("pri")
    try terminal.expectScreen("search-found", withStyles: true)
    terminal.send(Self.older)
    try terminal.expectScreen("search-older", withStyles: true)
    terminal.send("x")
    try terminal.expectScreen("search-not-found")
    try terminal.enter(Key.backspace + Self.older + Self.newer + Self.newer + Self.older)
    try terminal.expectScreen("search-run")
    try leave()
  }

  @Test func aStatementIsTakenOverAndEdited() throws {
    terminal.send(Self.older + "line" + Key.escape)
    try terminal.expectScreen("search-taken-over")
    try terminal.enter("new " + Key.down)
    terminal.send(Self.older + "line" + Key.up + Key.up)
    try terminal.expectScreen("search-then-up")
    terminal.send(Key.control("C"))
    try leave()
  }

  @Test func whatWasTypedBeforeTheWalkStays() throws {
    terminal.send("typed first" + Key.up)
    try terminal.waitForScreen("the last statement") { $0.rows.last == "mfsh> 1 + 1" }
    terminal.send(Self.older + "one" + Key.escape)
    try terminal.waitForScreen("the found one") { $0.rows.last == "mfsh> print('one')" }
    terminal.send(Key.down + Key.down)
    try terminal.waitForScreen("what was typed") { $0.rows.last == "mfsh> typed first" }
    terminal.send(Key.control("C"))
    try leave()
  }

  @Test(arguments: [Self.back, Key.control("C")]) func whatWasTypedComesBack(key: String) throws {
    terminal.send("1 + +" + Key.left + Self.older + "pri" + key)
    try terminal.waitForScreen("what was typed") { $0.rows.last == "mfsh> 1 + +" }
    try terminal.enter("2" + Key.delete)
    try terminal.waitForScreen("the sum") { $0.rowsButDurations.suffix(2) == ["3", "mfsh>"] }
    try leave()
  }

  @Test func theWindowChangesItsSize() throws {
    terminal.send(Self.older + "line")
    try terminal.waitForText("search: line")
    terminal.resize(columns: 14, rows: 24)
    try terminal.expectScreen("search-narrow")
    terminal.resize(columns: 80, rows: 24)
    try terminal.expectScreen("search-wide-again")
    terminal.send(Self.back)
    try leave()
  }
}
