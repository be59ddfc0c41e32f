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
    code = text
    guard let error = state.syntaxError(text, chunkName: "=prompt") else {
      isComplete = true
      return
    }
    isComplete = !Self.wantsMore(expressionError, text) && !Self.wantsMore(error, text)
  }

  /// The code ends too early. A string can go on in the next line only behind `\` or `\z`.
  private static func wantsMore(_ error: String, _ text: String) -> Bool {
    guard error.hasSuffix("near <eof>") || error.hasSuffix("<eof>") else { return false }
    guard error.contains("unfinished string") else { return true }
    return text.hasSuffix("\\") || text.hasSuffix("\\z")
  }
}
