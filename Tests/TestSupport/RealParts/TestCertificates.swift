import Glibc

/// A certificate authority, and certificates that it has signed, made by the `openssl` program.
package final class TestCertificates: RealPart {
  package static let needs = ["openssl"]

  /// Files in PEM format.
  package struct Identity: Sendable {
    /// The certificate.
    package let certificate: String
    /// Its private key.
    package let key: String
  }

  /// What a server's certificate is like.
  package enum Kind: String, Sendable, CaseIterable {
    /// For `localhost`, `127.0.0.1` and `::1`, for two days.
    case valid
    /// Was valid until yesterday.
    case expired
    /// Will be valid tomorrow.
    case notYetValid
    /// For another host.
    case wrongName

    fileprivate var days: ClosedRange<Int> {
      switch self {
      case .valid, .wrongName: -1...2
      case .expired: -3 ... -1
      case .notYetValid: 1...3
      }
    }

    fileprivate var names: String {
      self == .wrongName ? "DNS:elsewhere.test" : "DNS:localhost,IP:127.0.0.1,IP:::1"
    }
  }

  /// The certificate of the authority.
  package var authority: String { folder.path("ca.pem") }

  private let folder: TemporaryFolder

  /// Makes the authority.
  package init() throws {
    folder = try TemporaryFolder()
    try Self.makeAuthority(in: folder)
  }

  /// Makes a server's certificate.
  package func server(_ kind: Kind = .valid) throws -> Identity {
    try sign(
      "server-\(kind.rawValue)", days: kind.days,
      extensions: "subjectAltName=\(kind.names)\nextendedKeyUsage=serverAuth")
  }

  /// Makes a client's certificate.
  package func client(_ name: String = "jo") throws -> Identity {
    try sign(name, days: -1...2, extensions: "extendedKeyUsage=clientAuth")
  }

  /// Writes the same key encrypted (PKCS #8, AES-256).
  package func encrypted(_ identity: Identity, password: String) throws -> Identity {
    let key = identity.key + ".encrypted"
    try Installed.run(
      [
        "openssl", "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", identity.key, "-out", key, "-passout",
        "stdin",
      ], input: password + "\n")
    return Identity(certificate: identity.certificate, key: key)
  }

  /// `openssl ca` alone lets both ends of the validity be chosen.
  private func sign(_ name: String, days: ClosedRange<Int>, extensions: String) throws -> Identity {
    let identity = Identity(certificate: folder.path("\(name).pem"), key: folder.path("\(name).key"))
    let request = folder.path("\(name).csr")
    try Installed.run(
      ["openssl", "req", "-new"] + Self.newKey(identity.key) + ["-subj", "/CN=\(name)", "-out", request])
    let extensionFile = try folder.write("\(name).ext", extensions + "\n")
    try Installed.run([
      "openssl", "ca", "-batch", "-notext", "-config", folder.path("ca.conf"),
      "-startdate", Self.timestamp(days.lowerBound), "-enddate", Self.timestamp(days.upperBound),
      "-extfile", extensionFile, "-in", request, "-out", identity.certificate,
    ])
    return identity
  }

  private static func makeAuthority(in folder: TemporaryFolder) throws {
    try folder.write("ca.index", "")
    try folder.write(
      "ca.conf",
      """
      [ca]
      default_ca = here
      [here]
      database = \(folder.path("ca.index"))
      new_certs_dir = \(folder.path)
      certificate = \(folder.path("ca.pem"))
      private_key = \(folder.path("ca.key"))
      default_md = sha256
      unique_subject = no
      rand_serial = yes
      policy = any
      [any]
      commonName = supplied

      """)
    try Installed.run(
      ["openssl", "req", "-x509", "-days", "4"] + newKey(folder.path("ca.key")) + [
        "-subj", "/CN=mfsh test authority", "-out", folder.path("ca.pem"),
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",
      ])
  }

  private static func newKey(_ path: String) -> [String] {
    ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path]
  }

  /// A moment so many days from now, as ASN.1's GeneralizedTime.
  private static func timestamp(_ days: Int) -> String {
    var seconds = time(nil) + days * 86400
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y%m%d%H%M%SZ", &parts)
    return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
