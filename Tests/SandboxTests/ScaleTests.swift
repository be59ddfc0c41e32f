import Glibc
import HTTP
import MFWS
import TestSupport
import Testing

@testable import Sandbox

/// Many accounts, many clients, and the limits that a sandbox can have.
@Suite(.timeLimit(.minutes(30))) struct ScaleTests {
  @Test(arguments: [
    ("user00001", 100_001, "Named"), ("USER00010", 100_010, "Concurrent"), ("user99999", 199_999, "Named"),
    ("user100000", 200_000, "Concurrent"),
  ])
  func `generated accounts log in`(name: String, userID: Int64, license: String) {
    var client = Client { $0.accounts = 100_000 }
    #expect(client.logIn(name, more: #""VaultGuid":"\#(Client.sample)""#).status == 200)
    let info = client.send("GET", "/session").body
    #expect(info["AccountName"]?.string == name.lowercased())
    #expect(info["UserID"]?.integer == userID)
    #expect(info["licenseString"]?.string == license)
  }

  @Test(arguments: ["user1", "user00000", "user100001", "user-0001", "user000001", "user", "user 0001"])
  func `no other names do`(name: String) {
    var client = Client { $0.accounts = 100_000 }
    #expect(client.logIn(name).status == 403)
    #expect(client.logIn("user00001", "wrong").status == 403)
  }

  @Test func `without the option there are none`() {
    var client = Client()
    #expect(client.logIn("user00001").status == 403)
  }

  @Test func `the seed's account goes before the generated one of its name`() throws {
    let seed = try SandboxSeed(
      json: Array(
        """
        {"vaults": [], "accounts": [{"name": "User00002", "password": "own", "user_id": 7, "vaults": []}]}
        """.utf8))
    var client = Client(seed: seed) { $0.accounts = 3 }
    #expect(client.logIn("user00002", "own").status == 200)
    #expect(client.send("GET", "/session/userid").body["Value"]?.integer == 7)
    #expect(client.logIn("user00003").status == 200)
    #expect(client.send("GET", "/session/userid").body["Value"]?.integer == 100_003)
  }

  @Test func `the most sessions and licences at a time are remembered`() {
    var client = Client { rules in (rules.accounts, rules.licenses) = (100, 2) }
    client.keepsCookies = false
    let tokens = (1...30).map { client.token($0 < 10 ? "user0000\($0)" : "user000\($0)") }
    let answers = tokens.map { client.get("/session", token: $0).status }
    #expect(answers.map { $0 == 200 } == (1...30).map { $0 != 30 })
    for token in tokens {
      client.send("DELETE", "/REST/session", headers: [("X-Authentication", token)])
    }
    let stats = client.service.stats(now: client.now)
    #expect((stats.liveSessions, stats.liveLicenses) == (0, 0))
    #expect((stats.highestLiveSessions, stats.highestLiveLicenses) == (29, 2))
  }

  @Test func `a session whose time has come gives its licence back`() {
    var client = Client { rules in (rules.accounts, rules.licenses) = (100, 1) }
    client.keepsCookies = false
    let first = client.token("user00010", more: #""Expiration":"2023-11-14T22:14:20Z""#)
    #expect(client.get("/session", token: first).status == 200)
    let second = client.token("user00020")
    #expect(client.get("/session", token: second).status == 403)
    client.now += 120
    #expect(client.get("/session", token: second).status == 200)
    #expect(client.service.stats(now: client.now).highestLiveLicenses == 1)
  }

  @Test func `what is beyond the rate is told to come again`() {
    var client = Client { $0.rate = 4 }
    let atOnce = (0..<6).map { _ in client.send("GET", "/server/status").status }
    #expect(atOnce == [200, 200, 200, 200, 429, 429])
    let refused = client.send("GET", "/server/status")
    #expect(refused.headers("Retry-After") == ["1"])
    client.now += 0.5
    #expect((0..<3).map { _ in client.send("GET", "/server/status").status } == [200, 200, 429])
    client.now -= 3600
    #expect(client.send("GET", "/server/status").status == 429)
    client.now += 1
    #expect(client.send("GET", "/server/status").status == 200)
    #expect(client.send("GET", "/sandbox/stats").status == 200)
  }

  @Test func `late answers hold up nobody, and not the end`() throws {
    var configuration = SandboxConfiguration()
    configuration.latency = 60
    let server = try SandboxServer(configuration)
    let connections = try (0..<200).map { _ in try Connection(to: server.url) }
    for connection in connections { connection.write("GET /server/status HTTP/1.1\r\nHost: x\r\n\r\n") }
    while server.waitingConnections < 200 { usleep(1_000) }
    #expect(connections.allSatisfy { !$0.hasInput })
    // Its own resources are not late.
    #expect(try Connection(to: server.url).exchange("GET /sandbox/stats").contains(#""requests":201"#))
    server.stop()
  }

  @Test func `the latency comes on top of everything`() throws {
    var configuration = SandboxConfiguration()
    configuration.latency = 0.15
    configuration.faults = [try Fault("delay=0.1,count=1")]
    let server = try SandboxServer(configuration)
    let connection = try Connection(to: server.url)
    for least in [0.25, 0.15] {
      let seconds = ContinuousClock().measure { _ = connection.exchange("GET /server/status") } / .seconds(1)
      #expect(seconds >= least)
    }
  }

  @Test func `a handshake is one for all requests of its connection`() async throws {
    let folder = try TemporaryFolder()
    var configuration = SandboxConfiguration()
    configuration.tls = .init()
    let server = try SandboxServer(configuration)
    defer { server.stop() }
    var client = HTTPConfiguration()
    client.certificateAuthorityFile = try folder.write("ca.pem", try #require(server.authorityCertificate))
    let http = HTTPClient(configuration: client)
    for _ in 0..<3 { _ = try await http.send(HTTPRequest(url: server.url + "/REST/server/status")) }
    #expect(server.stats.handshakes == 1)
    #expect(server.stats.requests == 3)
  }

  @Test(arguments: [0, -1, Int.max]) func `nonsense is refused`(number: Int) {
    var configuration = SandboxConfiguration()
    if number == 0 { configuration.rate = number } else { configuration.accounts = number }
    let error = #expect(throws: SandboxError.self) { _ = try SandboxServer(configuration) }
    #expect(error?.code == .configuration)
  }

  @Test func `generated accounts stay on loopback`() throws {
    var configuration = SandboxConfiguration()
    configuration.host = "0.0.0.0"
    configuration.seed = try SandboxSeed(json: Array(#"{"vaults":[],"accounts":[]}"#.utf8))
    configuration.accounts = 1
    let error = #expect(throws: SandboxError.self) { _ = try SandboxServer(configuration) }
    #expect(error?.description.contains("loopback") == true)
  }
}
