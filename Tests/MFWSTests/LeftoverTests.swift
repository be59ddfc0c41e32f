import HTTP
import MFWS
@testable import Sandbox
import Testing

/// A sandbox that answers a request wrongly once. What the request does is done all the same, but for a logout.
private func faultySandbox(_ fault: String) throws -> InterceptedSandbox {
  try InterceptedSandbox(answering: fault) { honest in
    if fault.hasPrefix("DELETE") { return WebResponse(status: 503) }
    var response = honest()
    response.body = Array(#"{"Value":"nothing that is expected"}"#.utf8)
    return response
  }
}

/// No session stays behind when something else goes wrong.
@Suite struct LeftoverTests {
  private func login(_ way: MFWS.Login.Way) -> MFWS.Login {
    MFWS.Login(user: "editor", password: Secret("demo"), way: way)
  }

  private func waitFor(_ condition: () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(50)
    while !condition(), ContinuousClock.now < deadline { await Task.yield() }
  }

  @Test(arguments: [
    (MFWS.Login.Way.session, "PUT /session"), (.token, "GET /session/vaults"),
  ])
  func aLoginThatFailsBehindTheCredentialsIsLoggedOut(_ way: MFWS.Login.Way, _ fault: String) async throws {
    let server = try faultySandbox(fault)
    let sessions = OpenSessions()
    await #expect(throws: MFWSError.self) {
      try await Session.open(
        server.url, login(way), configuration: ClientConfiguration(), http: HTTPClient(), sessions: sessions)
    }
    await waitFor { sessions.pending == 0 }
    #expect(server.liveSessions == 0)
  }

  /// The server granted the login, and its answer broke off.
  @Test(arguments: ["reset_midway", "truncate"])
  func aLoginWhoseAnswerIsLostIsLoggedOut(_ fault: String) async throws {
    var configuration = SandboxConfiguration()
    configuration.faults = [try Fault("\(fault),path=/session,method=PUT,exact,count=1")]
    let server = try SandboxServer(configuration)
    let sessions = OpenSessions()
    let error = await #expect(throws: MFWSError.self) {
      try await Session.open(
        server.url, login(.session), configuration: ClientConfiguration(), http: HTTPClient(),
        sessions: sessions)
    }
    #expect(error?.code == .networkReset)
    await waitFor { sessions.pending == 0 }
    #expect(server.stats.liveSessions == 0)
  }

  @Test func aLogoutThatFailsCanBeTriedAgain() async throws {
    let server = try faultySandbox("DELETE /session")
    var configuration = ClientConfiguration()
    configuration.retries = 0
    let session = try await Session.open(server.url, login(.session), configuration: configuration)
    let error = await #expect(throws: MFWSError.self) { try await session.logout() }
    #expect(error?.code == .serverBusy)
    #expect(session.isOpen)
    #expect(try await session.logout())
    #expect(server.liveSessions == 0)
  }
}
