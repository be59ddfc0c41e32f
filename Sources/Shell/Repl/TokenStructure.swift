/// The tokens of a statement without its comments, how the brackets nest, and where expressions end.
struct TokenStructure {
  /// Keywords that no expression goes on behind.
  private static let separators = LuaLiteral.keywords.subtracting([
    "and", "false", "function", "nil", "not", "or", "true",
  ])

  let tokens: [LuaToken]
  let comments: [LuaToken]
  /// The other bracket of a pair, by the token's number.
  private var partners: [Int?]
  /// The bracket that a token stands in directly.
  private var enclosing: [Int?]
  /// Where the call or the index begins that a token belongs to and that only says where a secret is kept:
  /// `secret.env("NAME")`, `list[2]`.
  private var sources: [Int?]
  /// How many literals there are before a token, and how many outside of such calls.
  private var literalCounts = [(all: 0, mayBeSecret: 0)]

  init(_ source: String) {
    let all = LuaToken.tokens(of: source)
    tokens = all.filter { $0.kind != .comment }
    comments = all.filter { $0.kind == .comment }
    partners = Array(repeating: nil, count: tokens.count)
    enclosing = partners
    sources = partners
    pairBrackets()
    findSources()
    findIndexes()
    for index in tokens.indices {
      let (all, mayBeSecret) = literalCounts[index]
      let one = isLiteral(index) ? 1 : 0
      literalCounts.append((all + one, mayBeSecret + (sources[index] == nil ? one : 0)))
    }
  }

  private mutating func pairBrackets() {
    var open: [Int] = []
    for index in tokens.indices where tokens[index].kind == .symbol {
      switch tokens[index].text {
      case "(", "{", "[": open.append(index)
      case ")", "}", "]":
        if let opening = open.popLast() { (partners[opening], partners[index]) = (index, opening) }
      default: continue
      }
    }
    open = []
    for index in tokens.indices {
      if let partner = partners[index], partner < index { open.removeLast() }
      enclosing[index] = open.last
      if opens(index) { open.append(index) }
      // What is never closed holds the rest, and what is closed too often closes nothing.
    }
  }

  private mutating func findSources() {
    var index = 0
    while index + 3 < tokens.count {
      let isCall =
        tokens[index + 1].is(".") && SecretNames.isSource("\(tokens[index].text).\(tokens[index + 2].text)")
      guard isCall, let end = argumentsEnd(index + 3) else {
        index += 1
        continue
      }
      for inside in index..<end { sources[inside] = index }
      index = end
    }
  }

  private mutating func findIndexes() {
    for index in tokens.indices {
      guard let opening = enclosing[index], sources[index] == nil, tokens[opening].is("["), opening > 0,
        isName(opening - 1) || tokens[opening - 1].is("]") || tokens[opening - 1].is(")")
      else { continue }
      sources[index] = opening
    }
  }

  /// The token of this number, if there is one.
  subscript(_ index: Int) -> LuaToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  func opens(_ index: Int) -> Bool { isSymbol(index, of: ["(", "{", "["]) }

  func closes(_ index: Int) -> Bool { isSymbol(index, of: [")", "}", "]"]) }

  private func isSymbol(_ index: Int, of symbols: Set<String>) -> Bool {
    tokens[index].kind == .symbol && symbols.contains(tokens[index].text)
  }

  /// The bracket that belongs to this one.
  func partner(of index: Int) -> Int? { partners[index] }

  /// Whether a token stands directly in brackets of this kind.
  func isInside(_ bracket: String, _ index: Int) -> Bool {
    guard tokens.indices.contains(index), let opening = enclosing[index] else { return false }
    return tokens[opening].is(bracket)
  }

  /// The tokens of the brackets around a token; nil when there are none.
  func surroundings(of index: Int) -> Range<Int>? {
    enclosing[index].map { $0..<(partners[$0] ?? tokens.count) }
  }

  /// A name that is no keyword.
  func isName(_ index: Int) -> Bool {
    self[index].map { $0.kind == .name && !LuaLiteral.keywords.contains($0.text) } ?? false
  }

  /// A string that is not empty, or a number.
  func isLiteral(_ index: Int) -> Bool {
    self[index].map { $0.literal?.isEmpty == false || $0.kind == .number } ?? false
  }

  /// Whether a token belongs to a call that only says where a secret is kept.
  func isSource(_ index: Int) -> Bool { sources[index] != nil }

  /// Whether there are literals that may be secrets.
  func holdsLiteral(_ range: Range<Int>) -> Bool {
    let range = range.clamped(to: tokens.indices)
    guard !range.isEmpty else { return false }
    let (first, last) = (literalCounts[range.lowerBound], literalCounts[range.upperBound])
    // Of an assignment inside such a call the call says nothing.
    let isInSource = sources[range.lowerBound].map { $0 < range.lowerBound } ?? false
    return isInSource ? last.all > first.all : last.mayBeSecret > first.mayBeSecret
  }

  /// Whether the quotes may stand for other strings than the tokens say: one is not closed, or a word or something that
  /// Lua does not know follows one at once.
  var isDoubtful: Bool {
    tokens.indices.contains { index in
      let token = tokens[index]
      if token.kind == .symbol, ["$", "@", "!", "?", "`", "\\"].contains(token.text) { return true }
      guard token.literal != nil else { return false }
      let next = self[index + 1]
      let isFollowed =
        next?.range.lowerBound == token.range.upperBound && (next?.kind == .name || next?.kind == .number)
      return isFollowed || !token.isClosed
    }
  }

  /// Where the arguments of a call end that begin with this token; nil when it begins none.
  func argumentsEnd(_ start: Int) -> Int? {
    guard let token = self[start] else { return nil }
    if token.literal != nil { return start + 1 }
    guard token.is("(") || token.is("{") else { return nil }
    return partners[start].map { $0 + 1 } ?? tokens.count
  }

  /// Where the expression ends: at a separator, a keyword, or where the next statement begins.
  func expressionEnd(from start: Int) -> Int {
    var index = start
    var wasOperand = false
    while index < tokens.count {
      let token = tokens[index]
      if opens(index) {
        guard let partner = partners[index] else { return tokens.count }
        index = partner
        wasOperand = true
      } else if closes(index) || token.is(",") || token.is(";") || token.is("=") {
        return index
      } else if token.kind == .name, Self.separators.contains(token.text) {
        return index
      } else {
        let isOperand = token.kind != .symbol && !["and", "or", "not"].contains(token.text)
        if isOperand, wasOperand, token.literal == nil { return index }
        wasOperand = isOperand
      }
      index += 1
    }
    return tokens.count
  }

  /// Where the expression ends, or the next `..` in it.
  func operandEnd(from start: Int) -> Int {
    var index = start
    let end = expressionEnd(from: start)
    while index < end, !tokens[index].is("..") {
      index = opens(index) ? (partners[index] ?? end) + 1 : index + 1
    }
    return min(index, end)
  }

  /// Up to `limit` expressions with commas in between.
  func expressions(from start: Int, limit: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = start
    while start < tokens.count {
      let end = expressionEnd(from: start)
      if end > start { result.append(start..<end) }
      guard result.count < limit, self[end]?.is(",") == true else { break }
      start = end + 1
    }
    return result
  }
}
