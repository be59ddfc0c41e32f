extension PromptCommand {
  /// What asks the server. They run as statements, whose results are kept.
  static let session = [
    PromptCommand(
      name: "vaults", argument: nil, help: "vaults you may enter", lua: "session.vaults()"
    ) { prompt, _ in prompt.run(statement: "session.vaults()") },
    PromptCommand(
      name: "use", argument: "VAULT", help: "enter a vault",
      lua: "session.use(\"VAULT\")"
    ) { prompt, vault in
      prompt.run(statement: "session.use(\(LuaLiteral.string(Array(unquoted(vault).utf8))))")
    },
    PromptCommand(
      name: "info", argument: nil, help: "who is logged in", lua: "session.info()"
    ) { prompt, _ in prompt.run(statement: "session.info()") },
  ]

  /// People who know Lua write quotes all the same.
  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, let quote = text.first, quote == "\"" || quote == "'", text.last == quote else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }
}
