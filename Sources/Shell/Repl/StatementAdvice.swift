import LuaKit
import MFWS

/// What is added to the answer to a statement that somebody has typed who knows other shells, or Lua little. It repeats
/// nothing that was typed but names of functions.
enum StatementAdvice {
  /// To a word that stands alone and is no variable, so that it shows nil.
  ///
  /// - Parameter known: the names of variables.
  static func toWord(_ text: String, known: Set<String>) -> String? {
    guard LuaLiteral.name(.string(Array(text.utf8))) != nil, !known.contains(text) else { return nil }
    // Something is near every short name.
    let near = text.count < 5 ? nil : nearest(to: text, in: known.sorted())
    let remedy = FamiliarWord.typed(text)?.statement ?? near.map { "did you mean \($0)?" }
    guard let remedy else { return nil }
    return "no variable has this name: \(remedy)"
  }

  /// To code that is no Lua.
  ///
  /// - Parameter message: what Lua says.
  static func toSyntax(_ message: Substring, of code: String) -> String? {
    if message.hasSuffix("')' expected near '='") { return "named arguments stand in braces, {name = value}" }
    // A call ends well, so it is another expression.
    if message.hasSuffix("syntax error near <eof>") {
      return "to see a value at the end, write return before it"
    }
    let tokens = LuaToken.tokens(of: code)
    guard let near = tokens.last(where: { message.hasSuffix(" near '\($0.text)'") }), isValue(near) else {
      return nil
    }
    if message.contains("'}' expected near") { return "is there a comma missing?" }
    guard message.hasPrefix("syntax error") || message.contains(": syntax error") else { return nil }
    return toCommand(tokens)
  }

  /// To `use Finance`, `mfsh vaults`, `session.use Finance`.
  private static func toCommand(_ tokens: [LuaToken]) -> String? {
    var words = tokens[...]
    if words.first?.is("mfsh") == true, words.dropFirst().first?.kind == .name { words = words.dropFirst() }
    guard let first = words.first, first.kind == .name else { return nil }
    let path = words.prefix { $0.kind == .name || $0.is(".") }.reduce("") { path, token in
      path.isEmpty || path.hasSuffix(".") || token.is(".") ? path + token.text : path + " "
    }
    if let topic = HelpTopics.functions.first(where: { path.hasPrefix($0.name + " ") || path == $0.name }) {
      return "write \(topic.call)"
    }
    return FamiliarWord.typed(first.text)?.statement
  }

  /// To a call whose argument is nil, since a text stands there without quotes.
  ///
  /// - Parameter members: the names below a value; it runs no code.
  static func toCall(
    _ message: Substring, of code: String, members: ([LuaMembers.Step]) -> LuaMembers
  ) -> String? {
    guard message.hasSuffix(", not nothing") else { return nil }
    let tokens = LuaToken.tokens(of: code)
    let words = tokens.indices.filter { index in
      tokens[index].kind == .name && index > 0 && tokens[index - 1].is("(") && index + 1 < tokens.count
        && (tokens[index + 1].is(")") || tokens[index + 1].is(","))
    }
    guard !words.isEmpty else { return nil }
    let known = Set(members([]).members.map { String(decoding: $0.name, as: UTF8.self) })
    return words.contains { !known.contains(tokens[$0].text) } ? "text stands in quotes" : nil
  }

  private static func isValue(_ token: LuaToken) -> Bool {
    token.kind == .name || token.kind == .number || token.literal != nil
  }
}
