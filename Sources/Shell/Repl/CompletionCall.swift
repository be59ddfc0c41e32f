import LuaKit

/// A call that is being typed: which function, and which of its arguments.
struct CompletionCall: Equatable {
  /// Where the function, or the object of a method, is; nil: it is the result of another call.
  let path: [LuaMembers.Step]?
  /// The name behind `:`.
  let method: String?
  /// How many arguments stand before, at least: a function among them may count for more.
  let position: Int

  /// The name with its dots, when all of it is names.
  var dottedName: String? {
    guard let path, method == nil else { return nil }
    var names: [String] = []
    for case .name(let bytes) in path { names.append(String(decoding: bytes, as: UTF8.self)) }
    return names.count == path.count ? names.joined(separator: ".") : nil
  }
}

extension CompletionText {
  /// The call whose argument begins at `index`: `f(`, `f{`, `f "`, and behind commas.
  func call(ofArgumentAt index: Int) -> CompletionCall? {
    guard let before = token(index - 1) else { return nil }
    if before.is("(") { return callee(before: index - 1, position: 0) }
    if before.is(",") {
      guard let opening = enclosing(index), token(opening)?.is("(") == true else { return nil }
      return callee(before: opening, position: commas(from: opening + 1, to: index))
    }
    return callee(before: index, position: 0)
  }

  /// The function that ends before `index`.
  func callee(before index: Int, position: Int) -> CompletionCall? {
    guard let name = name(index - 1), !LuaLiteral.keywords.contains(name) else { return nil }
    if token(index - 2)?.is(":") == true {
      return CompletionCall(path: path(before: index - 2), method: name, position: position)
    }
    // `function f(` declares.
    guard let path = path(before: index) else { return nil }
    return CompletionCall(path: path, method: nil, position: position)
  }

  private func commas(from start: Int, to end: Int) -> Int {
    var depth = 0
    var count = 0
    for token in tokens[start..<end] where token.kind == .symbol {
      if ["(", "{", "["].contains(token.text) { depth += 1 }
      if [")", "}", "]"].contains(token.text) { depth -= 1 }
      if depth == 0, token.is(",") { count += 1 }
    }
    return count
  }

  /// The names that are given already in the table that opens at `opening`.
  func givenNames(in opening: Int) -> Set<String> { Self.names(given: tokens[(opening + 1)...]) }

  /// The names that are given in the rest of a table.
  static func names(givenIn rest: String) -> Set<String> { names(given: LuaToken.tokens(of: rest)[...]) }

  private static func names(given tokens: ArraySlice<LuaToken>) -> Set<String> {
    var names: Set<String> = []
    var depth = 0
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      if ["(", "{", "["].contains(where: token.is) { depth += 1 }
      if [")", "}", "]"].contains(where: token.is) { depth -= 1 }
      if depth < 0 { break }
      if depth == 0, token.kind == .name, next.is("=") { names.insert(token.text) }
    }
    return names
  }
}
