extension ParsedCommandLine {
  /// Reads the arguments after the program's name.
  ///
  /// Options end at the first argument that is none, but for the server's address; after a command word they may stand
  /// anywhere.
  package init(parsing arguments: [String]) throws(UsageError) {
    let result = try Self.scan(arguments[...])
    try apply(result)
    guard code.isEmpty, !result.isFinal, let first = result.rest.first, let spec = CommandSpec.named(first)
    else {
      words = Array(result.rest)
      namesFile = result.isFinal
      return
    }
    if let alien = result.found.first(where: { !spec.takes($0.spec) }) {
      throw spec.takesDifferently(alien.spec)
        ? .misplaced(alien.spec.name, of: spec.name) : .notApplicable(alien.spec.name, to: spec.name)
    }
    command = spec.name
    try readArguments(result.rest.dropFirst(), of: spec)
  }

  /// An address is the same as --url with it, and ends the options no more than that does.
  private static func scan(_ arguments: ArraySlice<String>) throws(UsageError) -> OptionScanner.Result {
    let scanner = OptionScanner(specs: OptionSpec.main, command: nil)
    let first = try scanner.scan(arguments)
    let hasCode = first.found.contains { $0.spec.name == "-e" }
    guard !hasCode, let address = first.rest.first, address.contains("://") else { return first }
    let rest = first.rest.dropFirst()
    var result = first.isFinal ? .init(rest: rest, isFinal: true) : try scanner.scan(rest)
    result.found = first.found + [(OptionSpec.url, address)] + result.found
    let isNamedAgain = result.rest.first?.contains("://") == true
    if isNamedAgain || result.found.count(where: { $0.spec.name == OptionSpec.url.name }) > 1 {
      throw .twoServers
    }
    return result
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
      let isMethod = ["GET", "POST", "PUT", "DELETE"].contains(words.first?.uppercased())
      if spec.name == CommandSpec.api.name, isMethod { throw .methodAsPath(words[0], words[1]) }
      throw .superfluousWord(words[spec.maximumWords], after: spec.name)
    }
  }

  private mutating func apply(_ result: OptionScanner.Result) throws(UsageError) {
    for (spec, value) in result.found {
      try spec.effect(&self, value)
      given.append(spec.name)
    }
  }
}
