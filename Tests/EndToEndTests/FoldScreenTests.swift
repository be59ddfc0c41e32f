import Glibc
import TestSupport
import Testing

/// What somebody sees of a statement that is taller than the screen.
@Suite(.timeLimit(.minutes(30))) struct FoldScreenTests {
  private static func lines(_ count: Int) -> [String] { (1...count).map { "n = n + \($0) -- line \($0)" } }

  private static func prompt(columns: Int = 80, rows: Int = 24) throws -> PseudoTerminal {
    let (_, terminal) = try UserEditorTests.prompt(
      "sed -n '1p;5p;$p' $1 > short; mv short $1", columns: columns, rows: rows)
    try terminal.enter("n = 0")
    terminal.send(Key.control("L"))
    try terminal.waitForScreen("an empty screen") { $0.rows == ["mfsh>"] }
    return terminal
  }

  private static func paste(_ count: Int, to terminal: PseudoTerminal) throws {
    terminal.send(Key.paste(lines(count).joined(separator: "\r")))
    try terminal.waitForScreen("the last line") { $0.rows.last?.hasSuffix("line \(count)") == true }
  }

  private static func leave(_ terminal: PseudoTerminal) throws {
    try terminal.waitForPrompt()
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  /// Ctrl-C below this last line.
  private static func giveUp(_ terminal: PseudoTerminal, behind line: String) throws {
    try terminal.waitForScreen("the last line") { $0.rows.last == line }
    terminal.send(Key.control("C"))
    try terminal.waitForScreen("the end") { $0.rows.suffix(2) == ["\(line)^C", "mfsh>"] }
    try leave(terminal)
  }

  @Test func whatIsTooTallIsShownInPart() throws {
    let terminal = try Self.prompt()
    try Self.paste(200, to: terminal)
    try terminal.expectScreen("folded")
    terminal.send(String(repeating: Key.up, count: 99) + Key.end + " changed" + Key.altEnter + "n = n + 1000")
    try terminal.expectScreen("folded-edited")
    terminal.send(String(repeating: Key.up, count: 101) + Key.home + "x = 1 ")
    try terminal.expectScreen("folded-at-the-top")
    terminal.send("\r")
    try terminal.expectScreen("folded-and-run")
    try terminal.enter("n")
    #expect(terminal.answer == "21100")
    try Self.leave(terminal)
  }

  @Test func theEditorMakesItFit() throws {
    let terminal = try Self.prompt()
    try Self.paste(200, to: terminal)
    terminal.send(UserEditorTests.key)
    try terminal.expectScreen("folded-then-short")
    try terminal.enter("")
    try terminal.enter("n")
    #expect(terminal.answer == "206")
    try Self.leave(terminal)
  }

  @Test func aTallTerminalShowsAll() throws {
    let terminal = try Self.prompt(columns: 60, rows: 250)
    try Self.paste(200, to: terminal)
    let all = terminal.screen.rows
    #expect(
      all.count == 200 && all.first == "mfsh> n = n + 1 -- line 1" && all[100] == "n = n + 101 -- line 101")
    try terminal.waitUntilIdle()
    terminal.resize(columns: 60, rows: 24)
    try terminal.waitForScreen("the fold") { $0.rows.contains("[… 188 lines, Ctrl-X Ctrl-E]") }
    try terminal.waitUntilIdle()
    terminal.resize(columns: 60, rows: 250)
    try terminal.waitForScreen("all lines") { $0.rows.suffix(200) == all[...] }
    try Self.giveUp(terminal, behind: "n = n + 200 -- line 200")
  }

  /// A line more or less decides.
  @Test func keysFoldAndUnfold() throws {
    let terminal = try Self.prompt()
    try Self.paste(23, to: terminal)
    #expect(terminal.screen.rows.count == 23)
    terminal.send(Key.altEnter + "1")
    try terminal.expectScreen("fold-by-a-line")
    terminal.send(Key.backspace + Key.backspace)
    try terminal.expectScreen("unfold-by-a-line")
    terminal.send(Key.altEnter + Key.control("L"))
    try terminal.waitForScreen("the fold at the top") {
      $0.rows.first == "mfsh> n = n + 1 -- line 1" && $0.rows.count == 12
    }
    terminal.send("n.\t\t")
    try Self.giveUp(terminal, behind: "n.")
  }

  @Test func earlierStatementsAreShownInPart() throws {
    let terminal = try Self.prompt()
    try Self.paste(100, to: terminal)
    try terminal.enter("")
    try terminal.enter("1 + 1")
    terminal.send(Key.control("L") + Key.up + Key.up)
    try terminal.expectScreen("folded-from-the-history")
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    terminal.send(Key.control("L") + Key.control("R") + "line 5")
    try terminal.waitForText("search: line 5")
    terminal.send("0" + Key.escape + Key.home + "n = 7 ")
    try terminal.expectScreen("folded-from-a-search")
    terminal.send(Key.control("R") + Key.control("R") + Key.enter)
    try terminal.waitForPrompt()
    try terminal.enter("n")
    #expect(terminal.answer == "10100")
    try Self.leave(terminal)
  }

  /// A message comes above it, a list below it.
  @Test func whatIsAroundItIsShown() throws {
    let terminal = try Self.prompt()
    try Self.paste(40, to: terminal)
    terminal.send(Key.altEnter + "session.u\t\t")
    try terminal.expectScreen("folded-with-a-list")
    terminal.send("(" + Key.control("X") + "h")
    try terminal.expectScreen("folded-with-a-hint")
    terminal.send(Key.control("C"))
    try Self.leave(terminal)
  }

  /// One unit: its syntax is checked before any of it runs, and lines are counted in it.
  @Test(arguments: [24, 250]) func fiveHundredLinesAreOneUnit(rows: Int) throws {
    let terminal = try Self.prompt(rows: rows)
    var lines = Self.lines(500)
    lines[320] = "n = n + nothing"
    terminal.send(Key.paste(lines.joined(separator: "\r\n")))
    try terminal.waitForText("line 500")
    try terminal.enter("")
    try terminal.waitForText("line 321: attempt to perform arithmetic on a nil value (global 'nothing')")
    try terminal.enter("n == 320 * 321 // 2")
    #expect(terminal.answer == "true")
    lines[410] = "n = = 1"
    terminal.send(Key.paste(lines.joined(separator: "\n")))
    try terminal.waitForScreen("the paste") { $0.rows.last == "n = n + 500 -- line 500" }
    try terminal.enter("")
    try terminal.waitForText("line 411: unexpected symbol near '='")
    try terminal.enter("n")
    #expect(terminal.answer == "51360")
    try Self.leave(terminal)
  }
}
