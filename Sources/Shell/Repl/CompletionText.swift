import LuaKit

/// What is typed in front of the cursor, cut into tokens.
struct CompletionText {
  /// The tokens before the cursor but for comments and the last word or string, which is still being typed.
  let tokens: [LuaToken]
  /// The name that ends at the cursor; "" when none does.
  let word: String
  /// The string around the cursor.
  let string: OpenString?
  /// The variables that the tokens declare, wherever they are visible.
  let localNames: Set<String>

  /// A string without its end yet.
  struct OpenString: Equatable {
    /// The quote around it; nil for `[[…]]`.
    let quote: Unicode.Scalar?
    /// What ends it.
    let closing: String
    /// What is typed of it.
    let content: String
  }

  /// Nil where nothing can be completed: inside of a comment or a number.
  init?(_ text: String) {
    var tokens = LuaToken.tokens(of: text)
    let atEnd = tokens.last.flatMap { $0.range.upperBound == text.endIndex ? $0 : nil }
    var word = ""
    var string: OpenString?
    switch atEnd?.kind {
    case .number?: return nil
    case .comment?: if Self.isOpenComment(atEnd?.text ?? "") { return nil }
    case .name?: word = tokens.removeLast().text
    case .string?:
      string = Self.open(atEnd?.text ?? "")
      if string != nil { tokens.removeLast() }
    case .symbol?, nil: break
    }
    self.tokens = tokens.filter { $0.kind != .comment }
    self.word = word
    self.string = string
    localNames = LocalNames.declared(in: self.tokens)
  }

  /// The string that a token is, if its end is missing.
  private static func open(_ token: String) -> OpenString? {
    let scalars = token.unicodeScalars
    guard let first = scalars.first else { return nil }
    guard first != "[" else {
      let bracket = scalars.prefix { $0 == "[" || $0 == "=" }
      let end = "]" + String(repeating: "=", count: max(bracket.count - 2, 0)) + "]"
      let content = String(scalars.dropFirst(bracket.count))
      return content.hasSuffix(end) ? nil : OpenString(quote: nil, closing: end, content: content)
    }
    var rest = scalars.dropFirst()
    let content = String(rest)
    while let next = rest.popFirst() {
      if next == first { return nil }
      if next == "\\" { _ = rest.popFirst() }
    }
    return OpenString(quote: first, closing: String(first), content: content)
  }

  private static func isOpenComment(_ token: String) -> Bool {
    let bracket = token.dropFirst(3).prefix { $0 == "=" }
    let start = "--[\(bracket)["
    guard token.hasPrefix(start) else { return true }
    return !token.dropFirst(start.count).hasSuffix("]\(bracket)]")
  }
}

// MARK: what stands before a token

extension CompletionText {
  func token(_ index: Int) -> LuaToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  func name(_ index: Int) -> String? { token(index).flatMap { $0.kind == .name ? $0.text : nil } }

  /// The bracket that is open at `index`, innermost.
  func enclosing(_ index: Int) -> Int? {
    var depth = 0
    for position in tokens.indices[..<min(index, tokens.count)].reversed()
    where tokens[position].kind == .symbol {
      switch tokens[position].text {
      case ")", "}", "]": depth += 1
      case "(", "{", "[":
        if depth == 0 { return position }
        depth -= 1
      default: continue
      }
    }
    return nil
  }

  /// The path from the globals that ends before `end`, such as `vaults[1].Name`; nil: it begins with a call or a local
  /// variable of the statement, or is none.
  func path(before end: Int) -> [LuaMembers.Step]? {
    var steps: [LuaMembers.Step] = []
    var index = end - 1
    while steps.count < Self.longestPath {
      if let name = name(index) {
        steps.insert(.name(Array(name.utf8)), at: 0)
        guard token(index - 1)?.is(".") == true else {
          return token(index - 1)?.is(":") == true || !isGlobal(name) ? nil : steps
        }
        index -= 2
      } else if token(index)?.is("]") == true, token(index - 2)?.is("[") == true, let step = step(index - 1) {
        steps.insert(step, at: 0)
        index -= 3
      } else {
        return isString(endingAt: index) ? [.name(Array("string".utf8))] + steps : nil
      }
    }
    return nil
  }

  private static let longestPath = 1000

  private func step(_ index: Int) -> LuaMembers.Step? {
    guard let token = token(index) else { return nil }
    if token.kind == .number { return Int64(token.text).map(LuaMembers.Step.index) }
    return token.literal.map { .name(LuaLiteral.bytes(ofToken: token.text) ?? Array($0.utf8)) }
  }

  /// `("text")`, which is no call's argument.
  private func isString(endingAt index: Int) -> Bool {
    guard token(index)?.is(")") == true, token(index - 1)?.literal != nil, token(index - 2)?.is("(") == true
    else { return false }
    guard let before = token(index - 3) else { return true }
    if before.kind == .name { return LuaLiteral.keywords.contains(before.text) && before.text != "end" }
    return before.kind == .symbol && !before.is(")") && !before.is("]")
  }

  private func isGlobal(_ name: String) -> Bool {
    !LuaLiteral.keywords.contains(name) && !localNames.contains(name)
  }
}
