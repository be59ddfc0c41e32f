import FoundationEssentials
import Glibc
package import HTTP
import MFWS

/// Where to connect and as whom, from options and environment; a call's own arguments come first.
///
/// A password belongs to the address it came with: that of the options goes to the options' address only, `MFILES_PASS`
/// to that of `MFILES_URL`. Where one of the two addresses is missing the other stands for it; a password without any
/// address goes to whatever a call names.
package struct ConnectionSettings: Sendable {
  var url: String?
  var user: String?
  var domain: String?
  var vault: String?
  private var optionURL: String?
  private var optionPassword: Secret?
  private var environmentURL: String?
  private var environmentPassword: Secret?
  private var environmentPasswordFile: String?

  /// Reads the environment, and takes `MFILES_PASS` out of it.
  ///
  /// - Parameters:
  ///   - settings: the options.
  ///   - password: the password that the options brought.
  ///   - sandboxURL: the address of the sandbox in the process. With it, nothing of the environment is used.
  package init(_ settings: Settings, password: Secret?, sandboxURL: String?) {
    let environment = sandboxURL == nil ? Self.takeEnvironment() : [:]
    if sandboxURL != nil { _ = Self.takeEnvironment() }
    url = sandboxURL ?? settings.url ?? environment["MFILES_URL"]
    user = settings.user ?? environment["MFILES_USER"]
    vault = settings.vault ?? environment["MFILES_VAULT"]
    domain = settings.domain
    optionURL = url
    optionPassword = password
    environmentURL = environment["MFILES_URL"] ?? url
    environmentPassword = environment["MFILES_PASS"].map(Secret.init)
    environmentPasswordFile = environment["MFILES_PASS_FILE"]
  }

  /// The password that belongs to an address; nil: none does.
  func password(for url: BaseURL) throws(MFWSError) -> Secret? {
    if let optionPassword, Self.belongs(url, to: optionURL) { return optionPassword }
    guard Self.belongs(url, to: environmentURL) else { return nil }
    if let environmentPassword { return environmentPassword }
    if let environmentPasswordFile { return try SecretSource.file(environmentPasswordFile) }
    return nil
  }

  private static func belongs(_ url: BaseURL, to address: String?) -> Bool {
    guard let address else { return true }
    return (try? BaseURL(address))?.origin == url.origin
  }

  private static func takeEnvironment() -> [String: String] {
    let names = ["MFILES_URL", "MFILES_USER", "MFILES_PASS", "MFILES_PASS_FILE", "MFILES_VAULT"]
    let found = names.compactMap { name in Environment.value(name).map { (name, $0) } }
    unsetenv("MFILES_PASS")
    return Dictionary(uniqueKeysWithValues: found)
  }
}

/// The process's environment.
enum Environment {
  /// The value of a variable; nil when it is unset or empty.
  static func value(_ name: String) -> String? {
    guard let text = getenv(name) else { return nil }
    let value = String(cString: text)
    return value.isEmpty ? nil : value
  }
}
