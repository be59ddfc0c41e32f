/// An authority and what it has signed, made by the openssl program in a folder of its own.
package final class TestCertificates: RealPart {
  package static let needs = ["openssl"]

  /// A certificate and its key, both PEM files.
  package struct Pair: Sendable {
    /// The path of the certificate.
    package let certificate: String
    /// The path of the private key.
    package let key: String
  }

  /// Where everything is.
  package let folder: TemporaryFolder
  /// The authority, `CN=Test CA`.
  package let authority: Pair
  private static let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
  private static let configuration = """
    [ca]
    default_ca = own
    [own]
    database = index
    serial = serial
    new_certs_dir = .
    default_md = sha256
    policy = any
    unique_subject = no
    copy_extensions = copy
    [any]
    commonName = supplied

    """

  /// Makes the authority.
  package init() throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    authority = Pair(certificate: folder.path("ca.pem"), key: folder.path("ca.key"))
    try folder.write("ca.cnf", Self.configuration)
    try folder.write("index", "")
    try folder.write("serial", "01\n")
    try openssl(
      ["req", "-x509", "-nodes", "-days", "3", "-subj", "/CN=Test CA", "-out", "ca.pem", "-keyout", "ca.key"]
        + Self.key)
  }

  /// Makes a certificate that the authority signs.
  ///
  /// - Parameters:
  ///   - name: its common name, and the name of its files.
  ///   - alternatives: its names, as openssl writes them.
  ///   - passphrase: encrypts the key.
  ///   - start: since when it is valid, as `YYYYMMDDHHMMSSZ`; nil: now.
  ///   - end: until when; nil: in 30 days.
  package func make(
    _ name: String, alternatives: String = "IP:127.0.0.1,DNS:localhost", passphrase: String? = nil,
    start: String? = nil, end: String? = nil
  ) throws -> Pair {
    let files = Pair(certificate: folder.path("\(name).pem"), key: folder.path("\(name).key"))
    let request = ["req", "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(alternatives)"]
    try openssl(
      request + Self.key + (passphrase.map { ["-passout", "pass:\($0)"] } ?? ["-nodes"])
        + ["-out", "\(name).csr", "-keyout", files.key])
    let dates =
      (start.map { ["-startdate", $0] } ?? []) + (end.map { ["-enddate", $0] } ?? ["-days", "30"])
    try openssl(
      [
        "ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in",
        "\(name).csr", "-out", files.certificate,
      ] + dates)
    return files
  }

  /// Makes a folder with the authority under the name that its hash gives it.
  package func makeAuthorityFolder() throws -> String {
    let hash = try openssl(["x509", "-in", "ca.pem", "-noout", "-hash"]).filter(\.isHexDigit)
    _ = try ChildProcess.run(["mkdir", folder.path("authorities")])
    _ = try ChildProcess.run(["cp", authority.certificate, folder.path("authorities/\(hash).0")])
    return folder.path("authorities")
  }

  @discardableResult
  private func openssl(_ arguments: [String]) throws -> String {
    let result = try ChildProcess.run(["openssl"] + arguments, folder: folder.path)
    guard result.status == .exited(0) else { throw SupportError("openssl: \(result.error)") }
    return result.output
  }
}
