/// The text being edited and the cursor in it, as a value; the movements between its lines are computed here.
struct EditBuffer: Equatable {
  var text: [UInt32]
  var cursor: Int

  /// The character before the cursor.
  var before: UInt32? { cursor > 0 ? text[cursor - 1] : nil }

  /// Where the cursor's line begins.
  var lineStart: Int { start(of: cursor) }

  /// Where the cursor's line ends, before its line feed.
  var lineEnd: Int { end(of: cursor) }

  /// The same text with the cursor elsewhere.
  func moved(to offset: Int) -> EditBuffer { EditBuffer(text: text, cursor: offset) }

  /// The column of the cursor in its line, as it is seen.
  var visibleColumn: Int { VisibleText.text(text[lineStart..<cursor], from: 0).column }

  /// The character of the cursor's line that stands in this column; the line's end when it is shorter.
  func offset(ofColumn column: Int) -> Int {
    var position = 0
    for offset in lineStart..<lineEnd {
      position = VisibleText.text(text[offset...offset], from: position).column
      if position > column { return offset }
    }
    return lineEnd
  }

  /// The cursor one line up, in the same column where that exists; nil in the first line.
  var above: Int? {
    guard lineStart > 0 else { return nil }
    return moved(to: lineStart - 1).offset(ofColumn: visibleColumn)
  }

  /// The cursor one line down; nil in the last line.
  var below: Int? {
    guard lineEnd < text.count else { return nil }
    return moved(to: lineEnd + 1).offset(ofColumn: visibleColumn)
  }

  /// What stands behind the cursor in its line; at the line's end, its line feed.
  var restOfLine: Range<Int> { cursor..<(cursor < lineEnd ? lineEnd : min(cursor + 1, text.count)) }

  /// What stands before the cursor in its line; at the line's start, the line feed before it.
  var beginningOfLine: Range<Int> { (cursor > lineStart ? lineStart : max(cursor - 1, 0))..<cursor }

  /// Where the last of so many lines ends, the cursor's the first; of the last there is when they are fewer.
  func lineEnd(over count: Int) -> Int {
    var end = lineEnd
    for _ in 1..<max(count, 1) {
      guard end < text.count else { break }
      end = self.end(of: end + 1)
    }
    return end
  }

  /// Where the cursor's line begins behind its indentation.
  var firstWord: Int { text[lineStart..<lineEnd].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? lineEnd }

  /// Where vi has the cursor at the end of its line: on the last character.
  var lastInLine: Int { max(lineStart, lineEnd - 1) }

  /// The white space that the cursor's line begins with, as far as it lies before the cursor.
  var indentation: [UInt32] { Array(text[lineStart..<cursor].prefix { $0 == 0x20 || $0 == 0x09 }) }

  /// Whether there is only white space before the cursor in its line.
  var isInIndentation: Bool { indentation.count == cursor - lineStart }

  /// The text as a string.
  var string: String { EditBuffer.string(text) }

  /// Characters as a string; what is no character becomes U+FFFD.
  static func string(_ characters: some Sequence<UInt32>) -> String {
    var scalars = String.UnicodeScalarView()
    for character in characters { scalars.append(Unicode.Scalar(character) ?? "\u{FFFD}") }
    return String(scalars)
  }

  private func start(of position: Int) -> Int {
    text[..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  private func end(of position: Int) -> Int {
    text[position...].firstIndex(of: 0x0A) ?? text.count
  }
}
