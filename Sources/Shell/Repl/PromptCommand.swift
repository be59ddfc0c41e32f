/// A command of the prompt, typed as `\name argument`; help and completion come from the table as well.
struct PromptCommand: Sendable {
  let name: String
  /// What follows the name, for people; nil: nothing does.
  let argument: String?
  let help: String
  /// What it does with the words behind its name. An error of Lua's is shown as that of a statement.
  let run: @Sendable (Prompt, String) -> Void

  /// All of them, in the order of the help text.
  static let all =
    results + [
      PromptCommand(name: "quit", argument: nil, help: "leave; the session is logged out") { prompt, _ in
        prompt.isLeaving = true
      }
    ]

  /// The command of a typed line and the words behind its name; nil when the line is Lua.
  static func typed(_ line: String) -> (name: Substring, argument: String)? {
    let line = line.drop(while: \.isWhitespace)
    guard line.first == "\\" else { return nil }
    let name = line.dropFirst().prefix { !$0.isWhitespace }
    let rest = line[name.endIndex...].drop(while: \.isWhitespace)
    return (name, String(rest.reversed().drop(while: \.isWhitespace).reversed()))
  }
}
