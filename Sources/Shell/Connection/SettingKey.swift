import HTTP
import MFWS

/// Everything that can be set about a connection, under its name in Lua: in a profile, and in a call as far as it
/// belongs to a login.
package enum SettingKey: String, Sendable, CaseIterable {
  case url, user, password, vault, domain, windows, via
  case token, bearer
  case authConfig = "auth_config"
  case oauth, sso
  case presharedKey = "preshared_key"
  case expires, computer
  case readOnly = "read_only"
  case reconnect
  case verbs
  case pathStyle = "path_style"
  case production
  case cacert, capath, cert, key
  case keyPassword = "key_password"
  case proxy
  case proxyUser = "proxy_user"
  case proxyPassword = "proxy_password"
  case noProxy = "no_proxy"
  case resolve
  case tlsMinimum = "tls_min"
  case httpVersion = "http_version"
  case insecure
  case allowPlaintext = "allow_plaintext"
  case maxTime = "max_time"
  case connectTimeout = "connect_timeout"
  case retries
  case secrets

  /// What a value looks like.
  enum Kind: Sendable, Equatable {
    case text, flag, seconds, secret
    /// A path; `~/` is the home folder.
    case file
    /// A host, or an address that holds no password.
    case address
    /// Names and addresses separated by commas, or a list of them.
    case hosts
    /// Of `host:port:address`.
    case addresses
    /// Seconds from now, or an ISO 8601 moment to come.
    case moment
    /// true, false, or the name of a scheme.
    case scheme
    case number(ClosedRange<Int>)
    case choice([String])
    /// Secrets by the names that rosters call them.
    case aliases
  }

  var kind: Kind {
    switch self {
    case .user, .vault, .domain, .authConfig, .computer, .proxyUser: .text
    case .url, .proxy: .address
    case .password, .token, .bearer, .presharedKey, .keyPassword, .proxyPassword: .secret
    case .windows, .oauth, .readOnly, .reconnect, .production, .insecure, .allowPlaintext: .flag
    case .cacert, .capath, .cert, .key: .file
    case .maxTime, .connectTimeout: .seconds
    case .noProxy: .hosts
    case .resolve: .addresses
    case .expires: .moment
    case .sso: .scheme
    case .retries: .number(0...10)
    case .secrets: .aliases
    case .via: .choice(Login.Way.allCases.map(\.rawValue))
    case .verbs: .choice(ResourceStyle.Verbs.allCases.map(\.rawValue))
    case .pathStyle: .choice(ResourceStyle.Paths.allCases.map(\.rawValue))
    case .tlsMinimum: .choice(TLSVersion.allCases.map(\.rawValue))
    case .httpVersion: .choice(HTTPVersion.allCases.map(\.rawValue))
    }
  }

  /// The keys that `session.login` and `session.open` take.
  static let arguments: [SettingKey] = allCases.filter { $0.belongsToLogin }

  private var belongsToLogin: Bool {
    switch self {
    case .url, .user, .password, .vault, .domain, .windows, .via, .token, .bearer, .authConfig, .oauth, .sso,
      .presharedKey, .expires, .computer, .readOnly, .reconnect, .verbs, .pathStyle:
      true
    default: false
    }
  }

  /// A secret that goes to the server; it belongs to the address that it came with.
  var isCredential: Bool { [.password, .token, .bearer, .presharedKey].contains(self) }

  /// What a profile says about its own server alone: who one is there, and how far that server is trusted.
  var belongsToProfilesServer: Bool {
    isCredential || [.sso, .oauth, .cert, .key, .keyPassword, .insecure, .allowPlaintext].contains(self)
  }

  /// The variable of the environment with the same meaning.
  var variable: String? {
    switch self {
    case .url: "MFILES_URL"
    case .user: "MFILES_USER"
    case .password: "MFILES_PASS"
    case .vault: "MFILES_VAULT"
    case .token: "MFILES_TOKEN"
    case .bearer: "MFILES_BEARER"
    case .presharedKey: "MFILES_PRESHARED_KEY"
    case .keyPassword: "MFILES_KEY_PASS"
    case .proxyPassword: "MFILES_PROXY_PASS"
    default: nil
    }
  }

  /// The options with the same meaning.
  var options: [String] { OptionSpec.main.filter { $0.setting == self }.map(\.name) }
}
