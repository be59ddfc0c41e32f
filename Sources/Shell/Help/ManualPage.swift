import LineEditing

/// The manual page in the macros of mdoc(7): what `mfsh help --man` prints.
enum ManualPage {
  static var text: String {
    var text = String(decoding: HelpFiles.manual, as: UTF8.self)
    for (place, lines) in [
      ("{synopsis}", synopsis), ("{commands}", commands), ("{options}", groups(of: OptionSpec.main)),
      ("{statuses}", statuses), ("{keys}", keys),
    ] {
      text = text.replacing(place + "\n", with: lines)
    }
    return text
  }

  private static var synopsis: String {
    HelpText.forms.map { usage, _ in ".Nm\n" + macros(usage) }.joined()
  }

  /// `[options]`, `-e`, `whoami` and `FILE` in the macros that they take.
  private static func macros(_ usage: String) -> String {
    usage.split(separator: " ").map { word in
      if word.hasPrefix("[") {
        return ".Op Ar \(word.dropFirst().dropLast())\n".replacing("...", with: " ...")
      }
      if word.hasPrefix("-") { return ".Fl \(word.dropFirst())\n" }
      let isCommand = CommandSpec.named(String(word)) != nil
      return isCommand ? ".Cm \(word)\n" : ".Ar \(word)\n".replacing("...", with: " ...")
    }.joined()
  }

  private static var commands: String {
    let main = Set(OptionSpec.main.map(\.synopsis))
    var lines = "", notesSoFar: Set<String> = []
    for command in CommandSpec.all {
      let own = command.options.filter { !main.contains($0.synopsis) }
      lines += ".Ss mfsh \(command.name)\n" + sentence(command.help)
      if notesSoFar.insert(command.notes).inserted { lines += notes(command.notes) }
      lines += list(own)
    }
    return lines
  }

  /// What is indented stays a line of its own.
  private static func notes(_ notes: String) -> String {
    notes.split(separator: "\n").map { line in
      (line.hasPrefix(" ") ? ".Dl " : "") + escaped(line.drop { $0 == " " }) + "\n"
    }.joined()
  }

  private static func groups(of options: [OptionSpec]) -> String {
    OptionGroup.allCases.map { group in
      let own = options.filter { $0.group == group }
      return own.isEmpty ? "" : ".Ss \(group.rawValue)\n" + list(own)
    }.joined()
  }

  private static func list(_ options: [OptionSpec]) -> String {
    guard !options.isEmpty else { return "" }
    let items = options.map { option in
      let names = option.names.map { "Fl \(escaped($0.dropFirst()))" }.joined(separator: " , ")
      let value = option.value.map { " Ar \(escaped($0))" } ?? ""
      return ".It \(names)\(value)\n\(escaped(option.help))\n"
    }
    return ".Bl -tag -width Ds\n\(items.joined()).El\n"
  }

  private static var statuses: String {
    ExitStatus.allCases.map { ".It \($0.rawValue)\n\($0.meaning)\n" }.joined()
  }

  private static var keys: String {
    KeyMeaning.all.map { key in
      let commands = key.vi.split(separator: ", ").map(command).joined(separator: ", ")
      let names = [escaped(key.keys), commands.isEmpty ? "" : "vi: \(commands)"].filter { !$0.isEmpty }
      return ".It \(names.joined(separator: "; "))\n\(escaped(key.meaning))\n"
    }.joined()
  }

  /// A character by itself that is neither punctuation to mdoc nor drawn as another one.
  private static func command(_ name: Substring) -> String {
    let drawn = ["-": "\\-", "^": "\\(ha"]
    return name.count == 1 ? "\\&" + (drawn[String(name)] ?? String(name)) : String(name)
  }

  private static func sentence(_ text: String) -> String {
    escaped(text.prefix(1).uppercased() + text.dropFirst() + ".") + "\n"
  }

  /// Text that holds nothing that troff obeys.
  private static func escaped(_ text: some StringProtocol) -> String {
    let plain = String(text).replacing("\\", with: "\\e").replacing("--", with: "\\-\\-")
    let characters = plain.unicodeScalars.map { scalar in
      scalar.isASCII
        ? String(scalar) : "\\[u" + String(scalar.value, radix: 16, uppercase: true).padded(to: 4) + "]"
    }
    let line = characters.joined()
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    String(repeating: "0", count: Swift.max(0, count - self.count)) + self
  }
}
