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
    if message.hasSuffix("' expected near '='") { return toEqualsSign(message, LuaToken.tokens(of: code)) }
    // A call ends well, so it is another expression.
    if message.hasSuffix("syntax error near <eof>") {
      return "to see a value at the end, write return before it"
    }
    let foreign = operators.first { message.hasSuffix(" near '\($0.near)'") && code.contains($0.typed) }
    if let foreign { return foreign.lua }
    let tokens = LuaToken.tokens(of: code)
    guard let near = tokens.last(where: { message.hasSuffix(" near '\($0.text)'") }), isValue(near) else {
      return nil
    }
    if message.contains("'}' expected near") { return "is there a comma missing?" }
    guard message.hasPrefix("syntax error") || message.contains(": syntax error") else { return nil }
    return toCommand(tokens)
  }

  /// To `f(name = value)`, `if (x = 1) then`, `while x = 1 do`.
  private static func toEqualsSign(_ message: Substring, _ tokens: [LuaToken]) -> String? {
    let comparison = "to compare, write =="
    if ["'then'", "'do'"].contains(where: message.contains) { return comparison }
    guard message.contains("')' expected") else { return nil }
    let calls = zip(tokens, tokens.dropFirst()).contains { name, bracket in
      bracket.is("(") && name.kind == .name && !LuaLiteral.keywords.contains(name.text)
    }
    return calls ? "named arguments stand in braces, {name = value}" : comparison
  }

  /// What other languages have, and at what Lua stumbles.
  private static let operators: [(typed: String, near: String, lua: String)] = [
    ("!=", "!", "not equal is ~= in Lua"), ("&&", "&", "and is a word in Lua"),
    ("||", "|", "or is a word in Lua"), ("+=", "+", "write x = x + 1"), ("++", "+", "write x = x + 1"),
    ("-=", "-", "write x = x - 1"),
    ("!", "!", "not is a word in Lua, and os.execute(\"ls\") runs a program"),
  ]

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
