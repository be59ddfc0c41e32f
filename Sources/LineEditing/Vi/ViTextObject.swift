/// Pieces of text around the cursor, as an operator takes them: `iw`, `a"`, `i(`.
extension EditBuffer {
  /// - Parameters:
  ///   - name: what kind of piece.
  ///   - isWhole: with the quotes, brackets or blanks that enclose it.
  ///   - times: of how many words.
  func textObject(_ name: Unicode.Scalar, isWhole: Bool, times: Int) -> Range<Int>? {
    switch name {
    case "w", "W": words(ViWords(text: text, areBig: name == "W"), isWhole: isWhole, times: times)
    case "\"", "'", "`": quoted(by: name.value, isWhole: isWhole)
    case "(", ")", "b": enclosed(by: Self.pairs[0], isWhole: isWhole)
    case "[", "]": enclosed(by: Self.pairs[1], isWhole: isWhole)
    case "{", "}", "B": enclosed(by: Self.pairs[2], isWhole: isWhole)
    default: nil
    }
  }

  private func words(_ words: ViWords, isWhole: Bool, times: Int) -> Range<Int>? {
    guard var range = words.object(in: self, hasBlanks: isWhole) else { return nil }
    for _ in 1..<max(times, 1) {
      guard let next = words.object(in: moved(to: range.upperBound), hasBlanks: isWhole) else { break }
      range = range.lowerBound..<next.upperBound
    }
    return range
  }

  private func quoted(by quote: UInt32, isWhole: Bool) -> Range<Int>? {
    var quotes: [Int] = []
    var isEscaped = false
    for offset in lineStart..<lineEnd {
      if text[offset] == quote, !isEscaped { quotes.append(offset) }
      isEscaped = text[offset] == 0x5C && !isEscaped
    }
    for index in stride(from: 0, to: quotes.count - 1, by: 2) where cursor <= quotes[index + 1] {
      return isWhole
        ? withBlanks(quotes[index]..<(quotes[index + 1] + 1)) : (quotes[index] + 1)..<quotes[index + 1]
    }
    return nil
  }

  /// With the blanks behind it in its line, or before it where there are none behind.
  private func withBlanks(_ range: Range<Int>) -> Range<Int> {
    let isBlank = { (character: UInt32) in character == 0x20 || character == 0x09 }
    let behind = text[range.upperBound..<lineEnd].prefix(while: isBlank).count
    let before = behind > 0 ? 0 : text[lineStart..<range.lowerBound].reversed().prefix(while: isBlank).count
    return (range.lowerBound - before)..<(range.upperBound + behind)
  }

  /// What the brackets around the cursor enclose, or else the next ones behind it.
  private func enclosed(by pair: (open: UInt32, close: UInt32), isWhole: Bool) -> Range<Int>? {
    let before = text[..<cursor]
    let isAtStart = cursor < text.count && text[cursor] == pair.open
    let around = isAtStart ? cursor : Self.lastUnmatched(pair.open, of: pair.close, in: before)
    return around.flatMap { enclosed(from: $0, pair, isWhole: isWhole) }
      ?? text[cursor...].firstIndex(of: pair.open).flatMap { enclosed(from: $0, pair, isWhole: isWhole) }
  }

  private func enclosed(from start: Int, _ pair: (open: UInt32, close: UInt32), isWhole: Bool) -> Range<Int>?
  {
    guard let end = Self.firstUnmatched(pair.close, of: pair.open, in: text[(start + 1)...]) else {
      return nil
    }
    return isWhole ? start..<(end + 1) : (start + 1)..<end
  }
}
