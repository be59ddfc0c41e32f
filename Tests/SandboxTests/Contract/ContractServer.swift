import Glibc
import HTTP
import MFWS
import Sandbox

/// A server that the contract is tested on: an address, and an account that may log in there.
protocol ContractServer: Sendable {
  /// The address in front of `/REST`.
  var url: String { get }
  /// An M-Files account that is sure to be accepted.
  var user: String { get }
  /// Its password.
  var password: Secret { get }
}

/// A sandbox with the standard accounts and whatever a case needs.
struct SandboxContractServer: ContractServer {
  let sandbox: SandboxServer
  let user = "editor"
  let password = Secret("demo")

  var url: String { sandbox.url }

  init(_ configuration: SandboxConfiguration = .init()) throws { sandbox = try SandboxServer(configuration) }
}

/// The server that the environment names.
struct LiveContractServer: ContractServer {
  let url: String
  let user: String
  let password: Secret

  /// Nil unless `MFSH_LIVE_TESTS`, `MFILES_URL`, `MFILES_USER` and `MFILES_PASS` are set.
  init?() {
    func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    guard value("MFSH_LIVE_TESTS") != nil, let url = value("MFILES_URL"), let user = value("MFILES_USER"),
      let password = value("MFILES_PASS"), let base = try? BaseURL(url)
    else { return nil }
    (self.url, self.user, self.password) = (base.description, user, Secret(password))
  }
}
