/// In place of the prompt's commands, which need the prompt: here there are none.
enum PromptCommand {
  static func typed(_ line: String) -> (name: Substring, argument: String)? {
    let line = line.drop(while: \.isWhitespace)
    guard line.first == "\\" else { return nil }
    return (line.dropFirst().prefix { !$0.isWhitespace }, "")
  }

  static func named(_: some StringProtocol) -> PromptCommand? { nil }
}
