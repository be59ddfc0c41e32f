import TestSupport
import Testing

@testable import LineEditing

/// The Tab key on a real terminal.
@Suite(.serialized) struct CompletionTests {
  private func probe(environment: [String: String] = [:], rows: Int = 24) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      [BuiltBinary.path("EditorProbe")], environment: environment, columns: 40, rows: rows)
    try terminal.expect("probe> ")
    return terminal
  }

  @Test func theOnlyCandidateIsInsertedAtTheCursor() throws {
    let terminal = try probe()
    terminal.send("x gr end\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\t!\r")
    try terminal.expect("[x größe! end]")
  }

  @Test func whatIsCommonIsInsertedAndThenListed() throws {
    let terminal = try probe()
    terminal.send("x a\t")
    try terminal.expect("x ap")
    terminal.send("\t")
    try terminal.expect("* apple\n* apricot\n")
    try terminal.expect("probe> x ap")
    terminal.send("p\t\r")
    try terminal.expect("[x apple]")
  }

  @Test func anEmptyPromptListsWhatThereIs() throws {
    let terminal = try probe(rows: 60)
    terminal.send("\t")
    try terminal.expect("* apple\n* apricot\n")
    try terminal.expect("probe> ")
    terminal.send("x\r")
    try terminal.expect("[x]")
  }

  @Test func nothingThatFitsLeavesTheText() throws {
    let terminal = try probe()
    terminal.send("zzz\t!\r")
    try terminal.expect("[zzz!]")
  }

  @Test func tabIndentsWhereNothingIsTyped() throws {
    let terminal = try probe()
    terminal.send("f(\r\ta\u{0F})\r")
    try terminal.expect("[f(|  a)]")
  }

  @Test func aBlockOfSeveralRowsIsDrawnAnewBelowTheList() throws {
    let terminal = try probe()
    terminal.send("f(\r  日本語 日本語 日本語 日本語 日本語 日本語 日本語 ap\r)\u{1B}[A\u{1B}[F\t")
    try terminal.expect("* apricot\n")
    try terminal.expect("probe> f(")
    try terminal.expect(")")
    terminal.send("p\t\u{1B}[B\r")
    try terminal.expect("日本語 日本語 apple|")
  }

  @Test func aLongListComesInPages() throws {
    let terminal = try probe(rows: 11)
    terminal.send("x m\t\t")
    try terminal.expect("* m101\n")
    try terminal.expect("* m110\n-- more (30) -- Tab/Space for more, any")
    terminal.send(" ")
    try terminal.expect("* m120\n-- more (20) --")
    terminal.send("q")
    try terminal.expect("probe> x m1")
    terminal.send("01\r")
    try terminal.expect("[x m101]")
  }

  /// It has one row, or the rest of it would stay.
  @Test func theQuestionFitsANarrowTerminal() throws {
    let terminal = try probe(rows: 11)
    terminal.resize(columns: 30, rows: 11)
    terminal.send("x m\t\t")
    try terminal.waitForScreen("the question") { $0.rows.last?.hasPrefix("-- more (30)") == true }
    terminal.send("q")
    try terminal.waitForScreen("no question") { $0.rows.suffix(2) == ["* m110", "probe> x m1"] }
  }

  @Test func ctrlCAtThePageLeavesTheText() throws {
    let terminal = try probe(rows: 11)
    terminal.send("x m\t\t")
    try terminal.expect("-- more")
    terminal.send("\u{03}")
    try terminal.expect("probe> x m1")
    terminal.send("\r")
    try terminal.expect("[x m1]")
  }

  @Test func aPasteAtThePageIsNotLost() throws {
    let terminal = try probe(rows: 11)
    terminal.send("x m\t\t")
    try terminal.expect("-- more")
    terminal.send("\u{1B}[200~pasted\u{1B}[201~")
    try terminal.expect("x m1pasted")
    terminal.send("\r")
    try terminal.expect("[x m1pasted]")
  }

  @Test func viModeCompletesToo() throws {
    let home = try TemporaryFolder()
    try home.write(".editrc", "bind -v\n")
    let terminal = try probe(environment: ["HOME": home.path])
    terminal.send("x app\t!\r")
    try terminal.expect("[x apple!]")
  }

  @Test func aHintShowsAboveThePrompt() throws {
    let terminal = try probe()
    terminal.send("abc\u{18}h")
    try terminal.expect("hint abc 3\n")
    try terminal.expect("probe> abc")
    terminal.send("d\r")
    try terminal.expect("[abcd]")
  }

  @Test func pagesLeaveARowForTheQuestion() {
    var pages = ListPages(["a", "b", "c"], rows: 3)
    #expect(pages.next() == ["a", "b"] && pages.question?.contains("(1)") == true)
    #expect(pages.next() == ["c"] && pages.question == nil)
    #expect(pages.next() == nil)
    var tiny = ListPages(["a", "b"], rows: 0)
    #expect(tiny.next() == ["a"])
  }
}
