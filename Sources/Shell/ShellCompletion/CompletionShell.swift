/// A shell that `mfsh completion` writes a completion for. All of it comes from the tables of commands and options.
package enum CompletionShell: String, Sendable, CaseIterable {
  case bash, zsh, fish

  /// The script.
  package var script: String {
    switch self {
    case .bash: BashCompletion.script
    case .zsh: ZshCompletion.script
    case .fish: FishCompletion.script
    }
  }

  /// The first line of a script.
  var title: String {
    "# Completion of mfsh \(Version.number) for \(rawValue), written by: mfsh completion \(rawValue)"
  }
}

/// Where in a command line options and words are completed: behind `mfsh` itself or behind a command.
struct CompletionPlace {
  /// `main`, the name of the command, or that of a command with a word of its own: `check_merge`.
  let name: String
  let options: [OptionSpec]
  /// The words that may stand there, with what they mean.
  let words: [(word: String, help: String)]
  /// What else may stand there.
  var inputs = CommandSpec.Inputs.none
  /// The words that lead to a place of their own.
  var subplaces: [String] = []

  static let main = CompletionPlace(
    name: "main", options: OptionSpec.main, words: CommandSpec.all.map { ($0.name, $0.help) }, inputs: .files)
  static let commands = CommandSpec.all.map { command in
    CompletionPlace(
      name: command.name, options: command.options, words: command.candidates, inputs: command.inputs,
      subplaces: command.subcommands.map(\.word))
  }
  static let subcommands = CommandSpec.all.flatMap { command in
    command.subcommands.map {
      CompletionPlace(name: "\(command.name)_\($0.word)", options: $0.options, words: [], inputs: $0.inputs)
    }
  }
  static let all = [main] + commands + subcommands
}

/// What may stand as the value of an option.
enum ValueCandidates: Hashable {
  case words([String])
  /// Something stands behind each of them: a file.
  case beginnings([String])
  case files, folders, profiles
  /// Anything, which cannot be foretold.
  case text
}

extension OptionSpec {
  /// nil for a flag.
  var candidates: ValueCandidates? {
    guard let value else { return nil }
    if !choices.isEmpty { return .words(choices) }
    if name == "--profile" { return .profiles }
    if name == "--report" { return .beginnings(ReportRequest.Format.allCases.map { "\($0.rawValue):" }) }
    // A run is kept in a folder.
    return value == "FILE" ? .files : ["FOLDER", "RUN"].contains(value) ? .folders : .text
  }

  /// The short name and the long one.
  var names: [String] { (letter.map { ["-\($0)"] } ?? []).filter { $0 != name } + [name] }
}

extension CommandSpec {
  /// The words that may follow the command.
  fileprivate var candidates: [(word: String, help: String)] {
    switch name {
    case Self.help.name: HelpTopics.summaries.map { ($0.name, $0.summary) }
    case Self.completion.name: CompletionShell.allCases.map { ($0.rawValue, "its completion") }
    default: subcommands.map { ($0.word, $0.help) }
    }
  }
}

extension String {
  /// In single quotes, as all shells but fish read them.
  var singleQuoted: String { "'" + replacing("'", with: #"'\''"#) + "'" }
}
