import Glibc
import HTTP
import MFWS

/// The variables of mfsh, as they were when the program started. Those with secrets are taken out of the environment, so
/// that programs that a script or a profile starts do not inherit them.
package struct TakenEnvironment: Sendable {
  private let values: [String: String]

  /// The process's own. The first use takes the secrets out: before anything is started.
  static let shared = TakenEnvironment()

  private static let secrets = SettingKey.allCases.filter { $0.kind == .secret }.compactMap(\.variable)
  private static let others =
    SettingKey.allCases.filter { $0.kind != .secret }.compactMap(\.variable)
    + ["MFILES_PASS_FILE", "MFILES_PROFILE"] + proxies
  private static let proxies = [
    "https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY",
  ]

  /// For tests.
  package init(_ values: [String: String]) { self.values = values }

  private init() {
    let names = Self.secrets + Self.others
    let found = names.compactMap { name in Environment.value(name).map { (name, $0) } }
    values = Dictionary(uniqueKeysWithValues: found)
    for name in Self.secrets { unsetenv(name) }
  }

  /// A variable of mfsh; nil when it is unset or empty.
  subscript(name: String) -> String? { values[name] }

  /// Any variable, also one that was taken out.
  func secret(_ name: String) throws(MFWSError) -> Secret {
    if let value = values[name] { return Secret(value) }
    return try SecretSource.environment(name)
  }

  /// What the variables say about the connection.
  var settings: SettingValues {
    var settings = SettingValues()
    for key in SettingKey.allCases {
      guard let value = key.variable.flatMap({ values[$0] }) else { continue }
      settings[key] = key.kind == .secret ? .secret(LazySecret(Secret(value))) : .text(value)
    }
    if settings[.password] == nil, let path = values["MFILES_PASS_FILE"] {
      settings[.password] = .secret(LazySecret(.file(path)))
    }
    return settings
  }

  /// The proxy that libcurl takes from the environment.
  var proxy: String? { Self.proxies.lazy.compactMap { values[$0] }.first }
}
