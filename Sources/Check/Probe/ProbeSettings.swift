package import HTTP
package import MFWS

/// How rows are tried.
package struct ProbeSettings: Sendable {
  /// Time limits, TLS, proxy, User-Agent. Its own retries and locks do not count.
  package var client = ClientConfiguration()
  /// By token: recommended for integrations. By session: cookies.
  package var via = Login.Way.token
  /// The name under which the servers list this computer.
  package var computer = "mfsh-check"
  /// The plug-in that understands the bearers.
  package var bearerPlugin: String?
  /// The key that the servers want with each request besides.
  package var presharedKey: Secret?
  /// Uses each session once more after its logout, which must be refused.
  package var provesLogout = false
  /// Tells all that the server says of an account, also what the row does not ask for: what is found becomes an order, so
  /// a refusal has to be proved.
  package var tellsEverything = false
  /// How often a logout that failed is tried again.
  package var logoutRetries = 2
  /// What holds for one server, where servers differ; nil: `client`, `bearerPlugin` and `presharedKey` hold for all.
  package var ofServer: (@Sendable (_ server: String) -> ServerSettings)?
  /// What else has to hold for accounts that got in as ordered.
  package var ownRule: OwnRule?
  /// Told of every request, such as traces.
  package var observers: [any ExchangeObserver] = []

  package init() {}

  func settings(of server: String) -> ServerSettings {
    ofServer?(server)
      ?? ServerSettings(client: client, bearerPlugin: bearerPlugin, presharedKey: presharedKey)
  }

  /// Seconds after which the server ends what we could not log out.
  static let expiry = 600.0

  /// Each attempt is the engine's, and so is each of its requests.
  func configuration(for server: KnownServer, _ leftovers: Leftovers? = nil) -> ClientConfiguration {
    var configuration = server.settings.client
    configuration.retries = 0
    // Logins are let through by locks; what a rule of one's own sends need not be.
    if ownRule == nil { configuration.locks = [] }
    configuration.sharedStyle = server.style
    configuration.leftovers = leftovers
    return configuration
  }

  /// Who logs in, outside of the vaults, so that a refusal has one meaning.
  func login(_ row: RosterRow, _ secret: Secret, at server: KnownServer) -> Login {
    var login = Login(credentials(row, secret, server.settings.bearerPlugin))
    login.expires = .after(seconds: Self.expiry)
    login.computer = computer
    login.presharedKey = server.settings.presharedKey
    login.reconnects = false
    return login
  }

  private func credentials(_ row: RosterRow, _ secret: Secret, _ plugin: String?) -> Login.Credentials {
    if row.auth == .bearer { return .bearer(GivenBearer(secret), plugin: plugin) }
    var account = Login.Account(user: row.account, password: secret)
    account.domain = row.domain
    account.isWindowsUser = row.auth == .windows
    account.way = via
    return .account(account)
  }
}

/// How rows are tried at one server. A key and a certificate belong to the server that they are for.
package struct ServerSettings: Sendable {
  package var client: ClientConfiguration
  package var bearerPlugin: String?
  package var presharedKey: Secret?

  package init(client: ClientConfiguration, bearerPlugin: String? = nil, presharedKey: Secret? = nil) {
    self.client = client
    self.bearerPlugin = bearerPlugin
    self.presharedKey = presharedKey
  }
}
