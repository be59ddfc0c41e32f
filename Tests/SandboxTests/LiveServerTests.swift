import Glibc
import MFWS
import Testing

@testable import Sandbox

@Suite struct LiveServerTests {
  @Test func `a session over one connection`() throws {
    let server = try SandboxServer()
    defer { server.stop() }
    let connection = try Connection(to: server.url)
    let body = #"{"Username":"editor","Password":"demo","SessionID":"s"}"#
    let login = connection.exchange("POST /REST/session?_method=PUT", body: body)
    #expect(login.hasPrefix("HTTP/1.1 200 OK\r\n"))
    let cookie = try #require(login.split(separator: "ASP.NET_SessionId=").last?.prefix(24))
    let header = "Cookie: other=1; ASP.NET_SessionId=\(cookie)\r\n"
    #expect(connection.exchange("GET /REST/session", header: header).contains(#""AccountName":"editor""#))
    #expect(server.stats.liveSessions == 1)
    #expect(connection.exchange("DELETE /REST/session", header: header).hasSuffix(#"{"Value":true}"#))
    #expect(connection.exchange("GET /REST/session", header: header).hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
    #expect(server.stats.liveSessions == 0)
    #expect(server.stats.requests == 4)
  }

  @Test func `the query is decoded`() throws {
    let server = try SandboxServer()
    let connection = try Connection(to: server.url)
    let answer = connection.exchange(
      "GET /m-files/REST/MFWS.ashx?restPath=session%2Fuserid&username=editor&password=demo")
    #expect(answer.hasSuffix(#"{"Value":2}"#))
  }

  @Test func `a body beyond the limit is refused`() throws {
    let server = try SandboxServer()
    let connection = try Connection(to: server.url)
    let body = String(repeating: "x", count: WebService.bodyLimit + 1)
    let answer = connection.exchange("POST /REST/server/authenticationtokens", body: body)
    #expect(answer.hasPrefix("HTTP/1.1 413 "))
    #expect(answer.contains(#""URL":"/server/authenticationtokens""#))
    let fitting = String(repeating: " ", count: WebService.bodyLimit - 2) + "{}"
    let accepted = connection.exchange("POST /REST/server/authenticationtokens", body: fitting)
    #expect(accepted.hasPrefix("HTTP/1.1 200 "))
  }

  @Test func `a taken port is told apart`() throws {
    let server = try SandboxServer()
    defer { server.stop() }
    var configuration = SandboxConfiguration()
    configuration.port = try #require(server.url.split(separator: ":").last.flatMap { UInt16($0) })
    let error = #expect(throws: SandboxError.self) { _ = try SandboxServer(configuration) }
    #expect(error?.code == .portTaken)
    #expect(
      error?.description
        == "port \(configuration.port) on 127.0.0.1 is taken; stop the program that uses it, "
        + "or choose another port or 0")
    server.stop()
    let again = try SandboxServer(configuration)
    #expect(again.url == server.url)
  }

  @Test func `stopping frees the port, with a connection open and twice`() throws {
    let server = try SandboxServer()
    let connection = try Connection(to: server.url)
    #expect(connection.exchange("GET /server/status").contains("200 OK"))
    server.stop()
    server.stop()
    #expect(throws: ConnectionError.self) { try Connection(to: server.url) }
  }

  @Test func `stopping does not wait for a client that does not finish`() throws {
    let server = try SandboxServer()
    let connection = try Connection(to: server.url)
    connection.write("PUT /REST/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    let elapsed = ContinuousClock().measure { server.stop() }
    // The client goes on for good.
    #expect(elapsed < .seconds(30))
  }

  @Test func `many clients at a time, while others look at the numbers`() async throws {
    let server = try SandboxServer()
    let url = server.url
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let connection = try Connection(to: url)
          for _ in 0..<50 { _ = connection.exchange("GET /REST/session?username=editor&password=demo") }
        }
      }
      while server.stats.requests < 10 { try await Task.sleep(for: .milliseconds(1)) }
      try await group.waitForAll()
    }
    #expect(server.stats.requests == 200)
  }

  @Test(arguments: ["0.0.0.0", "10.0.0.1", "::"])
  func `the standard seed stays on loopback`(host: String) {
    var configuration = SandboxConfiguration()
    configuration.host = host
    let error = #expect(throws: SandboxError.self) { _ = try SandboxServer(configuration) }
    #expect(error?.code == .configuration)
    #expect(error?.description.contains("bring a seed of your own") == true)
  }

  @Test func `a seed of one's own may leave loopback`() throws {
    var configuration = SandboxConfiguration()
    configuration.host = "0.0.0.0"
    configuration.seed = try SandboxSeed(json: Array(#"{"vaults":[],"accounts":[]}"#.utf8))
    #expect(try SandboxServer(configuration).url.hasPrefix("http://0.0.0.0:"))
  }

  @Test func `nonsense is refused with a remedy`() {
    var configuration = SandboxConfiguration()
    configuration.nodes = 0
    #expect(throws: SandboxError.self) { _ = try SandboxServer(configuration) }
    configuration.nodes = 1
    configuration.host = "example.com"
    let error = #expect(throws: SandboxError.self) { _ = try SandboxServer(configuration) }
    #expect(
      error?.description.hasPrefix(#""example.com" is no address; use localhost, 127.0.0.1 or"#) == true)
  }
}
