/// A command that logs in, prints one answer and logs out; or that looks at a server.
package struct OneShot: Sendable, Equatable {
  package enum Question: Sendable, Equatable {
    case whoami, vaults, doctor
    case api(Request)
  }
  /// Any resource, as the user named it.
  package struct Request: Sendable, Equatable {
    package var method: String
    package var path: String
    /// The text, `@FILE`, or `-` for standard input; nil: none.
    package var body: String?
  }

  package let question: Question
  /// The address that was given as an argument.
  package let url: String?
  /// nil: none was named; `api` prints JSON then, or the text as it came, and all else a table.
  package let format: OutputFormat?

  /// Judges what was typed after the command word.
  init(_ parsed: ParsedCommandLine, _ command: CommandSpec) throws(UsageError) {
    format = parsed.outputFormat
    var words = parsed.words[...]
    switch command.name {
    case CommandSpec.api.name:
      guard let path = words.popFirst() else { throw .missingPath }
      question = .api(try Self.request(path, parsed))
    case CommandSpec.vaults.name: question = .vaults
    case CommandSpec.doctor.name: question = .doctor
    default: question = .whoami
    }
    url = words.first
    guard let url else { return }
    guard !AddressCheck.holdsPassword(url) else { throw .passwordInURL }
    guard question == .doctor || url.contains("://") else {
      // A host has a dot or a port; anything else is more likely a word too many.
      let isHost = url.contains { $0 == "." || $0 == ":" } && AddressCheck.isServer("https://" + url)
      throw isHost
        ? .addressWithoutScheme(url, after: command.name) : .superfluousWord(url, after: command.name)
    }
    guard question == .doctor || AddressCheck.isServer(url) else { throw .badURL }
  }

  private static func request(_ path: String, _ parsed: ParsedCommandLine) throws(UsageError) -> Request {
    // A whole address would send the path to whatever server the settings name.
    guard !path.contains("://") else { throw .addressAsPath }
    let body = parsed.requestBody
    if body == "-", parsed.takesPasswordFromStandardInput { throw .bodyAndPassword }
    let method = parsed.requestMethod?.uppercased() ?? (body == nil ? "GET" : "POST")
    return Request(method: method, path: path, body: body)
  }
}

extension OneShot {
  /// A message whose remedy is Lua, with the one of the command line instead.
  static func advice(_ message: String) -> String {
    remedies.reduce(message) { $0.replacing($1.lua, with: $1.command) }
  }

  private static let remedies = [
    (
      lua: "session.login{vault=\"\"} enters none, and session.vaults() lists those it may enter",
      command: "mfsh vaults without --vault lists those it may enter"
    ),
    (lua: "give url=\"https://host\",", command: "give an address such as https://host,"),
    (lua: "give user=\"name\", the option --user", command: "give the option --user"),
    (lua: "enter one with session.use(\"name\")", command: "name one with --vault"),
  ]
}

/// How an answer is printed.
package enum OutputFormat: String, Sendable, CaseIterable {
  /// For people.
  case table
  /// One JSON document with the server's own values; secrets are `***`.
  case json
  /// RFC 4180 with a header row.
  case csv
}

extension UsageError {
  static let missingPath = UsageError(
    "api needs a path below /REST; for example mfsh api /session/vaults")
  static let bodyAndPassword = UsageError(
    "--password-stdin and -d - both read standard input; use --password-command, or -d @FILE")
  static let addressAsPath = UsageError(
    "api needs a path below /REST, not an address; give that with --url")
}
