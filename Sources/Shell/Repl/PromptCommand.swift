import MFWS

/// A command of the prompt, typed as `\name argument`; help and completion come from the table as well.
struct PromptCommand: Sendable {
  let name: String
  /// What follows the name, for people: `FILE`, in brackets what may be left out; nil: nothing does.
  let argument: String?
  let help: String
  /// What does the same in Lua.
  let lua: String
  /// What it does with the words behind its name. An error of Lua's is shown as that of a statement.
  let run: @Sendable (Prompt, String) -> Void

  /// All of them, in the order of the help text.
  static let all = session + results + guarding + general

  /// `\use VAULT`.
  var usage: String { "\\" + name + (argument.map { " \($0)" } ?? "") }

  /// The command of a typed line and the words behind its name; nil when the line is Lua.
  static func typed(_ line: String) -> (name: Substring, argument: String)? {
    let line = line.drop(while: \.isWhitespace)
    guard line.first == "\\" else { return nil }
    let name = line.dropFirst().prefix { !$0.isWhitespace }
    let rest = line[name.endIndex...].drop(while: \.isWhitespace)
    return (name, String(rest.reversed().drop(while: \.isWhitespace).reversed()))
  }

  /// The command of this name with or without its backslash.
  static func named(_ name: some StringProtocol) -> PromptCommand? {
    let name = name.hasPrefix("\\") ? String(name.dropFirst()) : String(name)
    return all.first { $0.name == name }
  }

  /// Runs what was typed, or says why that cannot be done.
  static func run(_ name: Substring, _ argument: String, at prompt: Prompt) {
    guard let command = named(name) else { return OutputStream.error(unknown(name)) }
    if let problem = command.problem(with: argument) { return OutputStream.error(problem) }
    command.run(prompt, argument)
  }

  /// Whether further commands stand in the lines behind the first one.
  static func hasSeveral(_ text: String) -> Bool {
    text.split(separator: "\n").dropFirst().contains { $0.drop(while: \.isWhitespace).first == "\\" }
  }

  static func unknown(_ name: some StringProtocol) -> String {
    let familiar = FamiliarWord.typed(String(name))?.statement
    let near = nearest(to: String(name), in: all.map(\.name)).map { "did you mean \\\($0)?" }
    let remedy = familiar ?? near ?? "\\help lists them"
    return "there is no command \\\(name): \(remedy)"
  }

  /// Why it does not take what was typed behind its name.
  func problem(with argument: String) -> String? {
    switch (self.argument, argument.isEmpty) {
    case (nil, false): "\\\(name) takes nothing behind it"
    case (let wanted?, true) where !wanted.hasPrefix("["):
      "\\\(name) needs a word behind it: \(usage) (\(help))"
    default: nil
    }
  }
}
