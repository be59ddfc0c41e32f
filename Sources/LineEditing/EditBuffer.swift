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

  /// The cursor one line up, in the same column where that exists; nil in the first line.
  var above: Int? {
    guard lineStart > 0 else { return nil }
    let start = start(of: lineStart - 1)
    return min(start + cursor - lineStart, lineStart - 1)
  }

  /// The cursor one line down; nil in the last line.
  var below: Int? {
    guard lineEnd < text.count else { return nil }
    let start = lineEnd + 1
    return min(start + cursor - lineStart, end(of: start))
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

  /// The cursor's line and those below, so many, without the line feed behind the last.
  func lines(_ count: Int) -> Range<Int> { lineStart..<lineEnd(over: count) }

  /// Those lines with the line feed behind them, or with the one before them when the last line is among them.
  func wholeLines(_ count: Int) -> Range<Int> {
    let end = lineEnd(over: count)
    return end < text.count ? lineStart..<(end + 1) : max(lineStart - 1, 0)..<end
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
