/// Finds options by the rules of getopt_long, up to the first argument that is none.
///
/// Unlike getopt_long, whose header Swift's Glibc lacks, it takes long names in full only: an abbreviation in a
/// script would break with the next option we add.
struct OptionScanner {
  let specs: [OptionSpec]
  /// For error messages; nil for mfsh itself.
  let command: String?

  struct Result {
    var found: [(spec: OptionSpec, value: String)] = []
    /// The words after the options.
    var rest: ArraySlice<String>
    /// Whether a `--` forbids further options.
    var isFinal = false
  }

  func scan(_ words: ArraySlice<String>) throws(UsageError) -> Result {
    var result = Result(rest: words)
    while let word = result.rest.first, word.hasPrefix("-"), word != "-", !result.isFinal {
      result.rest.removeFirst()
      if word == "--" {
        result.isFinal = true
      } else if word.hasPrefix("--") {
        try readName(word, &result)
      } else {
        try readLetters(word.dropFirst(), &result)
      }
    }
    return result
  }

  /// `--name`, `--name value` or `--name=value`.
  private func readName(_ word: String, _ result: inout Result) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let spec = specs.first(where: { $0.name == name }) else { throw unknown(name) }
    if spec.value == nil, parts.count > 1 { throw .superfluousValue(name) }
    try take(spec, attached: parts.count > 1 ? String(parts[1]) : nil, &result)
  }

  /// `-v`, `-vi`, `-u value` or `-uvalue`.
  private func readLetters(_ word: Substring, _ result: inout Result) throws(UsageError) {
    var letters = word
    while let letter = letters.popFirst() {
      guard let spec = specs.first(where: { $0.letter == letter }) else { throw unknown("-\(letter)") }
      let takesRest = spec.value != nil && !letters.isEmpty
      try take(spec, attached: takesRest ? String(letters) : nil, &result)
      if takesRest { return }
    }
  }

  private func take(
    _ spec: OptionSpec, attached: String?, _ result: inout Result
  ) throws(UsageError) {
    guard let placeholder = spec.value else {
      result.found.append((spec, ""))
      return
    }
    guard let value = attached ?? result.rest.popFirst() else {
      throw .missingValue(spec.name, placeholder: placeholder)
    }
    result.found.append((spec, value))
  }

  private func unknown(_ option: String) -> UsageError {
    .unknownOption(option, known: specs.map(\.name), of: command)
  }
}
