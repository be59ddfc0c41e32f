import Testing

@testable import LineEditing

/// Text and spans in, rows and bytes out; no terminal.
struct PaintingTests {
  private static func rows(
    _ text: String, cursor: Int? = nil, prompt: String = "> ", spans: [TextSpan] = [], width: Int = 10
  ) -> PaintedRows {
    TerminalLocale.adopt()
    let text = text.unicodeScalars.map(\.value)
    return PaintedRows(
      EditBuffer(text: text, cursor: cursor ?? text.count), prompt: PromptText.marked(prompt), spans: spans,
      palette: Palette(), width: width)
  }

  private static func texts(_ rows: PaintedRows) -> [String] {
    rows.rows.map { String(decoding: $0, as: UTF8.self).replacing("\u{1B}", with: "^") }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).replacing("\u{1B}", with: "^")
  }

  @Test func rowsAreThoseOfTheScreen() {
    #expect(Self.texts(Self.rows("if x")) == ["if x"])
    #expect(Self.texts(Self.rows("0123456789ab")) == ["01234567", "89ab"])
    #expect(Self.texts(Self.rows("01234567")) == ["01234567", ""])
    #expect(Self.texts(Self.rows("a\n\nb\tc")) == ["a", "", "b       c"])
    #expect(Self.texts(Self.rows("0123456語x")) == ["0123456", "語x"])
    #expect(Self.texts(Self.rows("\u{1}\u{200B}e\u{301}\u{E000}")) == ["^Ae\u{E000}"])
  }

  @Test func longPromptsAreNotPainted() {
    let rows = Self.rows("ab\nc", prompt: "0123456789ABC\u{1B}[1m> \u{1B}[0m")
    #expect([rows.rowsAbove, rows.startColumn, rows.cursorRow, rows.height] == [1, 5, 1, 3])
    #expect(Self.texts(rows) == ["ab", "c"])
  }

  @Test func theCursorsRowIsKnown() {
    #expect(Self.rows("0123456語x", cursor: 6).cursorRow == 0)
    #expect(Self.rows("0123456語x", cursor: 7).cursorRow == 1)
    #expect(Self.rows("01234567").cursorRow == 1)
    #expect(Self.rows("a\nb\nc", cursor: 2).cursorRow == 1)
  }

  @Test func stylesEndWithTheRow() {
    let rows = Self.rows("x 'abcdefgh' 1", spans: [TextSpan(2..<12, .string), TextSpan(13..<14, .number)])
    #expect(Self.texts(rows) == ["x ^[0;32m'abcde^[m", "^[0;32mfgh'^[m ^[0;36m1^[m"])
  }

  @Test(arguments: [
    (nil, "36"), ("15;0", "36"), ("0;15", "34"), ("0;default;15", "34"), ("0;7", "34"), ("x", "36"),
  ])
  func coloursFitTheBackground(colorFGBG: String?, number: String) {
    #expect(Palette(colorFGBG: colorFGBG).parameters(of: .number) == number)
  }

  /// And those where libedit may have written over the colours: the cursor's, and the one behind a row that changed.
  @Test func onlyRowsThatChangedArePainted() {
    var painter = BlockPainter()
    let first = Self.rows("if x\nend", spans: [TextSpan(0..<2, .keyword), TextSpan(5..<8, .keyword)])
    #expect(Self.text(painter.update(to: first)) == "^7\r^[1A^[2C^[0;35mif^[m x\r^[1B^[0;35mend^[m^8")
    #expect(Self.text(painter.update(to: first)) == "^7\r^[0;35mend^[m^8")
    let second = Self.rows("if x\nends", spans: [TextSpan(0..<2, .keyword)])
    #expect(Self.text(painter.update(to: second)) == "^7\rends^8")
    let third = Self.rows("if x\nends", cursor: 0, spans: [])
    #expect(Self.text(painter.update(to: third)) == "^7\r^[2Cif x\r^[1Bends^8")
    painter.forget()
    #expect(Self.text(painter.update(to: third)) == "^7\r^[2Cif x\r^[1Bends^8")
  }

  /// Otherwise the terminal takes them for lines of their own, and breaks them anew each by itself.
  @Test func theTerminalGoesOnInTheNextRow() {
    var painter = BlockPainter()
    let first = Self.rows("a      b語\nc", cursor: 0)
    #expect(Self.text(painter.update(to: first)) == "\r^[2C^7\r^[2Ca      b語\r^[1Bc^8")
    let second = Self.rows("a      b語\nc", cursor: 9)
    // libedit may have come there over half of it.
    #expect(Self.text(painter.update(to: second)) == "\r^[2C^7\r語^8")
    #expect(Self.text(painter.update(to: Self.rows("01234567"))) == "^7\r^[1A^[2C01234567 ^8")
    #expect(Self.text(painter.update(to: Self.rows("01234567"))) == "^7\r^[1A^[2C01234567 ^8")
    // The screen may have no such row yet.
    #expect(Self.text(painter.update(to: Self.rows("01234567", cursor: 7))) == "\r^[9C^7\r^[2C01234567^8")
  }

  @Test func anotherWidthPaintsAll() {
    var painter = BlockPainter()
    _ = painter.update(to: Self.rows("ab"))
    #expect(!painter.update(to: Self.rows("ab", width: 20)).isEmpty)
  }
}
