import FoundationEssentials
import HTTP
import MFWS
@testable import Sandbox
import Testing

/// A session that has ended on the server is logged in once more, and never when the account was refused.
@Suite struct ReconnectTests {
  typealias Login = MFWS.Login
  typealias Session = MFWS.Session

  private func login(_ way: Login.Way, reconnects: Bool = true) -> Login {
    var login = Login(user: "editor", password: Secret("demo"), way: way)
    login.vault = "Finance"
    login.reconnects = reconnects
    return login
  }

  /// Ends the session at the second GET /session/userid, whatever the way.
  private func endingServer() throws -> InterceptedSandbox {
    try InterceptedSandbox { request, name, count in
      name == "GET /session/userid" && count == 1 ? .notLoggedIn : nil
    }
  }

  @Test(arguments: [Login.Way.session, .token])
  func oneLoginReplacesASessionThatHasEnded(_ way: Login.Way) async throws {
    let server = try endingServer()
    try await withSession(server.url, login(way)) { (session) async throws in
      _ = try await session.userID()
      #expect(try await session.userID() == 2)
      #expect(try await session.vault().name == "Finance")
    }
    let logins = server.count("PUT /session") + server.count("POST /server/authenticationtokens")
    #expect(logins == 2)
    #expect(server.count("GET /session/userid") == 3)
  }

  @Test func withoutReconnectTheCallerIsTold() async throws {
    let server = try endingServer()
    try await withSession(server.url, login(.session, reconnects: false)) { (session) async throws in
      _ = try await session.userID()
      let error = await #expect(throws: MFWSError.self) { try await session.userID() }
      #expect(error?.code == .sessionExpired)
      #expect(session.state == .expired)
    }
    #expect(server.count("PUT /session") == 1)
  }

  @Test func manyRequestsThatFailAtATimeShareOneLogin() async throws {
    let server = try InterceptedSandbox { _, name, count in
      name == "GET /session/userid" && count < 10 ? .notLoggedIn : nil
    }
    try await withSession(server.url, login(.session)) { (session) async throws in
      try await withThrowingTaskGroup(of: Int64.self) { group in
        for _ in 0..<10 { group.addTask { try await session.userID() } }
        for try await number in group { #expect(number == 2) }
      }
    }
    // Those that a busy machine sends late may be refused once more.
    #expect((2...4).contains(server.count("PUT /session")))
  }

  @Test func aRefusalThatANewLoginDoesNotMendIsARefusalOfTheOperation() async throws {
    let server = try InterceptedSandbox { _, name, _ in name == "GET /session/userid" ? .notLoggedIn : nil }
    try await withSession(server.url, login(.session)) { (session) async throws in
      let error = await #expect(throws: MFWSError.self) { try await session.userID() }
      #expect(error?.code == .deniedOperation)
    }
    #expect(server.count("PUT /session") == 2)
    let deadline = ContinuousClock.now + .seconds(50)
    while server.liveSessions > 0, ContinuousClock.now < deadline { await Task.yield() }
    #expect(server.liveSessions == 0)
  }

  @Test func aRefusedLoginIsNotTriedAgain() async throws {
    let server = try InterceptedSandbox { _, name, count in
      (name == "PUT /session" && count > 0) || name == "GET /session/userid" ? .notLoggedIn : nil
    }
    let session = try await Session.open(server.url, login(.session))
    for _ in 0..<3 {
      let error = await #expect(throws: MFWSError.self) { try await session.userID() }
      #expect(error?.code == .deniedCredentials)
    }
    #expect(session.state == .refused)
    #expect(server.count("PUT /session") == 2)
    _ = try? await session.logout()
  }

  /// The balancer sends who was at the first node to the second from then on.
  private func serverThatLosesANode() throws -> InterceptedSandbox {
    var rules = WebService.Rules()
    rules.nodes = 2
    return try InterceptedSandbox(rules) { request, name, count in
      guard name == "GET /session/userid", count == 1 else { return nil }
      for index in request.headers.indices where request.headers[index].name.lowercased() == "cookie" {
        let value = request.headers[index].value
        request.headers[index].value = value.replacing("node1", with: "node2")
      }
      return nil
    }
  }

  @Test func aTokenOfANodeThatIsGoneCostsOneLogin() async throws {
    let server = try serverThatLosesANode()
    try await withSession(server.url, login(.token)) { (session) async throws in
      _ = try await session.userID()
      #expect(try await session.userID() == 2)
    }
    #expect(server.count("POST /server/authenticationtokens") == 2)
  }

  @Test func aTokenOfANodeThatIsGoneIsNamedWithoutReconnect() async throws {
    let server = try serverThatLosesANode()
    try await withSession(server.url, login(.token, reconnects: false)) { (session) async throws in
      _ = try await session.userID()
      let error = await #expect(throws: MFWSError.self) { try await session.userID() }
      #expect(error?.code == .sessionWrongNode)
    }
  }

  @Test func aVaultRefusedToASessionThatHasEndedIsAskedForAgain() async throws {
    let server = try InterceptedSandbox { _, name, count in
      let hasEnded = name == "PUT /session/vault" && count == 0 || name == "GET /session" && count == 0
      return hasEnded ? .notLoggedIn : nil
    }
    try await withSession(server.url, Login(user: "editor", password: Secret("demo"))) {
      (session) async throws in
      #expect(try await session.use("Finance").name == "Finance")
    }
    #expect(server.count("PUT /session") == 2)
  }

  /// Each login asks for so many seconds from its own moment.
  @Test func aNewLoginIsAskedForAsLongAsTheFirst() async throws {
    let server = try InterceptedSandbox()
    var login = login(.session)
    login.expires = .after(seconds: 5)
    let session = try await Session.open(server.url, login)
    let end = try #require(session.expires)
    while Date() < end { try await Task.sleep(for: .milliseconds(50)) }
    #expect(try await session.userID() == 2)
    #expect(server.count("PUT /session") == 2)
    try await session.logout()
  }

  @Test func afterAFixedEndThereIsNoLogin() async throws {
    let server = try InterceptedSandbox { _, name, _ in name == "GET /session/userid" ? .notLoggedIn : nil }
    var login = Login(user: "editor", password: Secret("demo"))
    login.expires = .at(Date().addingTimeInterval(5))
    let session = try await Session.open(server.url, login)
    while Date() < session.expires ?? .distantPast { try await Task.sleep(for: .milliseconds(50)) }
    let error = await #expect(throws: MFWSError.self) { try await session.userID() }
    #expect(error?.code == .sessionExpired)
    #expect(server.count("PUT /session") == 1)
    _ = try? await session.logout()
  }

  /// Nobody sees a new session before it has entered the vault, and one that could not is logged out.
  @Test func aNewLoginThatCannotEnterTheVaultIsLoggedOutAndTriedAgain() async throws {
    let server = try InterceptedSandbox { _, name, count in
      if name == "PUT /session/vault" && (1...3).contains(count) { return WebResponse(status: 503) }
      return name == "GET /session/userid" && count == 0 ? .notLoggedIn : nil
    }
    let session = try await Session.open(server.url, login(.session))
    let error = await #expect(throws: MFWSError.self) { try await session.userID() }
    #expect(error?.code == .serverBusy)
    #expect(try await session.userID() == 2)
    #expect(try await session.vault().name == "Finance")
    try await session.logout()
    let deadline = ContinuousClock.now + .seconds(50)
    while server.liveSessions > 0, ContinuousClock.now < deadline { await Task.yield() }
    #expect(server.liveSessions == 0)
  }

  @Test func aPasswordInHeadersThatIsRefusedIsNotSentAgain() async throws {
    let server = try InterceptedSandbox { _, name, count in
      name == "GET /session/userid" && count > 0 ? .notLoggedIn : nil
    }
    let session = try await Session.open(server.url, login(.headers))
    _ = try await session.userID()
    for _ in 0..<3 {
      let error = await #expect(throws: MFWSError.self) { try await session.userID() }
      #expect(error?.code == .deniedCredentials)
    }
    #expect(server.count("GET /session/userid") == 2)
  }
}
