/// The options of the command line as scripts spell them: `--per-server` is `per_server`.
enum OptionSpelling {
  /// A text about options for somebody who writes Lua.
  static func inLua(_ text: String) -> String {
    var text = text
    while let secret = secret(in: text) {
      text.replaceSubrange(secret.range, with: "secrets = {\(secret.name) = secret.ask()}")
    }
    for (option, words) in phrases { text = text.replacing(option, with: words) }
    for option in options where text.contains(option.name) {
      if let example = text.firstRange(of: "for example \(option.name) ") {
        let value = String(text[example.upperBound...])
        text.replaceSubrange(
          example.lowerBound..., with: "for example \(option.argumentName) = \(literal(value))")
      }
      text = text.replacing(option.name, with: option.argumentName)
    }
    return text
  }

  /// `--secret demo=prompt`.
  private static func secret(in text: String) -> (range: Range<String.Index>, name: String)? {
    guard let end = text.firstRange(of: "=prompt"),
      let start = text[..<end.lowerBound].ranges(of: "--secret ").last
    else { return nil }
    let name = String(text[start.upperBound..<end.lowerBound])
    guard name.allSatisfy({ $0.isLetter || $0 == "_" }) else { return nil }
    return (start.lowerBound..<end.upperBound, name)
  }

  private static func literal(_ text: String) -> String {
    Double(text) == nil ? LuaLiteral.string(Array(text.utf8)) : text
  }

  /// The longer names first: one may begin with another.
  private static let options = OptionSpec.check.sorted { $0.name.count > $1.name.count }

  private static let phrases = [
    ("no --secret has the name", "secrets has no entry of the name"),
    ("name a --secret in", "name one of secrets in"),
    ("--password-stdin, --password-command, ", ""), ("with --secret", "in secrets"), ("--secret", "secrets"),
    ("--report", "reports"),
  ]
}

extension OptionSpec {
  /// As a named argument: `per_server`.
  var argumentName: String { String(name.drop { $0 == "-" }).replacing("-", with: "_") }
}
