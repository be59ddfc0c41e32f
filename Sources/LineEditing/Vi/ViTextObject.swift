/// Pieces of text around the cursor, as an operator takes them: `iw`, `a"`, `i(`.
extension EditBuffer {
  /// - Parameters:
  ///   - name: what kind of piece.
  ///   - isWhole: with the quotes, brackets or blanks that enclose it.
  func textObject(_ name: Unicode.Scalar, isWhole: Bool) -> Range<Int>? {
    switch name {
    case "w", "W": ViWords(text: text, areBig: name == "W").object(in: self, hasBlanks: isWhole)
    case "\"", "'", "`": quoted(by: name.value, isWhole: isWhole)
    case "(", ")", "b": enclosed(by: Self.pairs[0], isWhole: isWhole)
    case "[", "]": enclosed(by: Self.pairs[1], isWhole: isWhole)
    case "{", "}", "B": enclosed(by: Self.pairs[2], isWhole: isWhole)
    default: nil
    }
  }

  private func quoted(by quote: UInt32, isWhole: Bool) -> Range<Int>? {
    var quotes: [Int] = []
    var isEscaped = false
    for offset in lineStart..<lineEnd {
      if text[offset] == quote, !isEscaped { quotes.append(offset) }
      isEscaped = text[offset] == 0x5C && !isEscaped
    }
    for index in stride(from: 0, to: quotes.count - 1, by: 2) where cursor <= quotes[index + 1] {
      return isWhole ? quotes[index]..<(quotes[index + 1] + 1) : (quotes[index] + 1)..<quotes[index + 1]
    }
    return nil
  }

  private func enclosed(by pair: (open: UInt32, close: UInt32), isWhole: Bool) -> Range<Int>? {
    let here = cursor < text.count ? text[cursor] : 0
    guard
      let start = here == pair.open
        ? cursor : Self.lastUnmatched(pair.open, of: pair.close, in: text[..<cursor]),
      let end = Self.firstUnmatched(pair.close, of: pair.open, in: text[(start + 1)...])
    else { return nil }
    return isWhole ? start..<(end + 1) : (start + 1)..<end
  }
}
