/// One word of a command line of a POSIX shell, with variables in the places of secrets.
struct ShellWord {
  private(set) var text = ""

  /// A word without variables.
  init(_ literal: String) { append(literal) }

  mutating func append(_ literal: String) {
    guard !literal.isEmpty else { return }
    let isPlain = literal.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "_@%+=:,./-".utf8.contains(byte)
      }
    }
    text += isPlain ? literal : "'" + Self.escaped(literal) + "'"
  }

  /// By scalars, since a quote with an accent behind it is no quote to a `String`, but is one to a shell.
  private static func escaped(_ literal: String) -> String {
    literal.unicodeScalars.reduce(into: "") { $0 += $1 == "'" ? #"'\''"# : String($1) }
  }

  mutating func append(variable: String) { text += "\"$\(variable)\"" }
}
