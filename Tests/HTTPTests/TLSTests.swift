import Glibc
import HTTP
import TestSupport
import Testing

/// Against `openssl s_server` with a certificate that it signed itself.
@Suite(
  .enabled(
    if: (try? ChildProcess.run(["openssl", "version"]).status) == .exited(0), "needs the openssl program"),
  .timeLimit(.minutes(30)))
struct TLSTests {
  /// A running server; stopped when it goes.
  private final class Server {
    let folder: TemporaryFolder
    let process: ChildProcess
    let port: Int
    var certificate: String { folder.path("cert.pem") }
    var key: String { folder.path("key.pem") }

    init() throws {
      folder = try TemporaryFolder()
      let request = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2",
        "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-out", folder.path("cert.pem"),
        "-keyout",
        folder.path("key.pem"),
      ]
      _ = try ChildProcess.run(request)
      process = try ChildProcess([
        "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", folder.path("cert.pem"), "-key",
        folder.path("key.pem"),
      ])
      try process.expect("ACCEPT 127.0.0.1:")
      port = Int(try process.expect("\n").filter(\.isNumber)) ?? 0
    }

    deinit { process.signal(SIGKILL) }

    func code(
      host: String = "127.0.0.1", _ change: @escaping (inout HTTPConfiguration) -> Void
    ) async -> HTTPError.Code? {
      await makeClient {
        $0.requestTimeout = 50
        change(&$0)
      }.failure(HTTPRequest(url: "https://\(host):\(port)/"))?.code
    }
  }

  @Test func `only who is told to trusts a certificate that signed itself`() async throws {
    let server = try Server()
    let (certificate, key) = (server.certificate, server.key)
    #expect(await server.code { _ in } == .tls)
    #expect(await server.code { $0.certificateAuthorityFile = certificate } == nil)
    #expect(await server.code(host: "localhost") { $0.certificateAuthorityFile = certificate } == .tls)
    #expect(await server.code { $0.skipsCertificateVerification = true } == nil)
    // A connection that was made without verification serves nobody who wants it.
    #expect(await server.code { _ in } == .tls)
    #expect(
      await server.code {
        $0.certificateAuthorityFile = certificate
        $0.clientCertificateFile = certificate
        $0.clientKeyFile = key
      } == nil)
  }

  @Test func `a file that is missing or no certificate is not passed over`() async throws {
    let server = try Server()
    let (certificate, garbage) = (server.certificate, try server.folder.write("garbage", "no certificate"))
    #expect(await server.code { $0.certificateAuthorityFile = certificate } == nil)
    for file in ["/nonexistent/ca.pem", garbage, ""] {
      #expect(await server.code { $0.certificateAuthorityFile = file } == .tls)
      #expect(
        await server.code {
          $0.certificateAuthorityFile = certificate
          $0.clientCertificateFile = file
        } == .tls)
      #expect(
        await server.code {
          $0.certificateAuthorityFile = certificate
          $0.clientCertificateFile = certificate
          $0.clientKeyFile = file
        } == .tls)
    }
  }
}
