extension ParsedCommandLine {
  /// Reads the arguments after the program's name.
  ///
  /// Options end at the first argument that is none; after a command word they may stand anywhere.
  package init(parsing arguments: [String]) throws(UsageError) {
    let result = try OptionScanner(specs: OptionSpec.main, command: nil).scan(arguments[...])
    try apply(result)
    guard code.isEmpty, !result.isFinal, let first = result.rest.first, let spec = CommandSpec.named(first)
    else {
      words = Array(result.rest)
      return
    }
    if let alien = result.found.first(where: { !spec.takes($0.spec) }) {
      throw .notApplicable(alien.spec.name, to: spec.name)
    }
    command = spec.name
    try readArguments(result.rest.dropFirst(), of: spec)
  }

  private mutating func readArguments(
    _ arguments: ArraySlice<String>, of spec: CommandSpec
  ) throws(UsageError) {
    var rest = arguments
    while !rest.isEmpty {
      let result = try OptionScanner(specs: spec.options, command: spec.name).scan(rest)
      try apply(result)
      let wordCount = result.isFinal ? result.rest.count : min(result.rest.count, 1)
      words += result.rest.prefix(wordCount)
      rest = result.rest.dropFirst(wordCount)
    }
    if words.count > spec.maximumWords {
      throw .superfluousWord(words[spec.maximumWords], after: spec.name)
    }
  }

  private mutating func apply(_ result: OptionScanner.Result) throws(UsageError) {
    for (spec, value) in result.found { try spec.effect(&self, value) }
  }
}
