/// In place of the spelling of values, which needs the terminal: Lua's keywords.
enum LuaLiteral {
  static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
    "nil", "not",
    "or", "repeat", "return", "then", "true", "until", "while",
  ]
}
