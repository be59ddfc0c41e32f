import FoundationEssentials
import HTTP
import LuaKit
import MFWS

/// The arguments of `session.login` and `session.open`, completed from the connection settings.
struct LoginArguments {
  var url: String
  var login: Login
  var configuration: ClientConfiguration

  static let keys = [
    "url", "user", "password", "vault", "domain", "windows", "expires", "computer", "read_only", "via",
  ]

  /// May ask for the password on the terminal.
  init(_ call: borrowing LuaCall, _ function: String, in runtime: Runtime) throws {
    let table = try ArgumentTable(call, 1, of: function, keys: Self.keys)
    let connection = runtime.connection
    guard let url = try table.string("url") ?? connection.url else {
      throw LuaError.usage(
        "\(function): no server is known: give url=\"https://host\", the option --url, or the variable MFILES_URL"
      )
    }
    guard let user = try table.string("user") ?? connection.user else {
      throw LuaError.usage(
        "\(function): no user is known: give user=\"name\", the option --user, or the variable MFILES_USER")
    }
    self.url = url
    let base = try BaseURL(url)
    let given = try table.secret("password") ?? connection.password(for: base)
    configuration = runtime.clientConfiguration
    // Before a password is asked for that could not be sent.
    try Session.checkTransport(base, configuration)
    var account = Login.Account(user: user, password: try given ?? runtime.ask("Password for \(user): "))
    account.domain = try table.string("domain") ?? connection.domain
    account.isWindowsUser = try table.bool("windows") ?? (account.domain != nil)
    if let way = try table.string("via") { account.way = try Self.way(way, function) }
    login = Login(.account(account))
    login.vault = try table.string("vault") ?? connection.vault
    login.computer = try table.string("computer")
    login.isReadOnly = try table.bool("read_only") ?? false
    login.expires = try Self.expires(table)
  }

  private static func way(_ name: String, _ function: String) throws(LuaError) -> Login.Way {
    if let way = Login.Way(rawValue: name) { return way }
    throw .usage("\(function): via is \"session\", \"token\" or \"headers\", not \"\(name)\"")
  }

  /// Seconds from now, or an ISO 8601 moment.
  private static func expires(_ table: ArgumentTable) throws(LuaError) -> Date? {
    switch table.value("expires") {
    case nil: return nil
    case .integer(let seconds) where seconds > 0 && seconds < 10_000_000_000:
      return Date().addingTimeInterval(Double(seconds))
    case .number(let seconds) where seconds > 0 && seconds < 1e10: return Date().addingTimeInterval(seconds)
    case .string(let text):
      if let date = try? Date(text, strategy: .iso8601), date > Date() { return date }
      throw .usage("expires must be a moment to come, like 2030-01-31T12:00:00Z, not \"\(text)\"")
    case let value?: throw table.wrong("expires", value, "seconds from now, or an ISO 8601 moment")
    }
  }
}
