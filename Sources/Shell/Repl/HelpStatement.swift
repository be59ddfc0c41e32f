/// Statements of the prompt that ask for help without a call.
enum HelpStatement {
  /// The Lua code of `help`, `?`, `help session.use`, and of a name that stands alone, such as `session`; nil for anything
  /// else.
  static func code(_ text: String) -> String? {
    if ["help", "?", "--help"].contains(text) { return "help()" }
    if text.hasPrefix("help "),
      text.dropFirst(5).allSatisfy({ $0.isLetter || $0.isNumber || "._".contains($0) })
    {
      return "help(\"\(text.dropFirst(5))\")"
    }
    let isKnown = (HelpTopics.modules + HelpTopics.functions).contains { $0.name == text && $0.isShownAlone }
    // What is no table or function of mfsh any more shows its value.
    return isKnown ? "if not pcall(help, \(text)) then return \(text) end" : nil
  }
}

extension HelpTopic {
  /// A table of functions or a function, which as a value says nothing; `mfsh.version` and `json.null` do.
  fileprivate var isShownAlone: Bool { !name.contains(".") || call != name }
}
