import LineEditing

/// A token of the text being typed, with what matters to its looks.
struct TypedToken: Equatable {
  enum Kind: Equatable {
    case keyword, number, comment, symbol
    /// `known`: whether it is the name of a global variable.
    case name(known: Bool)
    /// Without its end or with it.
    case string(isClosed: Bool)
    /// A bracket by its character.
    case opening(Unicode.Scalar), closing(Unicode.Scalar)
    /// `.` or `:`, behind which a name is a field's.
    case selector
  }

  var kind: Kind
  /// Where it stands, in Unicode scalars.
  var range: Range<Int>

  /// The same token so many scalars further on.
  func moved(by distance: Int) -> TypedToken {
    TypedToken(kind: kind, range: (range.lowerBound + distance)..<(range.upperBound + distance))
  }
}

extension TypedToken {
  /// The tokens of a piece of code that begins at `start`, and whether what follows in the next line may belong to
  /// the last one.
  static func tokens(
    of code: some Sequence<UInt32>, at start: Int, isKnown: (String) -> Bool
  ) -> (tokens: [TypedToken], isOpen: Bool) {
    var source = String.UnicodeScalarView()
    for scalar in code { source.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    let found = LuaToken.tokens(of: String(source))
    var offset = start
    var index = source.startIndex
    let tokens = found.map { token in
      let lower = offset + source.distance(from: index, to: token.range.lowerBound)
      offset = lower + source.distance(from: token.range.lowerBound, to: token.range.upperBound)
      index = token.range.upperBound
      return TypedToken(kind: kind(of: token, isKnown), range: lower..<offset)
    }
    let isOpen = found.last.map { $0.range.upperBound == source.endIndex && $0.mayGoOn } ?? false
    return (tokens, isOpen)
  }

  private static func kind(of token: LuaToken, _ isKnown: (String) -> Bool) -> Kind {
    switch token.kind {
    case .name where LuaLiteral.keywords.contains(token.text): .keyword
    case .name: .name(known: isKnown(token.text))
    case .number: .number
    case .comment: .comment
    case .string: .string(isClosed: token.isClosed)
    case .symbol:
      switch token.text.unicodeScalars.first {
      case let bracket? where "([{".unicodeScalars.contains(bracket): .opening(bracket)
      case let bracket? where ")]}".unicodeScalars.contains(bracket): .closing(bracket)
      default: token.text == "." || token.text == ":" ? .selector : .symbol
      }
    }
  }
}

extension LuaToken {
  /// Whether it may go on in the next line: what has no end yet, unless the end of the line is its end.
  fileprivate var mayGoOn: Bool {
    switch kind {
    case .string: !isClosed && (text.first == "[" || text.contains("\\"))
    case .comment: text.hasPrefix("--[") && !LuaToken(kind: .symbol, range: range, text: bracketed).isClosed
    default: false
    }
  }

  /// A comment without its dashes.
  private var bracketed: String { String(text.dropFirst(2)) }
}
