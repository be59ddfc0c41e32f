/// The names of variables that a piece of code declares, wherever they are visible.
enum LocalNames {
  /// - Parameter tokens: without comments; the code may be unfinished.
  static func declared(in tokens: [LuaToken]) -> Set<String> {
    var names: Set<String> = []
    for (index, token) in tokens.enumerated() where token.kind == .name {
      switch token.text {
      case "for": names.formUnion(list(tokens, from: index + 1))
      case "local":
        let isFunction = index + 1 < tokens.count && tokens[index + 1].is("function")
        names.formUnion(list(tokens, from: index + (isFunction ? 2 : 1)).prefix(isFunction ? 1 : .max))
      case "function":
        let rest = tokens[(index + 1)...]
        if let opening = rest.firstIndex(where: { $0.kind != .name && !$0.is(".") && !$0.is(":") }),
          tokens[opening].is("(")
        {
          names.formUnion(list(tokens, from: opening + 1))
        }
      default: continue
      }
    }
    return names
  }

  /// `a, b <const>, c`
  private static func list(_ tokens: [LuaToken], from start: Int) -> [String] {
    var names: [String] = []
    var index = start
    while index < tokens.count, tokens[index].kind == .name, !LuaLiteral.keywords.contains(tokens[index].text)
    {
      names.append(tokens[index].text)
      index += 1
      if index < tokens.count, tokens[index].is("<") { index += 3 }
      guard index < tokens.count, tokens[index].is(",") else { break }
      index += 1
    }
    return names
  }
}
