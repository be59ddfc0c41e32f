/// The words of a text as vi has them: letters and digits, or other characters, in a row; the big ones are all that
/// stands between blanks. An empty line is a word too.
struct ViWords {
  let text: [UInt32]
  let areBig: Bool

  private enum Kind { case blank, word, sign }

  private func kind(_ offset: Int) -> Kind {
    let character = text[offset]
    if character == 0x20 || character == 0x09 || character == 0x0A { return .blank }
    return areBig || Self.isOfWord(character) ? .word : .sign
  }

  private static func isOfWord(_ character: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(character) else { return false }
    if scalar.isASCII { return scalar == "_" || Character(scalar).isLetter || Character(scalar).isNumber }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private func isBlank(_ offset: Int) -> Bool { kind(offset) == .blank }

  private func isEmptyLine(_ offset: Int) -> Bool {
    text[offset] == 0x0A && (offset == 0 || text[offset - 1] == 0x0A)
  }

  /// Behind the characters of one kind that begin here.
  private func runEnd(_ offset: Int) -> Int {
    guard offset < text.count else { return offset }
    let first = kind(offset)
    return (offset..<text.count).first { kind($0) != first } ?? text.count
  }

  private func runStart(_ offset: Int) -> Int {
    let last = kind(offset)
    return (0..<offset).last { kind($0) != last }.map { $0 + 1 } ?? 0
  }

  /// The start of the next word.
  ///
  /// - Parameter staysInLine: no further than the line's end.
  func next(_ offset: Int, staysInLine: Bool = false) -> Int {
    var position = offset
    if position < text.count, !isBlank(position) { position = runEnd(position) }
    while position < text.count, isBlank(position) {
      if staysInLine && text[position] == 0x0A || position > offset && isEmptyLine(position) { break }
      position += 1
    }
    return position
  }

  /// The start of the word, or of the one before it.
  func previous(_ offset: Int) -> Int {
    var position = offset - 1
    while position > 0, isBlank(position), !isEmptyLine(position) { position -= 1 }
    guard position > 0, !isBlank(position) else { return max(position, 0) }
    return runStart(position)
  }

  /// The last character of the word, or of the one behind it; behind the last one, the end of the text.
  func end(_ offset: Int) -> Int {
    var position = offset + 1
    while position < text.count, isBlank(position) { position += 1 }
    guard position < text.count else { return max(text.last == 0x0A ? text.count : text.count - 1, offset) }
    return runEnd(position) - 1
  }

  /// The last character of the word before; the start of the text before the first one.
  func previousEnd(_ offset: Int) -> Int {
    guard offset < text.count else { return lastOfWord(before: offset) }
    return lastOfWord(before: isBlank(offset) ? offset : runStart(offset))
  }

  private func lastOfWord(before offset: Int) -> Int {
    (0..<offset).last { !isBlank($0) || isEmptyLine($0) } ?? 0
  }

  /// The last character of the word at the cursor, which may be the cursor's: what `cw` changes.
  func endHere(_ offset: Int) -> Int { max(runEnd(offset) - 1, offset) }

  /// Whether the cursor stands on a word.
  func isWord(_ offset: Int) -> Bool { offset < text.count && !isBlank(offset) }

  /// The word at the cursor, or the blanks there, within its line.
  ///
  /// - Parameter hasBlanks: with those behind it, or before it where there are none behind.
  func object(in buffer: EditBuffer, hasBlanks: Bool) -> Range<Int>? {
    guard buffer.cursor < buffer.lineEnd else { return nil }
    var range = max(runStart(buffer.cursor), buffer.lineStart)..<min(runEnd(buffer.cursor), buffer.lineEnd)
    guard hasBlanks else { return range }
    let end = min(runEnd(range.upperBound), buffer.lineEnd)
    if end > range.upperBound, isBlank(buffer.cursor) != isBlank(range.upperBound) {
      range = range.lowerBound..<end
    } else if range.lowerBound > buffer.lineStart, isBlank(range.lowerBound - 1) {
      range = max(runStart(range.lowerBound - 1), buffer.lineStart)..<range.upperBound
    }
    return range
  }
}
