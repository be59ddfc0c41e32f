import HTTP
import MFWS
import Sandbox
import Testing

/// Both ways in, against the sandbox.
@Suite struct SessionTests {
  let server: SandboxServer

  init() throws { server = try SandboxServer() }

  private func login(
    _ user: String, _ way: Login.Way, password: String = "demo", vault: String? = nil
  ) -> Login {
    var login = Login(user: user, password: Secret(password), way: way)
    login.vault = vault
    return login
  }

  @Test(arguments: Login.Way.allCases)
  func logsInReadsAndLogsOut(_ way: Login.Way) async throws {
    let name = try await withSession(server.url, login("editor", way)) { session in
      #expect(try await session.vaults().map(\.name) == ["Sample Vault", "Finance"])
      #expect(try await session.use("Finance").name == "Finance")
      #expect(try await session.vault().name == "Finance")
      #expect(try await session.userID() > 0)
      #expect(try await session.authenticationToken().count == 342)
      #expect(server.stats.liveSessions == (way == .headers ? 0 : 1))
      return try await session.info().accountName
    }
    #expect(name == "editor")
    #expect(server.stats.liveSessions == 0)
  }

  @Test(arguments: Login.Way.allCases)
  func tellsARefusedAccountFromARefusedVault(_ way: Login.Way) async throws {
    let refused = await #expect(throws: MFWSError.self) {
      try await Session.open(server.url, login("editor", way, password: "wrong"))
    }
    #expect(refused?.code == .deniedCredentials)
    #expect(refused?.status == 403)
    for uniform in [false, true] {
      var configuration = SandboxConfiguration()
      configuration.uniformRefusals = uniform
      let server = try SandboxServer(configuration)
      let vault = await #expect(throws: MFWSError.self) {
        try await Session.open(server.url, login("editor", way, vault: "Human Resources"))
      }
      #expect(vault?.code == .deniedVault)
      #expect(server.stats.liveSessions == 0)
    }
  }

  @Test(arguments: [Login.Way.session, .token])
  func aSessionThatIsDroppedIsLoggedOut(_ way: Login.Way) async throws {
    var session: Session? = try await Session.open(server.url, login("editor", way))
    _ = try await session?.info()
    session = nil
    let deadline = ContinuousClock.now + .seconds(50)
    while server.stats.liveSessions > 0, ContinuousClock.now < deadline { await Task.yield() }
    #expect(server.stats.liveSessions == 0)
  }
}

/// The register of what must be logged out.
@Suite struct OpenSessionsTests {
  @Test func aSessionIsLoggedOutOnceHoweverOftenItIsClosed() async throws {
    let server = try SandboxServer()
    let sessions = OpenSessions()
    let opened = try await Session.open(
      server.url, Login(user: "editor", password: Secret("demo")), configuration: ClientConfiguration(),
      http: HTTPClient(), sessions: sessions)
    let before = server.stats.requests
    opened.session.close()
    sessions.closeAll()
    sessions.closeAll()
    let deadline = ContinuousClock.now + .seconds(50)
    while sessions.pending > 0, ContinuousClock.now < deadline { await Task.yield() }
    #expect(sessions.count == 0)
    #expect(server.stats.requests == before + 1)
  }
}
