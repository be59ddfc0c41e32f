import TestSupport
import Testing

/// nginx with certificates of a test's own authority, as the curl program sees it.
@Suite(.needs(TLSProxy.self, TestCertificates.self), .timeLimit(.minutes(30)))
struct TLSProxyTests {
  let upstream: ScriptedServer
  let certificates: TestCertificates

  init() throws {
    upstream = try ScriptedServer { .page($0.name) }
    certificates = try TestCertificates()
  }

  private func proxy(
    _ kind: CertificateKind = .valid, _ change: (inout TLSProxy.Settings) -> Void = { _ in }
  )
    throws -> TLSProxy
  {
    var settings = TLSProxy.Settings(try certificates.server(kind))
    change(&settings)
    return try TLSProxy(upstream: upstream.url, settings)
  }

  private func ask(_ proxy: TLSProxy, _ arguments: [String] = [], input: String = "") throws -> String {
    try curl(["--cacert", certificates.authority.certificate, proxy.url + "/REST"] + arguments, input: input)
  }

  @Test func `a valid certificate`() throws {
    let proxy = try proxy()
    #expect(try ask(proxy) == "GET /REST")
    #expect(try curl([proxy.url]).hasPrefix("curl: (60)"))
  }

  @Test(arguments: [CertificateKind.expired, .notYetValid, .wrongName])
  func aBadCertificate(_ kind: CertificateKind) throws {
    let proxy = try proxy(kind)
    #expect(try ask(proxy).hasPrefix("curl: (60)"))
    #expect(try ask(proxy, ["--insecure"]) == "GET /REST")
  }

  @Test func `a client's certificate, with a plain and an encrypted key`() throws {
    let authority = certificates.authority.certificate
    let proxy = try proxy { $0.clientAuthority = authority }
    let plain = try certificates.make("jo")
    let encrypted = try certificates.make("ann", passphrase: "under lock")
    #expect(try ask(proxy).contains("400"))
    #expect(try ask(proxy, ["--cert", plain.certificate, "--key", plain.key]) == "GET /REST")
    let options = ["--cert", encrypted.certificate, "--key", encrypted.key, "--config", "-"]
    #expect(try ask(proxy, options, input: "pass = \"under lock\"\n") == "GET /REST")
    #expect(try ask(proxy, options, input: "pass = wrong\n").hasPrefix("curl: (58)"))
  }

  @Test func `versions of HTTP and TLS`() throws {
    let version = ["--output", "/dev/null", "--write-out", "%{http_version}"]
    #expect(try ask(try proxy(), version) == "1.1")
    #expect(try ask(try proxy { $0.http2 = true }, version) == "2")
    let old = try proxy { $0.protocols = ["TLSv1.2"] }
    #expect(try ask(old) == "GET /REST")
    #expect(try ask(old, ["--tlsv1.3"]).hasPrefix("curl: (35)"))
  }
}
