package import LuaKit

/// What was typed at the prompt, as Lua: an expression shows its values, so it is tried first.
package struct Statement {
  /// The code to run.
  package let code: String
  /// Whether Enter ends it; otherwise more lines are wanted.
  package let isComplete: Bool

  /// - Parameter state: reads the text; runs nothing.
  package init(_ text: String, in state: LuaState) {
    let expression = "return \(text)"
    guard let expressionError = state.syntaxError(expression, chunkName: "=prompt") else {
      code = expression
      isComplete = true
      return
    }
    guard let error = state.syntaxError(text, chunkName: "=prompt") else {
      code = text
      isComplete = true
      return
    }
    isComplete = !Self.wantsMore(expressionError, text) && !Self.wantsMore(error, text)
    // It is no statement from its first word on: what is wrong with the expression says more.
    if let first = LuaToken.first(of: text), error.hasSuffix("near '\(first.text)'") {
      code = expression
    } else {
      code = text
    }
  }

  /// The code ends too early. A string can go on in the next line only behind `\` or `\z`.
  private static func wantsMore(_ error: String, _ text: String) -> Bool {
    guard error.hasSuffix("near <eof>") || error.hasSuffix("<eof>") else { return false }
    guard error.contains("unfinished string") else { return true }
    return text.hasSuffix("\\") || text.hasSuffix("\\z")
  }

  /// Whether a text that is no statement yet is to be taken for one: its last line is blank, and no bracket, block or
  /// string is open. Its error is of more use than another line.
  package static func isGivenUp(_ text: String) -> Bool {
    guard let end = text.lastIndex(of: "\n"), text[end...].allSatisfy(\.isWhitespace) else { return false }
    var depth = 0
    for token in LuaToken.tokens(of: text) {
      if token.literal != nil, !token.isClosed { return false }
      if token.kind == .comment, token.text.hasPrefix("--["), !token.text.hasSuffix("]") { return false }
      if ["function", "do", "if", "repeat", "(", "{", "["].contains(where: token.is) { depth += 1 }
      if ["end", "until", ")", "}", "]"].contains(where: token.is) { depth -= 1 }
    }
    return depth <= 0
  }
}
