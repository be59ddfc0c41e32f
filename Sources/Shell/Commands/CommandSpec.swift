/// One command word, for parsing and for the help text.
package struct CommandSpec: Sendable {
  package let name: String
  /// What follows `mfsh` in the usage line.
  package let usage: String
  package let help: String
  let options: [OptionSpec]
  /// How many words may follow.
  let maximumWords: Int
  /// What these may name.
  var inputs = Inputs.none
  /// Words that may be the first of them, each with a meaning and options of its own.
  var subcommands: [Subcommand] = []
  /// What the options do not say, for the end of the help text.
  var notes = ""

  enum Inputs: Sendable {
    case none, files, folders
  }

  struct Subcommand: Sendable {
    let word: String
    let help: String
    let options: [OptionSpec]
    let inputs: Inputs
  }
}

extension CommandSpec {
  static let sandbox = CommandSpec(
    name: "sandbox", usage: "sandbox [options]", help: "a local M-Files Web Service to try things on",
    options: OptionSpec.sandbox, maximumWords: 0)
  static let help = CommandSpec(
    name: "help", usage: "help [TOPIC]", help: "explain a command or a Lua function",
    options: OptionSpec.help, maximumWords: 1)
  static let completion = CommandSpec(
    name: "completion", usage: "completion bash|zsh|fish", help: "print the completion of a shell",
    options: OptionSpec.general, maximumWords: 1, notes: completionNotes)

  /// All of them, in the order of the help text.
  package static let all = oneShots + [check, sandbox, help, completion]

  static func named(_ word: String) -> CommandSpec? { all.first { $0.name == word } }

  private static let completionNotes = """
    It completes commands, options, their values, and the topics of help.
      bash  source <(mfsh completion bash)
      zsh   source <(mfsh completion zsh), behind compinit
      fish  mfsh completion fish | source
    scripts/install puts it where a shell finds it by itself.
    mfsh completion profiles prints the names of the profiles, a line each.

    """

  /// Whether an option in front of the command means the same behind it.
  func takes(_ option: OptionSpec) -> Bool {
    options.contains { $0.name == option.name && $0.setting == option.setting }
  }

  /// Whether the name means something else behind the command.
  func takesDifferently(_ option: OptionSpec) -> Bool {
    !takes(option) && options.contains { $0.name == option.name }
  }
}
