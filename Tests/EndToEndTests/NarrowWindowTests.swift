import TestSupport
import Testing

/// Statements of many more rows than the window has, in windows down to one column: the prompt lives on. libedit holds
/// its picture of the screen in memory, and writes beyond it where it is wrong about the window.
struct NarrowWindowTests {
  private static let long = Key.paste(String(repeating: "x", count: 300))

  private func prompt() throws -> PseudoTerminal {
    var shell = try Shell()
    shell.environment = ["EDITOR": "true"]
    let terminal = try shell.terminal(columns: 80, rows: 24)
    try terminal.waitForPrompt()
    return terminal
  }

  private func take(_ steps: [KeyWalk.Step], on terminal: PseudoTerminal) throws {
    for step in steps {
      switch step {
      case .keys(let keys): terminal.send(keys)
      case .size(let columns, let rows): terminal.resizeUnseen(columns: columns, rows: rows)
      }
      try terminal.waitUntilIdle()
    }
  }

  private func answers(_ terminal: PseudoTerminal) throws {
    try take([.size(columns: 80, rows: 24), .keys(Key.control("C") + Key.control("L"))], on: terminal)
    try terminal.waitForPrompt()
    terminal.send("'al' .. 'ive'\r")
    try terminal.waitForText("\"alive\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func wideCharactersInAColumnOrTwo() throws {
    let terminal = try prompt()
    try take(
      [
        .size(columns: 2, rows: 24), .keys(Self.long), .size(columns: 1, rows: 24), .keys("日本語"),
        .size(columns: 2, rows: 24), .keys("{"), .size(columns: 1, rows: 24), .keys("日本語x"),
      ], on: terminal)
    try answers(terminal)
  }

  /// The second statement begins in a window that has not changed its size since the first one.
  @Test func aStatementThatIsFoldedAndTypedOn() throws {
    let terminal = try prompt()
    try take(
      [
        .keys("{" + Self.long), .size(columns: 5, rows: 24), .keys("日本語 foo"), .keys(Key.control("C")),
        .keys(Self.long + "日本語"), .size(columns: 2, rows: 24), .keys("日本語{"), .size(columns: 20, rows: 24),
        .keys("日本語 foo.bar(x)" + Key.altEnter + "日本語"),
      ], on: terminal)
    try answers(terminal)
  }

  @Test(arguments: 1...6) func whateverIsTyped(seed: Int) throws {
    let terminal = try prompt()
    var walk = KeyWalk(seed: seed, rows: 1...24, columns: 1...24)
    for _ in 1...40 { try take([walk.step()], on: terminal) }
    try take([.keys(Self.long)], on: terminal)
    for _ in 1...40 { try take([walk.step()], on: terminal) }
    try answers(terminal)
  }
}
