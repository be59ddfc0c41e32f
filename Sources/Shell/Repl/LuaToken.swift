/// A piece of Lua source, found leniently: what is unfinished ends with the line or the text.
struct LuaToken: Equatable {
  enum Kind: Equatable {
    case name, number, comment, symbol
    /// With what the literal means, escapes resolved.
    case string(String)
  }

  let kind: Kind
  let range: Range<String.UnicodeScalarIndex>
  let text: String

  /// What a string literal means; nil for everything else.
  var literal: String? {
    if case .string(let value) = kind { value } else { nil }
  }

  /// Whether a string literal has its end.
  var isClosed: Bool {
    if isTypographic { return false }
    if text.first == "[" {
      let mark = text.dropFirst().prefix { $0 == "=" }
      return text.count >= 2 * mark.count + 4 && text.hasSuffix("]\(mark)]")
    }
    let slashes = text.dropLast().reversed().prefix { $0 == "\\" }.count
    return text.count >= 2 && text.last == text.first && slashes % 2 == 0
  }

  /// Whether it stands in quotes that Lua does not know, as word processors make them.
  var isTypographic: Bool { text.unicodeScalars.first.map(Self.typographicQuotes.contains) ?? false }

  static let typographicQuotes: Set<Unicode.Scalar> = [
    "“", "”", "„", "‟", "‘", "’", "‚", "‛", "«", "»", "‹", "›",
  ]

  /// Whether it is this word or symbol.
  func `is`(_ text: String) -> Bool { literal == nil && kind != .comment && self.text == text }
}

extension LuaToken {
  /// All tokens of a statement, white space left out.
  static func tokens(of source: String) -> [LuaToken] {
    var scanner = LuaScanner(source)
    var tokens: [LuaToken] = []
    while let token = scanner.next() { tokens.append(token) }
    return tokens
  }

  /// The first of these; nil: there is none.
  static func first(of source: String) -> LuaToken? {
    var scanner = LuaScanner(source)
    return scanner.next()
  }
}

/// Cuts Lua source into tokens.
private struct LuaScanner {
  private let source: String.UnicodeScalarView
  private var index: String.UnicodeScalarIndex

  private static let longSymbols = ["...", "..", "==", "~=", "<=", ">=", "::", "//", "<<", ">>"]

  init(_ source: String) {
    self.source = source.unicodeScalars
    index = source.startIndex
  }

  mutating func next() -> LuaToken? {
    skip(while: Self.isBlank)
    guard let first = peek() else { return nil }
    let start = index
    let kind = kind(first)
    let text = String(source[start..<index])
    return LuaToken(kind: kind, range: start..<index, text: text)
  }

  private mutating func kind(_ first: Unicode.Scalar) -> LuaToken.Kind {
    if first == "\"" || first == "'" { return .string(quoted(first)) }
    if !first.isASCII, LuaToken.typographicQuotes.contains(first) { return .string(typographic()) }
    if first == "-", starts("--") { return comment() }
    if first == "[", let value = longBracket() { return .string(value) }
    if Self.isDigit(first) || first == "." && peek(1).map(Self.isDigit) == true {
      skip { Self.isWord($0) || $0 == "." }
      return .number
    }
    if Self.isWord(first) {
      skip(while: Self.isWord)
      return .name
    }
    let length = Self.isLongSymbol(first) ? Self.longSymbols.first(where: starts)?.count ?? 1 : 1
    index = source.index(index, offsetBy: length)
    return .symbol
  }

  private mutating func comment() -> LuaToken.Kind {
    advance(2)
    if peek() != "[" || longBracket() == nil { skip { $0 != "\n" } }
    return .comment
  }

  /// `[[…]]` or `[=[…]=]`; nil when none begins here.
  private mutating func longBracket() -> String? {
    var level = 0
    while peek(level + 1) == "=" { level += 1 }
    guard peek(level + 1) == "[" else { return nil }
    advance(level + 2)
    let start = index
    let end = "]" + String(repeating: "=", count: level) + "]"
    while peek() != nil, !starts(end) { advance(1) }
    let value = String(source[start..<index])
    advance(end.count)
    return value
  }

  /// Which of these quotes end a text is not certain: any does.
  private mutating func typographic() -> String {
    advance(1)
    let start = index
    skip { $0 != "\n" && !LuaToken.typographicQuotes.contains($0) }
    let value = String(source[start..<index])
    if peek() != "\n" { advance(1) }
    return value
  }

  private mutating func quoted(_ quote: Unicode.Scalar) -> String {
    advance(1)
    var value = String.UnicodeScalarView()
    while let next = peek(), next != "\n" {
      advance(1)
      if next == quote { break }
      if next == "\\" { escape(&value) } else { value.append(next) }
    }
    return String(value)
  }

  private mutating func escape(_ value: inout String.UnicodeScalarView) {
    guard let next = peek() else { return }
    advance(1)
    switch next {
    case "x": appendNumber(&value, radix: 16, limit: 2)
    case "z": skip(while: Self.isBlank)
    case "u":
      guard peek() == "{" else { return }
      advance(1)
      appendNumber(&value, radix: 16, limit: 8)
      if peek() == "}" { advance(1) }
    case _ where Self.isDigit(next):
      index = source.index(before: index)
      appendNumber(&value, radix: 10, limit: 3)
    default: value.append(next)
    }
  }

  private mutating func appendNumber(_ value: inout String.UnicodeScalarView, radix: Int, limit: Int) {
    var digits = ""
    while digits.count < limit, let next = peek(), Int(String(next), radix: radix) != nil {
      digits.unicodeScalars.append(next)
      advance(1)
    }
    if let code = UInt32(digits, radix: radix), let scalar = Unicode.Scalar(code) { value.append(scalar) }
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    guard let position = source.index(index, offsetBy: offset, limitedBy: source.endIndex) else { return nil }
    return position < source.endIndex ? source[position] : nil
  }

  private func starts(_ text: String) -> Bool { source[index...].starts(with: text.unicodeScalars) }

  private mutating func advance(_ count: Int) {
    index = source.index(index, offsetBy: count, limitedBy: source.endIndex) ?? source.endIndex
  }

  private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
    while let next = peek(), condition(next) { advance(1) }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isLongSymbol(_ first: Unicode.Scalar) -> Bool {
    switch first {
    case ".", "=", "~", "<", ">", ":", "/": true
    default: false
    }
  }

  // Unicode's properties are slow to look up, and most of what is typed is ASCII.

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return scalar.properties.isAlphabetic }
    return switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }
}
