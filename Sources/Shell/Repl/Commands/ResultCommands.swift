extension PromptCommand {
  /// What shows the last results again. In Lua: `mfsh.show(_, "json")` and `mfsh.show(_)`.
  static let results = [
    PromptCommand(
      name: "as", argument: "table|lua|json|csv", help: "last result, that way",
      lua: "mfsh.show(_, \"json\")"
    ) { prompt, format in prompt.showAgain(as: format) },
    PromptCommand(name: "page", argument: nil, help: "last result, whole", lua: "mfsh.show(_)") {
      prompt, _ in
      prompt.showAgain(as: nil)
    },
  ]
}
