extension PromptCommand {
  /// What shows the last results again. In Lua: `mfsh.show(_, "json")` and `mfsh.show(_)`.
  static let results = [
    PromptCommand(
      name: "as", argument: "table|lua|json|csv", help: "the last result again, whole, in that format"
    ) { prompt, format in prompt.showAgain(as: format) },
    PromptCommand(name: "page", argument: nil, help: "the last result again, whole") { prompt, _ in
      prompt.showAgain(as: "table")
    },
  ]
}
