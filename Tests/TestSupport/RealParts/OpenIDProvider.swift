import FoundationEssentials

/// A real OpenID provider, Glewlwyd, on a free loopback port, with one client and one user; ends with its last reference.
package final class OpenIDProvider: RealPart {
  package static let needs = ["/usr/bin/python3", "openssl", "\(programs)/complete"]

  private let folder: TemporaryFolder
  private let server: ServerProcess
  /// Where it is and what its client is called.
  package let facts: Facts
  /// The only address that it sends a browser back to: `http://127.x.y.z:port/signed-in`. It has an IP address
  /// of its own, lest another test takes the port between two sign-ins.
  package let redirectURI: String

  /// What it tells of itself.
  package struct Facts: Decodable, Sendable {
    package let issuer: String
    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let userinfoEndpoint: String
    package let deviceAuthorizationEndpoint: String
    package let clientID: String
    package let clientSecret: String
    /// The scopes of the client: `openid` and `offline`.
    package let scope: String
    /// Who signs in; `preferred_username` at the userinfo endpoint.
    package let user: String
  }

  /// Starts it and waits until it is ready.
  /// - Parameter tokenSeconds: how long its access tokens live.
  package init(tokenSeconds: Int = 120) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    let (third, last) = (UInt8.random(in: 1...254), UInt8.random(in: 1...254))
    redirectURI = "http://127.84.\(third).\(last):\(try Listener.freePort())/signed-in"
    server = try ServerProcess(log: folder.path("log")) { port in
      Self.script + ["serve", folder.path, Self.programs, "\(port)"]
    }
    let line = try Installed.run(
      Self.script + ["set-up", "http://localhost:\(server.port)", "\(tokenSeconds)", redirectURI])
    facts = try JSONDecoder().decode(Facts.self, from: Data(line.utf8))
  }

  /// The `Configuration` of a plug-in for it, a JSON object; `changes` are other values.
  package func configuration(_ changes: [String: String] = [:]) -> String {
    let settings = [
      "AuthorizationEndpoint": facts.authorizationEndpoint, "TokenEndpoint": facts.tokenEndpoint,
      "ClientID": facts.clientID, "ClientSecret": facts.clientSecret, "RedirectURIForNative": redirectURI,
      "Scope": facts.scope, "UseIdTokenAsAccessToken": "false",
    ].merging(changes) { $1 }
    let fields = settings.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }
    return "{\(fields.joined(separator: ","))}"
  }

  /// Is the browser: goes to an authorization address or to a device code's complete address, signs the user in,
  /// consents, and follows wherever that leads. Blocks until it is there.
  ///
  /// - Returns: the last page, with its status in the first line.
  package static func signIn(at address: String) throws -> String {
    let result = try ChildProcess.run(signInCommand + [address], within: 90)
    guard result.status == .exited(0) else { throw SupportError("no sign-in: \(result.error)") }
    return result.output
  }

  /// The command that does so; the address follows.
  package static var signInCommand: [String] { script + ["sign-in"] }

  /// Made by `scripts/setup --test`.
  private static let programs = Installed.build("openid-provider")
  private static let script = ["/usr/bin/python3", Installed.fixture("openid_provider.py")]
}
