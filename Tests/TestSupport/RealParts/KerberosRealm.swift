import Glibc

/// A Kerberos realm with its own KDC (MIT Kerberos, Debian's `krb5-kdc`).
///
/// Nothing of the system's Kerberos configuration is read or changed: programs find the realm by the variables of
/// `environment`.
package final class KerberosRealm: RealPart {
  package static let needs = ["krb5kdc", "kdb5_util", "kadmin.local", "kinit"]

  /// The realm.
  package static let name = "MFSH.TEST"

  /// The key of `HTTP/localhost`, for the web server.
  package var keytab: String { folder.path("http.keytab") }

  /// What a program in the realm needs in its environment: where the KDC is.
  package var environment: [String: String] { ["KRB5_CONFIG": configuration] }

  /// The file that says where the KDC is.
  var configuration: String { folder.path("krb5.conf") }

  private let folder: TemporaryFolder
  private let passwords: [String: String]
  private let server: ServerProcess

  /// Makes the realm and starts its KDC.
  /// - Parameter passwords: of each user.
  package init(passwords: [String: String] = ["jo": "jo has a ticket", "ann": "ann has another"]) throws {
    let folder = try TemporaryFolder()
    let files = KerberosFiles(folder: folder)
    self.folder = folder
    self.passwords = passwords
    try files.write(port: 0)
    try files.makeDatabase()
    try files.addPrincipals(passwords)
    server = try ServerProcess(environment: files.environment, log: folder.path("kdc.log")) { port in
      try files.write(port: port)
      return ["krb5kdc", "-n", "-P", folder.path("kdc.pid")]
    }
  }

  /// Gets a ticket for a user, as `kinit` does.
  /// - Parameter cache: the file to keep the ticket in.
  package func kinit(_ user: String, password: String, cache: String) throws {
    try Installed.run(
      ["kinit", "-c", "FILE:\(cache)", "\(user)@\(Self.name)"], environment: environment,
      input: password + "\n")
  }

  /// What a program needs in its environment to act as one of the users: a ticket in a file of its own.
  package func environment(as user: String) throws -> [String: String] {
    guard let password = passwords[user] else { throw SupportError("no user \(user) in \(Self.name)") }
    let cache = folder.path("\(user).cache")
    try kinit(user, password: password, cache: cache)
    return environment.merging(["KRB5CCNAME": "FILE:\(cache)"]) { $1 }
  }

  /// What a program has in its environment whose user has no ticket.
  package var environmentWithoutTicket: [String: String] {
    environment.merging(["KRB5CCNAME": "FILE:\(folder.path("none.cache"))"]) { $1 }
  }
}

/// The files of a realm.
private struct KerberosFiles {
  let folder: TemporaryFolder

  var environment: [String: String] {
    ["KRB5_CONFIG": folder.path("krb5.conf"), "KRB5_KDC_PROFILE": folder.path("kdc.conf")]
  }

  /// Writes what clients and the KDC read. By TCP only: a free TCP port need not be free for UDP.
  func write(port: UInt16) throws {
    try folder.write(
      "krb5.conf",
      """
      [libdefaults]
      default_realm = \(KerberosRealm.name)
      dns_lookup_realm = false
      dns_lookup_kdc = false
      dns_canonicalize_hostname = false
      rdns = false
      udp_preference_limit = 1
      [realms]
      \(KerberosRealm.name) = {
        kdc = 127.0.0.1:\(port)
      }
      [domain_realm]
      localhost = \(KerberosRealm.name)

      """)
    try folder.write(
      "kdc.conf",
      """
      [kdcdefaults]
      kdc_listen = ""
      kdc_tcp_listen = 127.0.0.1:\(port)
      spake_preauth_kdc_challenge = edwards25519
      [realms]
      \(KerberosRealm.name) = {
        database_name = \(folder.path("principal"))
        key_stash_file = \(folder.path("stash"))
        acl_file = \(folder.path("acl"))
        default_principal_flags = +preauth
        max_life = 1d
      }
      [logging]
      kdc = FILE:\(folder.path("kdc.log"))

      """)
  }

  func makeDatabase() throws {
    try Installed.run(["kdb5_util", "create", "-s"], environment: environment, input: "master\nmaster\n")
  }

  func addPrincipals(_ passwords: [String: String]) throws {
    let users = passwords.map { "addprinc \($0)\n\($1)\n\($1)\n" }.joined()
    let service = "addprinc -randkey HTTP/localhost\nktadd -k \(folder.path("http.keytab")) HTTP/localhost\n"
    try Installed.run(["kadmin.local"], environment: environment, input: users + service)
    // kadmin.local goes on after a refused command and ends with 0.
    guard access(folder.path("http.keytab"), R_OK) == 0 else {
      throw SupportError("kadmin.local wrote no keytab")
    }
  }
}
