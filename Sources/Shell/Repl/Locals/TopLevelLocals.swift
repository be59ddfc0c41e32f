/// Where a chunk's outermost block declares locals. The chunk must be one that compiles.
struct TopLevelLocals {
  struct Declaration: Equatable {
    /// Names with what stands in `<…>` behind them.
    var names: [(name: String, attribute: String?)] = []
    /// Behind the statement's last token.
    var end: String.Index

    static func == (one: Declaration, other: Declaration) -> Bool {
      one.end == other.end && one.names.elementsEqual(other.names) { $0 == $1 }
    }
  }

  private(set) var declarations: [Declaration] = []
  /// Whether a `goto` may lead to somewhere in the outermost block.
  private(set) var hasLabel = false
  private let tokens: [LuaToken]
  private var index = 0

  /// - Parameter tokens: those of the chunk, without comments.
  /// - Returns: nil for what is no Lua.
  init?(_ tokens: [LuaToken]) {
    self.tokens = tokens
    while let token {
      if token.is("local") {
        guard declaration() else { return nil }
      } else if token.opensBlock {
        guard skipBlock() else { return nil }
      } else {
        if token.is("::") { hasLabel = true }
        index += 1
      }
    }
  }

  private var token: LuaToken? { index < tokens.count ? tokens[index] : nil }

  private mutating func take(_ text: String) -> Bool {
    guard token?.is(text) == true else { return false }
    index += 1
    return true
  }

  private mutating func takeName() -> String? {
    guard let token, token.kind == .name, !LuaLiteral.keywords.contains(token.text) else { return nil }
    index += 1
    return token.text
  }

  // MARK: statements

  private mutating func declaration() -> Bool {
    index += 1
    var names: [(name: String, attribute: String?)] = []
    if token?.is("function") == true {
      guard index + 1 < tokens.count else { return false }
      names = [(tokens[index + 1].text, nil)]
      guard skipBlock() else { return false }
    } else {
      repeat {
        guard let name = takeName() else { return false }
        var attribute: String?
        if take("<") {
          attribute = takeName()
          guard attribute != nil, take(">") else { return false }
        }
        names.append((name, attribute))
      } while take(",")
      if take("=") { guard expressions() else { return false } }
    }
    declarations.append(Declaration(names: names, end: tokens[index - 1].range.upperBound))
    return true
  }

  /// From `function`, `do`, `if` or `repeat` past its `end` or `until`.
  private mutating func skipBlock() -> Bool {
    var depth = 0
    while let token {
      index += 1
      if token.opensBlock { depth += 1 }
      if token.is("end") || token.is("until") { depth -= 1 }
      if depth == 0 { return true }
    }
    return false
  }

  // MARK: expressions

  private mutating func expressions() -> Bool {
    repeat { guard expression() else { return false } } while take(",")
    return true
  }

  private mutating func expression() -> Bool {
    repeat {
      while let token, LuaToken.unaryOperators.contains(where: token.is) { index += 1 }
      guard operand() else { return false }
    } while takeOperator()
    return true
  }

  private mutating func takeOperator() -> Bool {
    guard let token, LuaToken.binaryOperators.contains(where: token.is) else { return false }
    index += 1
    return true
  }

  private mutating func operand() -> Bool {
    guard let token else { return false }
    if token.is("function") { return skipBlock() }
    if token.is("{") { return skipBrackets() }
    if token.is("(") { return skipBrackets() && suffixes() }
    if takeName() != nil { return suffixes() }
    let isLiteral = token.literal != nil || token.kind == .number
    guard isLiteral || ["nil", "true", "false", "..."].contains(where: token.is) else { return false }
    index += 1
    return true
  }

  /// Fields, calls and methods behind a name or parentheses.
  private mutating func suffixes() -> Bool {
    while let token {
      if token.is("(") || token.is("{") || token.is("[") {
        guard skipBrackets() else { return false }
      } else if token.is(".") || token.is(":") {
        index += 1
        guard takeName() != nil else { return false }
      } else if token.literal != nil {
        index += 1
      } else {
        return true
      }
    }
    return true
  }

  private mutating func skipBrackets() -> Bool {
    var depth = 0
    while let token {
      index += 1
      if token.kind == .symbol {
        if ["(", "{", "["].contains(token.text) { depth += 1 }
        if [")", "}", "]"].contains(token.text) { depth -= 1 }
      }
      if depth == 0 { return true }
    }
    return false
  }
}

extension LuaToken {
  fileprivate static let unaryOperators = ["not", "-", "#", "~"]
  fileprivate static let binaryOperators = [
    "+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or", "&", "|", "~",
    "<<", ">>",
  ]

  /// Loops with `while` and `for` have their `do`.
  fileprivate var opensBlock: Bool { ["function", "do", "if", "repeat"].contains(where: self.is) }
}
