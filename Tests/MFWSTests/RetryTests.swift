import HTTP
import MFWS
@testable import Sandbox
import Testing

/// What may be repeated is repeated, and nothing else.
@Suite struct RetryTests {
  private static let busy = WebResponse(status: 503)

  private func session(
    _ server: InterceptedSandbox, retries: Int = 2, _ body: @Sendable (MFWS.Session) async throws -> Void
  ) async throws {
    var configuration = ClientConfiguration()
    configuration.retries = retries
    try await withSession(
      server.url, MFWS.Login(user: "editor", password: Secret("demo")), configuration: configuration
    ) { try await body($0) }
  }

  @Test func readingIsRepeatedWhenTheServerIsBusy() async throws {
    let server = try InterceptedSandbox { _, name, count in
      name == "GET /session/userid" && count < 2 ? Self.busy : nil
    }
    try await session(server) { (session) async throws in #expect(try await session.userID() == 2) }
    #expect(server.count("GET /session/userid") == 3)
  }

  @Test func theLimitOfRepetitionsIsKept() async throws {
    let server = try InterceptedSandbox { _, name, _ in name == "GET /session/userid" ? Self.busy : nil }
    try await session(server, retries: 1) { (session) async throws in
      let error = await #expect(throws: MFWSError.self) { try await session.userID() }
      #expect(error?.code == .serverBusy)
    }
    #expect(server.count("GET /session/userid") == 2)
  }

  @Test func aLoginAndAChangeAreSentOnce() async throws {
    let server = try InterceptedSandbox { _, name, _ in name.hasPrefix("P") ? Self.busy : nil }
    let error = await #expect(throws: MFWSError.self) { try await session(server) { _ in } }
    #expect(error?.code == .serverBusy)
    #expect(server.names == ["PUT /session"])
  }

  @Test func aServerThatAsksForMorePatienceThanThereIsIsLeftAlone() async throws {
    let server = try InterceptedSandbox { _, name, _ in
      name == "GET /session/userid" ? WebResponse(status: 429, headers: [("Retry-After", "120")]) : nil
    }
    try await session(server) { (session) async throws in
      let error = await #expect(throws: MFWSError.self) { try await session.userID() }
      #expect(error?.code == .serverBusy)
      #expect(error?.retryAfter == 120)
      #expect(error?.message.contains("try again in 120 s") == true)
    }
    #expect(server.count("GET /session/userid") == 1)
  }

  /// Throttles answer 429 to logins that failed.
  @Test func aLoginThatIsPutOffIsNotRepeated() async throws {
    let server = try InterceptedSandbox { _, name, _ in
      name == "PUT /session" ? WebResponse(status: 429, headers: [("Retry-After", "0")]) : nil
    }
    let error = await #expect(throws: MFWSError.self) { try await session(server) { _ in } }
    #expect(error?.code == .serverBusy)
    #expect(server.names == ["PUT /session"])
  }

  @Test func afterTheLoginAnythingIsRepeatedThatTheServerPutOffItself() async throws {
    let server = try InterceptedSandbox { _, name, count in
      name == "POST /session" && count == 0
        ? WebResponse(status: 429, headers: [("Retry-After", "0")]) : nil
    }
    try await session(server) { (session) async throws in
      _ = try? await session.request("POST", "/session")
    }
    #expect(server.count("POST /session") == 2)
  }

  @Test(arguments: [
    "9223372036854775807", "1e300", "-5", "Sun, 9223372036854775807 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT",
  ])
  func anAbsurdRetryAfterIsNoHarm(_ text: String) async throws {
    let server = try InterceptedSandbox { _, name, _ in
      name == "PUT /session" ? WebResponse(status: 503, headers: [("Retry-After", text)]) : nil
    }
    let error = await #expect(throws: MFWSError.self) { try await session(server) { _ in } }
    #expect(error?.code == .serverBusy)
  }
}
