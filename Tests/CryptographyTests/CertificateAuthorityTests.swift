import Cryptography
import TestSupport
import Testing

/// Certificates, judged by OpenSSL.
@Suite(
  .enabled(
    if: (try? ChildProcess.run(["openssl", "version"]).status) == .exited(0), "needs the openssl program"))
struct CertificateAuthorityTests {
  private let folder: TemporaryFolder
  private let authority: CertificateAuthority

  init() throws {
    folder = try TemporaryFolder()
    authority = try CertificateAuthority(name: "an authority")
    try folder.write("ca.pem", authority.certificate)
  }

  private func verify(_ identity: CertificateAuthority.Identity, _ options: [String]) throws -> String {
    let file = try folder.write("leaf.pem", identity.certificate)
    let command = ["openssl", "verify", "-CAfile", folder.path("ca.pem")] + options + [file]
    let result = try ChildProcess.run(command)
    return result.output + result.error
  }

  @Test func `a server's certificate is good for its names and addresses`() throws {
    let identity = try authority.issue(
      "a server", for: .server(["localhost", "127.0.0.1", "::1", "mfiles.example"]))
    for name in [
      "-verify_hostname localhost", "-verify_hostname mfiles.example", "-verify_ip 127.0.0.1",
      "-verify_ip ::1",
    ] {
      let options = ["-purpose", "sslserver", "-x509_strict"] + name.split(separator: " ").map(String.init)
      #expect(try verify(identity, options).hasSuffix(": OK\n"))
    }
    #expect(try verify(identity, ["-verify_hostname", "other.example"]).contains("mismatch"))
    #expect(try verify(identity, ["-purpose", "sslclient"]).contains("unsuitable certificate purpose"))
  }

  @Test func `a client's certificate is good for clients`() throws {
    let identity = try authority.issue("a client", for: .client)
    #expect(try verify(identity, ["-purpose", "sslclient"]).hasSuffix(": OK\n"))
    #expect(try verify(identity, ["-purpose", "sslserver"]).contains("unsuitable certificate purpose"))
  }

  @Test func `the time of validity is as asked`() throws {
    let expired = try authority.issue("old", for: .client, validity: -172_800 ... -86_400)
    #expect(try verify(expired, []).contains("certificate has expired"))
    let future = try authority.issue("new", for: .client, validity: 86_400...172_800)
    #expect(try verify(future, []).contains("not yet valid"))
  }

  @Test func `key and certificate belong together`() throws {
    let identity = try authority.issue("a client", for: .client)
    let key = try folder.write("key.pem", identity.key)
    let certificate = try folder.write("leaf.pem", identity.certificate)
    let ofKey = try ChildProcess.run(["openssl", "pkey", "-in", key, "-pubout"]).output
    let ofCertificate = try ChildProcess.run(["openssl", "x509", "-in", certificate, "-pubkey", "-noout"])
      .output
    #expect(ofKey.hasPrefix("-----BEGIN PUBLIC KEY-----") && ofKey == ofCertificate)
    var text = ""
    dump(identity, to: &text)
    print(identity, to: &text)
    #expect(!text.contains("PRIVATE"))
  }

  @Test func `another authority's certificate is not trusted`() throws {
    let other = try CertificateAuthority(name: "an authority").issue("a client", for: .client)
    #expect(!(try verify(other, [])).contains(": OK"))
  }
}
