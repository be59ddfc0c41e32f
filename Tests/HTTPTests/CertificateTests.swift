import HTTP
import TestSupport
import Testing

/// TLS as networks have it, against nginx with certificates of an authority made for the test.
@Suite(
  .needs(Nginx.self, TestCertificates.self),
  .timeLimit(.minutes(30)))
struct CertificateTests {
  private let certificates: TestCertificates

  init() throws { certificates = try TestCertificates() }

  private func start(
    _ pair: TestCertificates.Pair, listening: String = "ssl", _ directives: String = ""
  ) throws -> Nginx {
    let server = """
      ssl_certificate \(pair.certificate);
      ssl_certificate_key \(pair.key);
      \(directives)
      location / { return 200 "$server_protocol $ssl_protocol $ssl_client_s_dn"; }
      """
    return try Nginx(listening: listening, server: server)
  }

  private func client(
    loop: EventLoop = .shared, _ change: (inout HTTPConfiguration) -> Void = { _ in }
  ) -> HTTPClient {
    makeClient(loop: loop) {
      $0.requestTimeout = 50
      $0.certificateAuthorityFile = certificates.authority.certificate
      change(&$0)
    }
  }

  /// The reason that the error alone tells, and the one that asking the server gives.
  private func reasons(
    _ url: String, _ change: (inout HTTPConfiguration) -> Void = { _ in }
  ) async throws -> [HTTPError.Reason?] {
    let client = client(change)
    let error = try #require(await client.failure(HTTPRequest(url: url)))
    let unexplained = HTTPError(error.code, error.message)
    return [error.reason, await client.explain(unexplained, url: url).reason]
  }

  @Test func `a folder of authorities`() async throws {
    let server = try start(certificates.make("server"))
    let folder = try certificates.makeAuthorityFolder()
    let url = "https://127.0.0.1:\(server.port)/"
    let client = makeClient { $0.certificateAuthorityFolder = folder }
    #expect(try await client.text(url).hasPrefix("HTTP/1.1 TLSv1."))
    let empty = try TemporaryFolder()
    #expect(
      await makeClient { $0.certificateAuthorityFolder = empty.path }.failure(HTTPRequest(url: url))?.code
        == .tls)
  }

  @Test func `a client's certificate with an encrypted key`() async throws {
    let user = try certificates.make("anna", passphrase: "open sesame")
    let server = try start(
      certificates.make("server"),
      listening: "ssl",
      "ssl_client_certificate \(certificates.authority.certificate); ssl_verify_client on;")
    let url = "https://127.0.0.1:\(server.port)/"
    // A connection that stands is used by all who show the same certificate.
    func client(_ passphrase: String?) -> HTTPClient {
      self.client(loop: .onOwnThread()) {
        $0.clientCertificateFile = user.certificate
        $0.clientKeyFile = user.key
        $0.clientKeyPassphrase = passphrase.map { Secret($0) }
      }
    }
    #expect(try await client("open sesame").text(url).hasSuffix("CN=anna"))
    let wrong = try #require(await client("wrong").failure(HTTPRequest(url: url)))
    #expect(wrong.code == .tls && wrong.reason == nil && !wrong.message.contains("wrong"))
    #expect(await client(nil).failure(HTTPRequest(url: url))?.code == .tls)
    #expect(await client("a\u{0}b").failure(HTTPRequest(url: url))?.code == .tls)
  }

  @Test func `the oldest version of TLS`() async throws {
    let server = try start(certificates.make("server"), "ssl_protocols TLSv1.2;")
    let url = "https://127.0.0.1:\(server.port)/"
    #expect(try await client { $0.minimumTLSVersion = .tls12 }.text(url).contains("TLSv1.2"))
    let error = await client { $0.minimumTLSVersion = .tls13 }.failure(HTTPRequest(url: url))
    #expect(error?.code == .tls && error?.reason == .protocolVersion)
  }

  @Test func `a response tells of the certificate when it is wanted`() async throws {
    let server = try start(certificates.make("server"), listening: "ssl http2")
    var request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
    let client = client()
    #expect(try await client.send(request).certificate == nil)
    request.wantsCertificate = true
    let certificate = try #require(try await client.send(request).certificate)
    #expect(certificate.subject == "CN=server" && certificate.issuer == "CN=Test CA")
    #expect((29...30).contains(certificate.daysLeft(at: Clock.secondsSince1970)))
    #expect(certificate.notBefore <= Clock.secondsSince1970)
    #expect(try await client.send(request).certificate == certificate)
  }

  @Test func `who trusts a server and who does not, on one loop`() async throws {
    let server = try start(certificates.make("server"))
    let url = "https://127.0.0.1:\(server.port)/"
    let loop = EventLoop.onOwnThread()
    let other = try TestCertificates()
    let knowing = client(loop: loop)
    let ignorant = client(loop: loop) { $0.certificateAuthorityFile = other.authority.certificate }
    for _ in 0..<2 {
      #expect(try await knowing.text(url).contains("TLSv1."))
      #expect(await ignorant.failure(HTTPRequest(url: url))?.code == .tls)
      // Asked without trust, on a handle that must have it again for the next request.
      #expect(try await ignorant.certificate(of: url).subject == "CN=server")
      #expect(await ignorant.failure(HTTPRequest(url: url))?.code == .tls)
      #expect(try await knowing.certificate(of: url).subject == "CN=server")
    }
    #expect(try await knowing.text(url).contains("TLSv1."))
  }

  @Test func `the certificate of a server that cannot be trusted`() async throws {
    let server = try start(
      certificates.make("server", end: "20210101000000Z"),
      "ssl_client_certificate \(certificates.authority.certificate); ssl_verify_client on;")
    let url = "https://localhost:\(server.port)/"
    let certificate = try await makeClient().certificate(of: url)
    #expect(certificate.notAfter == 1_609_459_200)
    #expect(certificate.daysLeft(at: 1_609_459_200 - 86_400 * 2.5) == 2)
    await #expect(throws: HTTPError.self) {
      try await makeClient().certificate(of: "http://localhost:\(server.port)/")
    }
  }

  @Test func `why a certificate is not accepted`() async throws {
    let valid = try start(certificates.make("server", alternatives: "IP:127.0.0.1"))
    let url = "https://127.0.0.1:\(valid.port)/"
    let other = try TestCertificates()
    #expect(
      try await reasons(url) { $0.certificateAuthorityFile = other.authority.certificate }[0]
        == .untrustedAuthority)
    #expect(try await reasons("https://localhost:\(valid.port)/")[0] == .wrongHostName)
    let old = try start(certificates.make("old", start: "20200101000000Z", end: "20210101000000Z"))
    #expect(
      try await reasons("https://127.0.0.1:\(old.port)/") == [.certificateExpired, .certificateExpired])
    let early = try start(certificates.make("early", start: "20600101000000Z", end: "20610101000000Z"))
    #expect(
      try await reasons("https://127.0.0.1:\(early.port)/")
        == [.certificateNotYetValid, .certificateNotYetValid])
  }

  @Test func `plain HTTP where TLS is spoken, and TLS where it is not`() async throws {
    let plain = try Nginx(server: "location / { return 200; }")
    #expect(try await reasons("https://127.0.0.1:\(plain.port)/?secret=1") == [.notTLS, .notTLS])
    let notes = Notes()
    let resetting = try RawServer { connection in
      guard let request = connection.request(orBytes: 3) else { return }
      notes.add(request)
      if request.hasPrefix("HEAD / HTTP/1.1") { connection.answer(404) }
    }
    #expect(
      try await reasons(resetting.url("/path?secret=1", scheme: "https")) == [nil, .notTLS])
    #expect(!notes.all.joined().contains("secret"))
    let server = try OpenSSLServer(certificates.make("server"), [])
    // It serves one connection at a time, so a question that kept its own would be the last.
    for _ in 0..<3 {
      #expect(
        try await makeClient().certificate(of: "https://127.0.0.1:\(server.port)/").subject == "CN=server")
    }
    #expect(try await reasons("http://127.0.0.1:\(server.port)/") == [nil, .needsTLS])
  }

  @Test(arguments: [["-tls1_2"], ["-tls1_3"]])
  func `a server that wants a certificate`(version: [String]) async throws {
    let server = try OpenSSLServer(
      certificates.make("server"),
      version + ["-Verify", "1", "-verify_return_error", "-CAfile", certificates.authority.certificate])
    let url = "https://127.0.0.1:\(server.port)/"
    #expect(try await reasons(url)[0] == .clientCertificateRequired)
    let others = try TestCertificates()
    defer { withExtendedLifetime(others) {} }
    let stranger = try others.make("stranger")
    let strangerClient = client {
      $0.clientCertificateFile = stranger.certificate
      $0.clientKeyFile = stranger.key
    }
    let error = await strangerClient.failure(HTTPRequest(url: url))
    #expect(
      error?.code == .tls && error?.reason == .clientCertificateRefused, "\(error?.message ?? "no error")")
    let anna = try certificates.make("anna")
    let known = client {
      $0.clientCertificateFile = anna.certificate
      $0.clientKeyFile = anna.key
    }
    #expect(await known.failure(HTTPRequest(url: url)) == nil)
  }

  @Test func `both spellings of libcurl`() throws {
    let gnuTLS = try #require(
      ServerCertificate(texts: [
        "Subject:O=Te, st, CN=good", "Issuer:CN=a:b", "Version:2", "Start Date:2026-11-24 00:03:48 GMT",
        "Expire Date:2026-12-14 00:03:48 GMT", "Cert:-----BEGIN",
      ]))
    let openSSL = try #require(
      ServerCertificate(texts: [
        "Subject:O = Te, st, CN = good", "Issuer:CN = a:b", "Start date:Nov 24 00:03:48 2026 GMT",
        "Expire date:Dec 14 00:03:48 2026 GMT",
      ]))
    #expect(gnuTLS == openSSL && gnuTLS.notBefore == 1_795_478_628 && gnuTLS.issuer == "CN=a:b")
    #expect(gnuTLS.notAfter - gnuTLS.notBefore == 20 * 86_400)
    for date in ["", "yesterday", "99999999999-1-1 0:0:0 GMT", "Xyz 1 00:00:00 2026 GMT", "2026-11-24 GMT"] {
      #expect(
        ServerCertificate(texts: ["Subject:a", "Issuer:b", "Start Date:\(date)", "Expire Date:\(date)"])
          == nil)
    }
    #expect(ServerCertificate(texts: []) == nil)
  }
}

/// A running `openssl s_server`; stopped when it goes.
final class OpenSSLServer {
  let port: Int
  private let process: ChildProcess

  init(_ pair: TestCertificates.Pair, _ options: [String]) throws {
    process = try ChildProcess(
      ["openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", pair.certificate, "-key", pair.key]
        + options)
    try process.expect("ACCEPT 127.0.0.1:")
    port = Int(try process.expect("\n").filter(\.isNumber)) ?? 0
  }

  deinit { process.signal(9) }
}
