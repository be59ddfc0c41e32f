import Sandbox

/// The named arguments of a function that takes some in a table: what calls are checked by, and what Tab offers.
struct NamedArguments: Sendable {
  /// One of them.
  struct Argument: Sendable {
    let name: String
    var value = Value.any
    /// What it means, where the help of the function has no line about it.
    var meaning: String?
  }

  /// What a value can be.
  enum Value: Sendable, Equatable {
    case any, flag, secret, vault, file
    case choice([String])
    /// true, false or one of these.
    case flagOrChoice([String])
  }

  let function: String
  /// The topic of help with a line about each.
  var topic: String?
  /// How many arguments stand before the table.
  var position = 0
  let arguments: [Argument]

  /// All functions that take some; a method is named by its class and a colon.
  static let all = [
    NamedArguments(function: "session.login", arguments: login),
    NamedArguments(function: "session.open", topic: "session.login", arguments: login),
    NamedArguments(function: "server.diagnose", topic: "session.login", arguments: login),
    NamedArguments(function: "session.request", arguments: request),
    NamedArguments(function: "session:request", topic: "session.request", arguments: request),
    server("server.status"), server("server.vaults"), server("server.capabilities"),
    server("server.public_key"),
    NamedArguments(
      function: "server.authentication_protocols",
      arguments: [Argument(name: "url"), Argument(name: "vault", value: .vault)]),
    NamedArguments(function: "mfsh.sandbox", arguments: sandbox),
    NamedArguments(
      function: "sandbox:nodes",
      arguments: [
        Argument(name: "start", meaning: "the number of a node to bring back"),
        Argument(name: "stop", meaning: "the number of a node to take away"),
      ]),
    NamedArguments(
      function: "mfsh.save", position: 1,
      arguments: [Argument(name: "replace", value: .flag, meaning: "true: also over a file that is there")]),
    NamedArguments(function: "tasks.map", position: 2, arguments: [jobs]),
    NamedArguments(function: "tasks.settle", position: 2, arguments: [jobs]),
    NamedArguments(function: "tasks.each", position: 2, arguments: [jobs]),
    NamedArguments(function: "check.run", arguments: checkRun),
    NamedArguments(
      function: "json.encode", position: 1,
      arguments: [
        Argument(name: "indent"), Argument(name: "secrets", value: .choice(["error", "mask"])),
      ]),
  ]

  /// Those of a function; nil when it has none.
  static func of(_ function: String) -> NamedArguments? { all.first { $0.function == function } }

  /// The names that a function takes.
  static func names(of function: String) -> [String] { of(function)?.arguments.map(\.name) ?? [] }

  /// What an argument means, in one line.
  func meaning(of argument: Argument) -> String? {
    if let meaning = argument.meaning { return meaning }
    let lines = HelpTopics.text(topic ?? function)?.split(separator: "\n") ?? []
    let start = "  \(argument.name) "
    guard let first = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return nil }
    let rest = lines[(first + 1)...].prefix { $0.hasPrefix("      ") }
    return ([lines[first].dropFirst(start.count)] + rest).map { line in
      line.split(separator: " ").joined(separator: " ")
    }.joined(separator: " ")
  }

  private static let login = SettingKey.arguments.map { Argument(name: $0.rawValue, value: $0.argumentValue) }

  private static let request = [
    Argument(name: "method", value: .choice(["GET", "POST", "PUT", "DELETE"])), Argument(name: "path"),
    Argument(name: "query"), Argument(name: "headers"), Argument(name: "body"),
  ]

  private static func server(_ function: String) -> NamedArguments {
    NamedArguments(function: function, arguments: [Argument(name: "url")])
  }

  /// The options of `mfsh check`, and what only code can give.
  private static let checkRun =
    ["rows", "on_result", "expect", "secrets", "reports", "url"].map { Argument(name: $0) }
    + OptionSpec.checkRun.map { option in
      let value: Value = option.value == nil ? .flag : option.choices.isEmpty ? .any : .choice(option.choices)
      return Argument(
        name: option.argumentName, value: option.value == "FILE" ? .file : value,
        meaning: OptionSpelling.inLua(option.help))
    }

  private static let jobs = Argument(name: "jobs")

  private static let sandbox = [
    Argument(name: "port"), Argument(name: "seed", value: .file), Argument(name: "nodes"),
    Argument(name: "licenses"), Argument(name: "accounts"), Argument(name: "rate"), Argument(name: "latency"),
    Argument(name: "mode", value: .choice(SandboxConfiguration.Mode.allCases.map(\.rawValue))),
    Argument(name: "verbs", value: .choice(SandboxConfiguration.Verbs.allCases.map(\.rawValue))),
    Argument(name: "path"), Argument(name: "only_ashx", value: .flag),
    Argument(name: "iis_headers", value: .flag),
    Argument(name: "clock_skew"), Argument(name: "faults"), Argument(name: "tls", value: .flag),
    Argument(name: "preshared_key", value: .secret), Argument(name: "trusted_proxy", value: .secret),
  ]
}

extension SettingKey {
  fileprivate var argumentValue: NamedArguments.Value {
    switch kind {
    case .flag: .flag
    case .secret: .secret
    case .file: .file
    case .choice(let words): .choice(words)
    case .scheme: .flagOrChoice(Self.schemes)
    default: self == .vault ? .vault : .any
    }
  }
}
