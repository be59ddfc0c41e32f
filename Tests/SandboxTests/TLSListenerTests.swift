import Cryptography
import HTTP
import MFWS
import Sandbox
import TestSupport
import Testing

/// The sandbox's own TLS, seen by the real client.
@Suite(.timeLimit(.minutes(30))) struct TLSListenerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func server(
    _ change: (inout SandboxConfiguration.TLS) -> Void = { _ in }, faults: [Fault] = []
  ) throws
    -> SandboxServer
  {
    var configuration = SandboxConfiguration()
    var tls = SandboxConfiguration.TLS()
    change(&tls)
    configuration.tls = tls
    configuration.faults = faults
    return try SandboxServer(configuration)
  }

  private func trusting(_ server: SandboxServer) throws -> HTTPConfiguration {
    var configuration = HTTPConfiguration()
    configuration.certificateAuthorityFile = try folder.write(
      "ca.pem", try #require(server.authorityCertificate))
    return configuration
  }

  private func get(
    _ url: String, _ configuration: HTTPConfiguration
  ) async throws(HTTPError) -> HTTPResponse {
    try await HTTPClient(configuration: configuration).send(HTTPRequest(url: url + "/REST/server/status"))
  }

  @Test func `who trusts its authority gets in, by name and address`() async throws {
    let server = try server()
    defer { server.stop() }
    #expect(server.url.hasPrefix("https://127.0.0.1:"))
    let configuration = try trusting(server)
    let named = "https://localhost:\(server.url.split(separator: ":").last ?? "")"
    for url in [server.url, named] { #expect(try await get(url, configuration).status == 200) }
    let error = await #expect(throws: HTTPError.self) { try await self.get(server.url, HTTPConfiguration()) }
    #expect(error?.code == .tls)
  }

  @Test func `a certificate may have expired, or be of use later only`() async throws {
    for validity in [-172_800 ... -86_400, 86_400...172_800] {
      let server = try server { $0.validity = validity }
      defer { server.stop() }
      let configuration = try trusting(server)
      let error = await #expect(throws: HTTPError.self) { try await self.get(server.url, configuration) }
      #expect(error?.code == .tls)
    }
  }

  @Test func `clients show a certificate of the authority that is asked for`() async throws {
    let authority = try CertificateAuthority(name: "clients")
    let server = try server { $0.clientAuthorities = authority.certificate }
    defer { server.stop() }
    var configuration = try trusting(server)
    let without = try await get(server.url, configuration)
    #expect(without.status == 403 && String(decoding: without.body, as: UTF8.self).contains("403.7"))
    for (issuer, status) in [(authority, 200), (try CertificateAuthority(name: "others"), 403)] {
      let client = try issuer.issue("jo", for: .client)
      // A file of the same name would be the same connection to libcurl.
      configuration.clientCertificateFile = try folder.write("client-\(status).pem", client.certificate)
      configuration.clientKeyFile = try folder.write("client-\(status).key", client.key)
      #expect(try await get(server.url, configuration).status == status)
    }
  }

  @Test(arguments: ["garbage", "reset", "reset_midway", "truncate"])
  func `faults break TLS connections too`(fault: String) async throws {
    let server = try server(faults: [try Fault("\(fault),count=1")])
    defer { server.stop() }
    let configuration = try trusting(server)
    await #expect(throws: HTTPError.self) { try await self.get(server.url, configuration) }
    #expect(try await get(server.url, configuration).status == 200)
  }

  @Test func `silence and delays leave others alone`() async throws {
    let server = try server(faults: [try Fault("stall,count=1"), try Fault("delay=0.1,count=1")])
    defer { server.stop() }
    var hasty = try trusting(server)
    // With time for the handshake.
    hasty.requestTimeout = 3
    let error = await #expect(throws: HTTPError.self) { try await self.get(server.url, hasty) }
    #expect(error?.code == .timeout)
    #expect(try await get(server.url, try trusting(server)).status == 200)
    #expect(try await get(server.url, try trusting(server)).status == 200)
  }

  @Test func `nonsense for client authorities is refused`() {
    let error = #expect(throws: SandboxError.self) { try server { $0.clientAuthorities = "no certificate" } }
    #expect(error?.description.contains("client authorities") == true)
  }
}

/// A provider of identities beside the sandbox.
@Suite(.timeLimit(.minutes(30))) struct IdentityProviderTests {
  private func sandbox(_ userinfo: String) throws -> SandboxServer {
    let seed = """
      {"vaults": [], "accounts": [{"name": "jo", "password": "pw", "vaults": []}],
       "plugins": [{"name": "Provider", "userinfo": "\(userinfo)"}]}
      """
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(seed.utf8))
    return try SandboxServer(configuration)
  }

  private func get(_ server: SandboxServer, _ bearer: String) async throws -> HTTPResponse {
    var request = HTTPRequest(url: server.url + "/REST/session")
    request.headers = [.init("Authorization", "Bearer \(bearer)"), .init("X-AuthConfig", "Provider")]
    return try await HTTPClient().send(request)
  }

  @Test func `the provider says whom a bearer belongs to, not for each request`() async throws {
    let provider = try ScriptedServer { request in
      request.head.contains("Authorization: Bearer good\r\n")
        || request.head.hasSuffix("Authorization: Bearer good")
        ? .json(#"{"sub": "1", "preferred_username": "jo"}"#) : .json("{}", status: 401)
    }
    let server = try sandbox(provider.url + "/userinfo")
    defer { server.stop() }
    for _ in 0..<10 { #expect(try await get(server, "good").json["AccountName"] == "jo") }
    // An answer is kept for some seconds: how often that is, a busy machine decides.
    #expect((1..<10).contains(provider.requests.count))
    #expect(try await get(server, "bad").status == 403)
    #expect(server.stats.refusedLogins == 1 && server.stats.requests == 11)
  }

  @Test func `a provider that is silent blocks nobody else`() async throws {
    let provider = try ScriptedServer { _ in .silence }
    let server = try sandbox(provider.url)
    let waiting = Task { try await get(server, "good") }
    while provider.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    let status = try await HTTPClient().send(HTTPRequest(url: server.url + "/REST/server/status"))
    #expect(status.status == 200)
    server.stop()
    await #expect(throws: HTTPError.self) { try await waiting.value }
  }

  @Test func `a provider that is not there vouches for nobody`() async throws {
    let server = try sandbox("http://127.0.0.1:1/userinfo")
    defer { server.stop() }
    #expect(try await get(server, "good").status == 403)
  }
}
