import HTTP
import MFWS
@testable import Sandbox
import Testing

/// A sandbox some of whose answers are lost on their way.
private final class FaultySandbox: Sendable {
  let url: String
  private let service: HTTP.Locked<WebService>
  private let daemon: Daemon
  /// Resources that answer wrongly so many times more; what they do is done all the same but for logouts.
  private let faults: HTTP.Locked<[String: Int]>

  init(_ faults: [String: Int]) throws {
    let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
    let service = HTTP.Locked(WebService(seed: .standard))
    let faults = HTTP.Locked(faults)
    let respond = { @Sendable (request: WebRequest) -> Reply in
      let name = "\(request.parameter("_method") ?? request.method) \(request.path)"
      let isFaulty = faults.withLock { faults in
        defer { faults[name]? -= 1 }
        return faults[name, default: 0] > 0
      }
      guard !isFaulty || !name.hasPrefix("DELETE") else { return .answer(WebResponse(status: 503)) }
      let reply = service.withLock { $0.handle(request, now: Clock.secondsSince1970) }
      guard case .answer(var response) = reply else { return reply }
      if isFaulty { response.body = Array(#"{"Value":"nothing that is expected"}"#.utf8) }
      return .answer(response)
    }
    daemon = try Daemon(socket, nil, Responder(respond: respond, ask: { _ in .refused }, connected: {}))
    url = "http://127.0.0.1:\(socket.port)"
    self.service = service
    self.faults = faults
  }

  var liveSessions: Int { service.withLock { $0.stats(now: Clock.secondsSince1970).liveSessions } }
}

/// No session stays behind when something else goes wrong.
@Suite struct LeftoverTests {
  private func login(_ way: MFWS.Login.Way) -> MFWS.Login {
    var login = MFWS.Login(user: "editor", password: Secret("demo"))
    login.way = way
    return login
  }

  private func waitFor(_ condition: () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition(), ContinuousClock.now < deadline { await Task.yield() }
  }

  @Test(arguments: [
    (MFWS.Login.Way.session, "PUT /REST/session"), (.token, "GET /REST/session/vaults"),
  ])
  func aLoginThatFailsBehindTheCredentialsIsLoggedOut(_ way: MFWS.Login.Way, _ fault: String) async throws {
    let server = try FaultySandbox([fault: 1])
    let sessions = OpenSessions()
    await #expect(throws: MFWSError.self) {
      try await Session.open(
        server.url, login(way), configuration: ClientConfiguration(), http: HTTPClient(), sessions: sessions)
    }
    await waitFor { sessions.pending == 0 }
    #expect(server.liveSessions == 0)
  }

  @Test func aLogoutThatFailsCanBeTriedAgain() async throws {
    let server = try FaultySandbox(["DELETE /REST/session": 1])
    let session = try await Session.open(server.url, login(.session))
    let error = await #expect(throws: MFWSError.self) { try await session.logout() }
    #expect(error?.code == .serverBusy)
    #expect(session.isOpen)
    #expect(try await session.logout())
    #expect(server.liveSessions == 0)
  }
}
