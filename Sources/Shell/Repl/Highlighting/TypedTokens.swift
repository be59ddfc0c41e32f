/// The tokens of the text being typed, kept from key to key: only the lines that changed are read again.
struct TypedTokens {
  private(set) var text: [UInt32] = []
  private(set) var tokens: [TypedToken] = []

  /// Reads a text that may differ from the last one anywhere.
  mutating func update(to new: [UInt32], isKnown: (String) -> Bool) {
    let (shared, sharedEnd) = Self.shared(text, new)
    guard shared < text.count || shared < new.count else { return }
    let kept = keptCount(before: Self.lineStart(in: new, at: shared))
    let start = restart(behind: kept, at: Self.lineStart(in: new, at: shared))
    let end = new[(new.count - sharedEnd)...].firstIndex(of: Self.lineFeed) ?? new.count
    let piece = TypedToken.tokens(of: new[start..<end], at: start, isKnown: isKnown)
    let distance = new.count - text.count
    var rest: [TypedToken] = []
    if end == new.count {
      tokens = tokens[..<kept] + piece.tokens
    } else if !piece.isOpen, let first = firstToken(notBefore: end - distance) {
      rest = tokens[first...].map { $0.moved(by: distance) }
      tokens = tokens[..<kept] + piece.tokens + rest
    } else {
      tokens = tokens[..<kept] + TypedToken.tokens(of: new[start...], at: start, isKnown: isKnown).tokens
    }
    text = new
  }

  /// How many characters two texts have in common at their beginning, and how many behind that at their end.
  private static func shared(_ old: [UInt32], _ new: [UInt32]) -> (start: Int, end: Int) {
    let count = min(old.count, new.count)
    var (start, end) = (0, 0)
    while start < count, old[start] == new[start] { start += 1 }
    while end < count - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    return (start, end)
  }

  private static let lineFeed: UInt32 = 0x0A

  private static func lineStart(in text: [UInt32], at position: Int) -> Int {
    text[..<position].lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
  }

  /// How many tokens end before the line. One that ends with the text may have gone on.
  private func keptCount(before lineStart: Int) -> Int {
    tokens.firstIndex { $0.range.upperBound > lineStart || $0.range.upperBound == text.count } ?? tokens.count
  }

  /// Where to read from: the start of the line, or of the token that goes on into it.
  private func restart(behind kept: Int, at lineStart: Int) -> Int {
    kept < tokens.count ? min(tokens[kept].range.lowerBound, lineStart) : lineStart
  }

  /// The first token of the old text from this place on; nil when one stands across it.
  private func firstToken(notBefore position: Int) -> Int? {
    let first = tokens.firstIndex { $0.range.upperBound > position } ?? tokens.count
    return first == tokens.count || tokens[first].range.lowerBound >= position ? first : nil
  }
}
