import FoundationEssentials
import HTTP
import LuaKit
import MFWS

/// What `session.login` and `session.open` need: their arguments, completed from the connection settings.
struct LoginArguments {
  /// The server as it was typed.
  let address: String
  /// Without any way in, nil: `LoginAdvice` says which there are.
  let login: Login?
  /// Whether the person signs in with the browser first.
  let usesOAuth: Bool
  /// The vault to enter.
  let vault: String?
  /// The plug-in that understands the bearer.
  let plugin: String?
  let presharedKey: Secret?
  let configuration: ClientConfiguration
  let http: HTTPClient
  let function: String

  /// May ask for secrets on the terminal, and run a profile's program for one.
  init(_ call: borrowing LuaCall, _ function: String, in runtime: Runtime) throws {
    let settings = runtime.connection.with(call: try Self.values(call, function))
    guard let address = settings[text: .url] else { throw LuaError.noServer(function) }
    let url = try BaseURL(address)
    self.address = address
    self.function = function
    do {
      let kind = try settings.loginKind(for: url)
      usesOAuth = kind?.kind == .oauth
      configuration = try runtime.clientConfiguration(settings, for: url)
      plugin = settings.text(.authConfig, for: url)
      vault = settings.vault(for: url)
      // Before a password is asked for that could not be sent.
      try Session.checkTransport(url, configuration)
      http = try runtime.http(for: url)
      presharedKey = try settings.secret(.presharedKey, for: url).map {
        try runtime.reveal($0, "Pre-shared key: ")
      }
      let reading = LoginReading(
        settings: settings, url: url, presharedKey: presharedKey, runtime: runtime)
      login = try kind.flatMap { try reading.login($0.kind, of: settings.sources[$0.position]) }
    } catch let error as LuaError {
      throw LuaError.usage("\(function): \(error.message)")
    }
  }

  /// What the server tells without a login.
  func server() throws(MFWSError) -> Server {
    try Server(address, http: http, configuration: configuration, presharedKey: presharedKey)
  }

  /// What `s.way` says.
  var way: String {
    switch login?.credentials {
    case .account(let account)?: account.way.rawValue
    case .token?: "given token"
    case .bearer?: usesOAuth ? "oauth" : "bearer"
    case .windows?: "sso"
    case nil: "none"
    }
  }

  /// What a call itself says, every value checked.
  static func values(_ call: borrowing LuaCall, _ function: String) throws(LuaError) -> SettingValues {
    let keys = SettingKey.arguments
    let table = try ArgumentTable(call, 1, of: function, keys: keys.map(\.rawValue))
    var values = SettingValues()
    for key in keys {
      if key.kind == .secret {
        if let secret = try table.secret(key.rawValue) { values[key] = .secret(LazySecret(secret)) }
      } else if let value = table.value(key.rawValue) {
        do {
          values[key] = try key.read(value)
        } catch {
          throw .usage("\(function): \(error.message)")
        }
      }
    }
    return values
  }
}

/// Makes the client's login of the settings.
private struct LoginReading {
  let settings: ConnectionSettings
  let url: BaseURL
  let presharedKey: Secret?
  let runtime: Runtime

  /// nil: there is a password, but nobody whose it is.
  func login(_ kind: LoginKind, of source: ConnectionSettings.Source) throws -> Login? {
    guard let credentials = try credentials(kind, source) else { return nil }
    var login = Login(credentials)
    login.vault = settings.vault(for: url)
    login.computer = settings.text(.computer, for: url)
    if let expires { login.expires = expires }
    login.reconnects = settings.flag(.reconnect, for: url) ?? true
    login.isReadOnly = settings.flag(.readOnly, for: url) ?? false
    login.presharedKey = presharedKey
    return login
  }

  private func credentials(
    _ kind: LoginKind, _ source: ConnectionSettings.Source
  ) throws -> Login.Credentials? {
    let plugin = settings.text(.authConfig, for: url)
    switch kind {
    case .account: return try account().map(Login.Credentials.account)
    case .token: return .token(try secret(.token, "Token: "))
    case .bearer: return .bearer(GivenBearer(try secret(.bearer, "Bearer: ")), plugin: plugin)
    // The person signs in when the login begins.
    case .oauth: return .bearer(GivenBearer(Secret("")), plugin: plugin)
    case .windows: return .windows(try windows(source))
    }
  }

  private func account() throws -> Login.Account? {
    guard let user = settings.text(.user, for: url) else { return nil }
    var account = Login.Account(user: user, password: try secret(.password, "Password for \(user): "))
    account.domain = settings.text(.domain, for: url)
    account.isWindowsUser = settings.flag(.windows, for: url) ?? (account.domain != nil)
    account.way = settings.text(.via, for: url).flatMap(Login.Way.init) ?? .session
    return account
  }

  /// A user counts when whoever chose single sign-on named one; else it is whoever is logged on.
  private func windows(_ source: ConnectionSettings.Source) throws -> ConnectionAuthentication {
    let scheme = source.values[text: .sso].flatMap(ConnectionAuthentication.Scheme.init) ?? .any
    guard let user = source.values[text: .user] else { return ConnectionAuthentication(scheme) }
    let name = settings.text(.domain, for: url).map { "\($0)\\\(user)" } ?? user
    return ConnectionAuthentication(
      scheme, user: name, password: try secret(.password, "Password for \(user): "))
  }

  private func secret(_ key: SettingKey, _ question: String) throws -> Secret {
    try runtime.reveal(settings.secret(key, for: url) ?? LazySecret(.question), question)
  }

  private var expires: Login.Expiry? {
    switch settings.value(.expires, for: url) {
    case .number(let seconds): .after(seconds: seconds)
    case .text(let text): (try? Date(text, strategy: .iso8601)).map(Login.Expiry.at)
    default: nil
    }
  }
}

extension LuaError {
  static func noServer(_ function: String) -> LuaError {
    .usage(
      "\(function): no server is known: give url=\"https://host\", the option --url, or the variable MFILES_URL"
    )
  }
}
