import Testing

@testable import LineEditing

/// The arithmetic and the texts behind the editor.
struct EditingValueTests {
  private func characters(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  private func position(_ text: String, width: Int = 10, isPrompt: Bool = false) -> [Int] {
    TerminalLocale.adopt()
    var position = ScreenPosition(width: width)
    position.advance(over: characters(text), isPrompt: isPrompt)
    return [position.row, position.column]
  }

  @Test func textWrapsLikeTheTerminal() {
    #expect(position("abc") == [0, 3])
    #expect(position("0123456789") == [1, 0])
    #expect(position("012345678語") == [1, 2])
    #expect(position("a\nb\tc") == [1, 9])
    #expect(position("\u{01}x") == [0, 3])
    #expect(position("\u{1}\u{1B}[1m\u{1}> ", isPrompt: true) == [0, 2])
  }

  @Test(arguments: [
    ("> ", "> "), ("\u{1B}[1m\u{1B}[32m> ", "\u{1}\u{1B}[1m\u{1B}[32m\u{1}> "),
    ("\u{1B}[1m> \u{1B}[0m", "\u{1}\u{1B}[1m\u{1}>\u{1}\u{1B}[0m\u{1} "),
    ("\u{1B}[1m>\u{1B}[0m", "\u{1}\u{1B}[1m\u{1}>\u{1}\u{1B}[0m\u{1} "), ("\u{1B}[", "\u{1}\u{1B}[\u{1} "),
  ])
  func promptsHideTheirSequences(prompt: String, marked: String) {
    #expect(PromptText.marked(prompt) == characters(marked))
  }

  @Test(arguments: [
    ("a\n\rb", "a\nb"), ("a\rb", "a\nb"), ("a\n\nb", "a\n\nb"), ("a\u{1B}[31mb\u{7F}", "a[31mb"),
    ("e\u{301}", "é"),
    ("x\n\n", "x"), ("\ty", "\ty"),
  ])
  func pastesAreCleaned(pasted: String, cleaned: String) {
    #expect(PastedText.cleaned(Array(pasted.utf8)) == characters(cleaned))
  }

  @Test func movementsKeepTheColumnWhereTheyCan() {
    let text = characters("long line\n  ab\n\nend")
    #expect(EditBuffer(text: text, cursor: 14).above == 4)
    #expect(EditBuffer(text: text, cursor: 8).below == 14)
    #expect(EditBuffer(text: text, cursor: 12).below == 15)
    #expect(EditBuffer(text: text, cursor: 3).above == nil)
    #expect(EditBuffer(text: text, cursor: 16).below == nil)
    #expect(EditBuffer(text: text, cursor: 13).indentation == characters("  "))
  }

  @Test func theStartOfALineLeavesAnUnknownWidthAlone() {
    #expect(Terminal.startOfLine(columns: nil) == "")
    #expect(Terminal.startOfLine(columns: 3) == "\u{1B}[m\u{1B}[8m   \u{1B}[m\r\u{1B}[K")
  }

  @Test func recallReturnsToWhatWasTyped() {
    var recall = HistoryRecall(["a", "b"], recalled: { $0.uppercased() })
    #expect(recall.newer(than: "live") == nil)
    #expect(recall.older(than: "live") == "B")
    #expect(recall.older(than: "B") == "A")
    #expect(recall.older(than: "A") == nil)
    #expect(recall.newer(than: "A") == "B")
    #expect(recall.newer(than: "B") == "live")
  }

  @Test func whatWasChangedOnTheWayIsKept() {
    var recall = HistoryRecall(["a", "b"], recalled: { $0.uppercased() })
    _ = recall.older(than: "live")
    #expect(recall.older(than: "B, changed") == "A")
    #expect(recall.newer(than: "A, too") == "B, changed")
    #expect(recall.newer(than: "B, again") == "live")
    #expect(recall.older(than: "live, longer") == "B, again")
    #expect(recall.older(than: "B, again") == "A, too")
  }

  @Test(arguments: [
    ("e", "\u{301}", "é"), ("ạ", "\u{302}", "ậ"), ("â", "\u{323}", "ậ"), ("x", "\u{302}", nil),
    ("a", "漢", nil),
    ("👩", "\u{200D}", nil),
  ])
  func accentsGoTogetherWithTheirLetter(
    first: Unicode.Scalar, second: Unicode.Scalar, wanted: Unicode.Scalar?
  ) {
    #expect(ComposedText.composed(first.value, second.value) == wanted?.value)
  }
}
