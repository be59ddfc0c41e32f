import LineEditing

/// Which brackets belong together: the pair at the cursor, and those that close nothing.
struct BracketPairs {
  private var marked: [Int] = []
  private var stray: Set<Int> = []

  /// - Parameter cursor: in Unicode scalars; a bracket that closes right before it comes first, then the one at it, then
  ///   one that opens right before it.
  init(_ tokens: [TypedToken], cursor: Int?) {
    let chosen = cursor.flatMap { Self.bracket(in: tokens, at: $0) }
    var open: [Int] = []
    for index in tokens.indices {
      switch tokens[index].kind {
      case .opening: open.append(index)
      case .closing(let bracket):
        guard let opening = open.last, tokens[opening].kind == .opening(Self.partner(of: bracket)) else {
          stray.insert(index)
          continue
        }
        open.removeLast()
        if chosen == opening || chosen == index { marked = [opening, index] }
      default: continue
      }
    }
  }

  /// How a bracket looks; nil: like the rest.
  func kind(of index: Int) -> TextSpan.Kind? {
    if marked.contains(index) { return .matchingBracket }
    return stray.contains(index) ? .mistake : nil
  }

  private static func bracket(in tokens: [TypedToken], at cursor: Int) -> Int? {
    let before = tokens.firstIndex { $0.range.upperBound == cursor }
    let after = tokens.firstIndex { $0.range.lowerBound == cursor }
    if let before, case .closing = tokens[before].kind { return before }
    return [after, before].compactMap { $0 }.first { index in
      switch tokens[index].kind {
      case .opening, .closing: true
      default: false
      }
    }
  }

  private static func partner(of closing: Unicode.Scalar) -> Unicode.Scalar {
    switch closing {
    case ")": "("
    case "]": "["
    default: "{"
    }
  }
}
