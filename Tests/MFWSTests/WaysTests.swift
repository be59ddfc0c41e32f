import HTTP
import MFWS
@testable import Sandbox
import Testing

/// What travels with each way in.
@Suite struct WaysTests {
  private func headers(_ request: WebRequest, _ name: String) -> [String] {
    request.headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  @Test func aGivenTokenIsUsedAndNeverLoggedOut() async throws {
    let server = try InterceptedSandbox()
    let maker = try await MFWS.Session.open(
      server.url, MFWS.Login(user: "editor", password: Secret("demo")))
    let token = try await maker.authenticationToken()
    try await withSession(server.url, MFWS.Login(.token(token))) { (session) async throws in
      #expect(session.user == "editor")
      #expect(try await session.use("Finance").name == "Finance")
      #expect(try await session.vaults().count == 2)
    }
    #expect(server.count("DELETE /session") == 0)
    #expect(server.liveSessions == 1)
    try await maker.logout()
  }

  @Test func headersGoWithEachRequestAndNothingIsLoggedOut() async throws {
    let server = try InterceptedSandbox()
    var account = MFWS.Login.Account(user: "winuser", password: Secret("demo"))
    account.domain = "SANDBOX"
    account.isWindowsUser = true
    account.way = .headers
    try await withSession(server.url, MFWS.Login(.account(account))) { (session) async throws in
      #expect(try await session.use("Sample Vault").name == "Sample Vault")
    }
    #expect(server.received.allSatisfy { headers($0, "X-Password") == ["demo"] })
    #expect(server.received.allSatisfy { headers($0, "X-Domain") == ["SANDBOX"] })
    #expect(server.received.allSatisfy { !$0.query.contains { $0.value == "demo" } })
    #expect(server.count("DELETE /session") == 0)
  }

  @Test func thePresharedKeyGoesWithEachRequest() async throws {
    let server = try InterceptedSandbox()
    var login = MFWS.Login(user: "editor", password: Secret("demo"), way: .token)
    login.presharedKey = Secret("shared-canary")
    try await withSession(server.url, login) { _ = try await $0.info() }
    #expect(server.names.last == "DELETE /session")
    #expect(server.received.allSatisfy { headers($0, "X-PresharedKey") == ["shared-canary"] })
  }

  /// Who the bearer is, is the played server's secret: it lets everybody in as the account of the header.
  private func bearerServer() throws -> InterceptedSandbox {
    try InterceptedSandbox { request, _, _ in
      let bearer = request.headers.first { $0.name.lowercased() == "authorization" }?.value
      guard bearer == "Bearer good" else { return .notLoggedIn }
      request.headers += [("X-Username", "editor"), ("X-Password", "demo")]
      return nil
    }
  }

  @Test func aBearerNamesItsPluginAndItsVault() async throws {
    let server = try bearerServer()
    let login = MFWS.Login(.bearer(GivenBearer(Secret("good")), plugin: "Azure"))
    try await withSession(server.url, login) { (session) async throws in
      #expect(session.user == "editor")
      _ = try await session.use("Finance")
      _ = try await session.info()
    }
    #expect(server.received.allSatisfy { headers($0, "X-AuthConfig") == ["Azure"] })
    let last = try #require(server.received.last)
    #expect(headers(last, "X-Vault") == ["{6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1}"])
    #expect(server.count("DELETE /session") == 0)
  }

  @Test func arefusedBearerIsSentOnce() async throws {
    let server = try bearerServer()
    let login = MFWS.Login(.bearer(GivenBearer(Secret("bad")), plugin: "Azure"))
    let error = await #expect(throws: MFWSError.self) { try await MFWS.Session.open(server.url, login) }
    #expect(error?.code == .deniedCredentials)
    #expect(server.names == ["GET /session"])
  }

  /// Renews itself once it was refused.
  private actor Renewed: BearerSource {
    private var text = "bad"
    func bearer() -> Secret { Secret(text) }
    func invalidate() -> Bool {
      defer { text = "good" }
      return text == "bad"
    }
    init(_ text: String) { self.text = text }
    func spoil() { text = "bad" }
  }

  @Test func aBearerThatHasEndedIsRenewed() async throws {
    let server = try bearerServer()
    let source = Renewed("good")
    let session = try await MFWS.Session.open(server.url, MFWS.Login(.bearer(source, plugin: nil)))
    await source.spoil()
    #expect(try await session.userID() == 2)
    try await session.logout()
  }

  @Test func aNameOfSeveralVaultsBringsTheCandidates() async throws {
    let server = try InterceptedSandbox()
    try await withSession(server.url, MFWS.Login(user: "admin", password: Secret("demo"))) {
      (session) async throws in
      let error = await #expect(throws: MFWSError.self) { try await session.use("Archive") }
      #expect(error?.code == .requestConflict)
      #expect(error?.candidates.map(\.name) == ["Archive", "Archive"])
    }
  }

  @Test func waysInAreNamed() async throws {
    let server = try SandboxServer()
    let ways = try await Server(server.url).waysIn()
    #expect(
      ways.map(\.description) == ["\"M-Files\" (user=)", "\"Windows\" (user= and domain=, or sso=true)"])
  }
}

/// Verbs and paths as web servers want them.
@Suite struct StyleTests {
  private func style(_ verbs: ResourceStyle.Verbs, _ paths: ResourceStyle.Paths? = nil) -> ClientConfiguration
  {
    var configuration = ClientConfiguration()
    configuration.style.verbs = verbs
    configuration.style.paths = paths
    return configuration
  }

  private func work(_ url: String, _ configuration: ClientConfiguration) async throws {
    let login = MFWS.Login(user: "editor", password: Secret("demo"))
    try await withSession(url, login, configuration: configuration) { (session) async throws in
      #expect(try await session.use("Finance").name == "Finance")
      #expect(try await session.userID() == 2)
    }
  }

  @Test(arguments: ResourceStyle.Paths.allCases, ResourceStyle.Verbs.allCases)
  func everyStyleWorks(_ paths: ResourceStyle.Paths, _ verbs: ResourceStyle.Verbs) async throws {
    let server = try InterceptedSandbox()
    try await work(server.url, style(verbs, paths))
    let first = try #require(server.received.first)
    #expect(first.method == (verbs == .plain ? "PUT" : "POST"))
    let path =
      switch paths {
      case .plain: "/REST/session"
      case .aspx: "/REST/session.aspx"
      case .ashx: "/REST/MFWS.ashx"
      }
    #expect(first.path == path)
    #expect(server.liveSessions == 0)
  }

  @Test func blockedVerbsAreRecognisedOnce() async throws {
    var rules = WebService.Rules()
    rules.site.verbs = .postOnly
    let server = try InterceptedSandbox(rules)
    try await work(server.url, style(.plain))
    #expect(server.received.filter { $0.method == "PUT" }.count == 1)
    #expect(server.received.filter { $0.method == "DELETE" }.count == 0)
    #expect(server.liveSessions == 0)
  }

  @Test func anOverrideThatIsRefusedIsLeftOut() async throws {
    let server = try InterceptedSandbox { request, _, _ in
      request.method == "POST" ? WebResponse(status: 501) : nil
    }
    try await work(server.url, style(.override))
    #expect(server.received.filter { $0.method == "POST" }.count == 1)
  }

  @Test func aPathIsOneValueOfTheQuery() throws {
    var style = ResourceStyle()
    style.paths = .ashx
    let address = try BaseURL("host").resource("/session&_method=DELETE/a b%20c?d=e", style)
    #expect(
      address
        == "https://host/REST/MFWS.ashx?restPath=session%26_method%3DDELETE/a%20b%2520c&d=e")
  }

  @Test(arguments: [
    ("https://host/m-files/REST/session.aspx", "https://host/m-files/REST/session/vault.aspx?a=b"),
    ("https://host/MFWS.ashx", "https://host/REST/MFWS.ashx?restPath=session/vault&a=b"),
    ("https://host/REST/MFWS.ashx", "https://host/REST/MFWS.ashx?restPath=session/vault&a=b"),
    ("https://host/m-files/Default.aspx", "https://host/m-files/REST/session/vault?a=b"),
  ])
  func anAddressThatWasCopiedTellsTheStyle(_ address: String, _ resource: String) throws {
    #expect(try BaseURL(address).resource("/session/vault?a=b", ResourceStyle()) == resource)
  }
}
