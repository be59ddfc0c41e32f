/// The help texts that follow from the tables of commands and options.
package enum HelpText {
  /// What `mfsh --help` prints.
  package static let main: String =
    usage + "\n" + groups(of: OptionSpec.main) + "\n" + statuses
    + "\nTo try it without a server: mfsh --sandbox\n"

  /// What `mfsh help COMMAND` prints; nil when `topic` is no command.
  package static func command(_ topic: String) -> String? {
    CommandSpec.named(topic).map { spec in
      "Usage: mfsh \(spec.usage)\n\n\(spec.help.prefix(1).uppercased() + spec.help.dropFirst()).\n\n"
        + groups(of: spec.options) + (spec.notes.isEmpty ? "" : "\n" + spec.notes)
    }
  }

  /// The ways to call mfsh: what follows its name, and what it does then.
  static let forms =
    [
      ("[options] [URL]", "the prompt"),
      ("[options] SCRIPT [ARGUMENT...]", "run a Lua script; - is standard input"),
      ("[options] -e CODE [ARGUMENT...]", "run Lua code"),
    ] + CommandSpec.all.map { ($0.usage, $0.help) }

  private static let usage: String = {
    let lines = table(forms.map { ("mfsh " + $0.0, $0.1) }, indent: "       ")
    return "Usage: " + lines.dropFirst(7)
  }()

  private static let statuses: String =
    "Exit status:\n" + table(ExitStatus.allCases.map { ("\($0.rawValue)", $0.meaning) }, indent: "  ")

  private static func groups(of specs: [OptionSpec]) -> String {
    OptionGroup.allCases.compactMap { group in
      let rows = specs.filter { $0.group == group }.map { ($0.synopsis, $0.help) }
      return rows.isEmpty ? nil : "\(group.rawValue):\n\(table(rows, indent: "  "))"
    }.joined(separator: "\n")
  }

  /// Two columns, the first as wide as its widest text.
  static func table(_ rows: [(String, String)], indent: String) -> String {
    let width = (rows.map(\.0.count).max() ?? 0) + 2
    return rows.map { left, right in
      indent + left + String(repeating: " ", count: width - left.count) + right + "\n"
    }.joined()
  }
}

extension OptionSpec {
  /// `-u, --user NAME`, long names in one column.
  package var synopsis: String {
    let short = letter.map { "-\($0)" }
    let names = short == name ? name : (short.map { "\($0), " } ?? "    ") + name
    return names + (value.map { " \($0)" } ?? "")
  }
}
