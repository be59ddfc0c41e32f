import Testing

@testable import LineEditing

/// Blocks that we draw ourselves.
struct BlockPictureTests {
  private func characters(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  private func picture(
    _ text: String, cursor: Int? = nil, match: Range<Int> = 0..<0, prompt: String = "> ", columns: Int = 10,
    rows: Int = 8
  ) -> BlockPicture {
    TerminalLocale.adopt()
    return BlockPicture(
      prompt: PromptText.marked(prompt),
      buffer: EditBuffer(text: characters(text), cursor: cursor ?? text.unicodeScalars.count), match: match,
      screen: .init(columns: columns, rows: rows))
  }

  private func rows(_ picture: BlockPicture) -> [String] { picture.rows.map(\.text) }

  @Test(arguments: [
    ("", ["> "]), ("one\ntwo", ["> one", "two"]), ("one\n", ["> one", ""]),
    ("12345678", ["> 12345678", ""]), ("123456789", ["> 12345678", "9"]),
    // A wide character that finds no room begins the next row.
    ("1234567漢字", ["> 1234567", "漢字"]), ("a\tb", ["> a     b"]),
    // What could move the cursor is spelled.
    ("a\u{1B}[2J\u{7F}", ["> a^[[2J^?", ""]), ("\u{9B}", [#"> \U+009B"#]),
  ])
  func textFillsRows(text: String, rows: [String]) {
    #expect(self.rows(picture(text)) == rows)
  }

  @Test(arguments: [
    ("one\ntwo", 0, 0, 2), ("one\ntwo", 3, 0, 5), ("one\ntwo", 4, 1, 0), ("12345678", 8, 1, 0),
    ("a\tb", 2, 0, 8),
  ])
  func theCursorIsWhereItIsInTheText(text: String, offset: Int, row: Int, column: Int) {
    #expect(picture(text, cursor: offset).cursor == (row, column))
  }

  @Test func theMatchIsHighlightedOverRows() {
    #expect(
      rows(picture("123\n456", match: 1..<6)) == ["> 1\u{1B}[7m23\u{1B}[27m", "\u{1B}[7m45\u{1B}[27m6"])
  }

  private static let lines = (1...200).map { "line \($0)" }.joined(separator: "\n")

  @Test func aBlockTooTallFolds() {
    let picture = picture(Self.lines, columns: 80, rows: 24)
    let text = rows(picture)
    #expect(text.count == 13 && text[0] == "> line 1" && text[5] == "line 6")
    #expect(text[6] == "[… 188 lines, Ctrl-X Ctrl-E]")
    #expect(text[7] == "line 195" && text[12] == "line 200")
    #expect(picture.cursor == (12, 8))
  }

  @Test func theFoldShowsTheCursorsLine() {
    let text = rows(picture(Self.lines, cursor: 800, columns: 80, rows: 24))
    #expect(text.count == 14 && text[5] == "line 6")
    #expect(text[6] == "[… 91 lines, Ctrl-X Ctrl-E]" && text[13] == "[… 97 lines, Ctrl-X Ctrl-E]")
    #expect(text[7...12].contains("line 101"))
  }

  @Test func aLineTooLongFolds() {
    let text = rows(picture(String(repeating: "x", count: 2000), columns: 80, rows: 24))
    #expect(text.count == 13 && text[6] == "[… 1120 characters, Ctrl-X Ctrl-E]")
  }

  @Test func whatFitsIsNotFolded() {
    #expect(picture(Self.lines, columns: 80, rows: 250).rows.count == 200)
    #expect(picture(Self.lines, columns: 80, rows: 201).rows.count == 200)
    #expect(picture(Self.lines, columns: 80, rows: 200).rows.count < 200)
  }

  @Test func eraseFindsItsFirstRow() {
    let picture = picture("one\n12345678\nend", columns: 10, rows: 24)
    #expect(picture.drawing == "> one\r\n12345678\r\nend\r\u{1B}[3C")
    #expect(picture.erasing(columns: 10) == Terminal.eraseFrom(rowsUp: 2))
    // Narrower by now: the rows above take more of them.
    #expect(picture.erasing(columns: 4) == Terminal.eraseFrom(rowsUp: 4))
  }

  @Test func aPromptOfSeveralRowsCounts() {
    let picture = picture("ab\ncd", prompt: "a long prompt> ", columns: 10, rows: 24)
    #expect(rows(picture) == ["a long prompt> ab", "cd"])
    #expect(picture.erasing(columns: 10) == Terminal.eraseFrom(rowsUp: 2))
    let first = self.picture("ab\ncd", cursor: 0, prompt: "a long prompt> ", columns: 10, rows: 24)
    #expect(first.drawing.hasSuffix("cd\r\u{1B}[1A\u{1B}[5C"))
  }
}
