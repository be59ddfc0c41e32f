import Glibc

/// Apache with mod_auth_gssapi in front of a server: single sign-on by Kerberos, as IIS does it.
///
/// What it lets in, it passes on with the user's principal in `X-Remote-User` (`jo@MFSH.TEST`) and the proof in
/// `X-Proxy-Secret`. It removes both fields from what clients send. An authenticated connection stays so, as with
/// IIS: a client that shares it between users mixes them up.
package final class NegotiateProxy: RealPart {
  package static let needs = ["apache2"] + modules.map(modulePath)

  /// What is protected.
  package enum Protection: Sendable {
    /// `/WebServiceSSO.aspx`; all else passes as it comes.
    case singleSignOnPage
    /// All.
    case everything

    fileprivate var location: String { self == .everything ? "/" : "/WebServiceSSO.aspx" }
  }

  /// The address without a slash at the end. By name: the principal of the service is `HTTP/localhost`.
  package var url: String { "http://localhost:\(server.port)" }

  private let folder: TemporaryFolder
  private let realm: KerberosRealm
  private let server: ServerProcess

  /// Starts it.
  /// - Parameter upstream: an `http` URL without a slash at the end.
  package init(
    realm: KerberosRealm, upstream: String, proof: ProxyProof,
    protecting protection: Protection = .singleSignOnPage
  ) throws {
    let folder = try TemporaryFolder()
    (self.folder, self.realm) = (folder, realm)
    let keytab = try Self.copy(realm.keytab, to: folder)
    let environment = [
      "KRB5_CONFIG": try Self.copy(realm.configuration, to: folder),
      // The system's cache of replays would outlive the test.
      "KRB5RCACHENAME": "none:",
    ]
    server = try ServerProcess(environment: environment, log: folder.path("error.log")) { port in
      let text = Self.configuration(
        folder: folder.path, port: port, upstream: upstream, keytab: keytab, proof: proof,
        location: protection.location)
      return ["apache2", "-f", try folder.write("httpd.conf", text), "-DFOREGROUND"]
    }
  }

  /// Apache's log of errors.
  package var log: String { (try? folder.read("error.log")) ?? "" }

  private static let modules = [
    "mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy", "proxy_http", "auth_gssapi",
  ]

  private static func modulePath(_ name: String) -> String { "/usr/lib/apache2/modules/mod_\(name).so" }

  /// Apache that was started by root serves as another user, who has to reach the realm's files.
  private static func copy(_ file: String, to folder: TemporaryFolder) throws -> String {
    let copy = folder.path(String(file.split(separator: "/").last ?? ""))
    try Installed.run(["cp", file, copy])
    if geteuid() == 0, let user = getpwnam(serviceUser) {
      chmod(folder.path, 0o711)
      chown(copy, user.pointee.pw_uid, user.pointee.pw_gid)
    }
    return copy
  }

  private static let serviceUser = "www-data"

  private static func configuration(
    folder: String, port: UInt16, upstream: String, keytab: String, proof: ProxyProof, location: String
  ) -> String {
    let loading = modules.map { "LoadModule \($0)_module \(modulePath($0))" }.joined(separator: "\n")
    return """
      \(loading)
      ServerRoot \(folder)
      ServerName localhost
      PidFile \(folder)/httpd.pid
      DefaultRuntimeDir \(folder)
      ErrorLog \(folder)/error.log
      LogLevel info
      Mutex sem
      Listen 127.0.0.1:\(port)
      User \(serviceUser)
      Group \(serviceUser)
      StartServers 1
      ServerLimit 1
      ThreadsPerChild 25
      MaxRequestWorkers 25
      AllowEncodedSlashes NoDecode
      ProxyPreserveHost On
      ProxyPass / \(upstream)/ nocanon disablereuse=On
      RequestHeader unset \(ProxyProof.userField) early
      RequestHeader unset \(ProxyProof.secretField) early
      <Location \(location)>
        AuthType GSSAPI
        AuthName mfsh
        GssapiCredStore keytab:\(keytab)
        GssapiAllowedMech krb5
        GssapiBasicAuth Off
        GssapiConnectionBound On
        Require valid-user
        RequestHeader set \(ProxyProof.userField) "expr=%{REMOTE_USER}"
        RequestHeader set \(ProxyProof.secretField) \(proof.secret)
        RequestHeader unset Authorization
      </Location>

      """
  }
}
