import FoundationEssentials
import MFWS
import Testing

@testable import Sandbox

/// Bearer tokens, single sign-on, pre-shared keys.
@Suite struct WaysInTests {
  private static let sales = "{0A1B2C3D-0000-4000-8000-000000000001}"

  private static let seed = """
    {"vaults": [{"name": "Sales", "guid": "\(sales)"},
                {"name": "Legal", "guid": "{0A1B2C3D-0000-4000-8000-000000000002}"}],
     "accounts": [
       {"name": "jo", "password": "pw", "vaults": ["Sales"],
        "extra": {"FullName": null, "Nested": [[1, {"a": []}]], "Large": 9007199254740993, "Größe": "äöü"}},
       {"name": "ann", "password": "pw", "windows": true, "domain": "CORP", "vaults": ["Sales"]},
       {"name": "gone", "password": "pw", "windows": true, "domain": "CORP", "vaults": "*", "enabled": false}],
     "plugins": [
       {"name": "Provider", "is_default": true, "protocol": "OpenID", "bridge_class_name": "Bridge",
        "configuration": {"ClientID": "mfsh", "UseIdTokenAsAccessToken": true, "Scope": ["openid"]},
        "configuration_source": {"x": 1}, "userinfo": "http://127.0.0.1:9/userinfo", "account_claim": "email",
        "bearers": {"good": "jo", "windows": "CORP\\\\ann", "of the disabled": "gone"}},
       {"name": "Sales only", "is_scope_independent": false, "vaults": ["Sales"], "bearers": {"scoped": "jo"}}]}
    """

  private func client(_ change: (inout WebService.Rules) -> Void = { _ in }) throws -> Client {
    Client(seed: try SandboxSeed(json: Array(Self.seed.utf8)), change)
  }

  private static func bearer(_ token: String, _ plugin: String = "Provider") -> [WebRequest.Field] {
    [("Authorization", "Bearer \(token)"), ("X-AuthConfig", plugin)]
  }

  // MARK: Bearer

  @Test func `a bearer is somebody, with or without a vault, and no session`() throws {
    var client = try client()
    #expect(client.send("GET", "/session", headers: Self.bearer("good")).body["AccountName"] == "jo")
    #expect(
      client.send("GET", "/session", headers: Self.bearer("windows", "PROVIDER")).body["AccountName"]
        == #"CORP\ann"#)
    let bare = String(Self.sales.dropFirst().dropLast()).lowercased()
    let vault = client.send("GET", "/session/vault", headers: Self.bearer("good") + [("X-Vault", bare)])
    #expect(vault.body["Name"] == "Sales")
    let forbidden = "{0A1B2C3D-0000-4000-8000-000000000002}"
    #expect(
      client.send("GET", "/session", headers: Self.bearer("good") + [("X-Vault", forbidden)]).flags == [
        false, false,
      ])
    let stats = client.service.stats(now: client.now)
    #expect([stats.liveSessions, stats.logins, stats.refusedLogins] == [0, 0, 0])
    let logout = client.send("DELETE", "/session", headers: Self.bearer("good"))
    #expect(logout.body["Message"] == "Current session is not allowed to modify its state.")
  }

  @Test(arguments: [
    [("Authorization", "Bearer good")], bearer("good", "Other"), bearer("of the disabled"),
    bearer("scoped", "Sales only"),
  ])
  func `a bearer that is refused`(headers: [WebRequest.Field]) throws {
    var client = try client()
    #expect(client.send("GET", "/session", headers: headers).flags == [false, false])
    #expect(client.service.stats(now: client.now).refusedLogins == 1)
  }

  @Test func `a plug-in of a vault works with that vault alone, and is listed with it alone`() throws {
    var client = try client()
    let headers = Self.bearer("scoped", "Sales only") + [("X-Vault", Self.sales)]
    #expect(client.send("GET", "/session", headers: headers).status == 200)
    let all = client.send("GET", "/server/authenticationprotocols").body.array
    #expect(all?.map { $0["Name"] } == ["M-Files", "Windows", "Provider"])
    #expect(all?.last?["AssemblyName"] == "MFiles.AuthenticationProviders.OAuth")
    #expect(all?.last?["Configuration"]?["UseIdTokenAsAccessToken"] == true)
    #expect(all?.last?["ConfigurationSource"] == ["x": 1])
    let ofVault = client.send("GET", "/server/authenticationprotocols", query: [("vault", Self.sales)])
    #expect(ofVault.body.array?.map { $0["Name"] } == ["M-Files", "Windows", "Provider", "Sales only"])
  }

  @Test func `an unknown bearer is a question, whose answer is kept for a while`() throws {
    var service = try client().service
    var request = WebRequest(method: "GET", path: "/session", headers: Self.bearer("fresh"))
    guard case .ask(let question) = service.handle(request, now: 100) else {
      Issue.record("no question")
      return
    }
    #expect(question.url == "http://127.0.0.1:9/userinfo" && question.bearer.reveal() == "fresh")
    request.identity = .claims(["email": "JO", "preferred_username": "ann"])
    #expect(status(service.handle(request, now: 100)) == 200)
    request.identity = nil
    #expect(status(service.handle(request, now: 100 + KnownBearers.seconds - 1)) == 200)
    #expect(status(service.handle(request, now: 100 + KnownBearers.seconds)) == nil)
    for answer in [IdentityAnswer.refused, .unreachable, .claims(["email": 7]), .claims(["email": "nobody"])]
    {
      var refused = WebRequest(method: "GET", path: "/session", headers: Self.bearer("other"))
      refused.identity = answer
      #expect(status(service.handle(refused, now: 100)) == 403)
    }
    #expect(service.stats(now: 100).requests == 6)
  }

  /// Nil for a question.
  private func status(_ reply: Reply) -> Int? {
    if case .answer(let response) = reply { response.status } else { nil }
  }

  // MARK: Single sign-on

  private static func proxied(_ user: String, _ secret: String = "between us") -> [WebRequest.Field] {
    [("X-Proxy-Secret", secret), ("X-Remote-User", user)]
  }

  @Test(arguments: [#"CORP\ann"#, #"corp\ANN"#, "ann@CORP", "ann@corp.example.com"])
  func `the trusted proxy says who somebody is`(user: String) throws {
    var client = try client { $0.proxySecret = Password("between us") }
    client.send("GET", "/server/status")
    let before = client.jar["ASP.NET_SessionId"]
    let page = client.send(
      "GET", "/m-files/WebServiceSSO.aspx", headers: Self.proxied(user),
      query: [("popup", "1"), ("vault", String(Self.sales.dropFirst().dropLast()))])
    #expect(page.status == 200 && page.text.hasPrefix("<!DOCTYPE html>"))
    #expect(client.jar["ASP.NET_SessionId"] != before)
    #expect(client.send("GET", "/session").body["AccountName"] == #"CORP\ann"#)
    #expect(client.send("GET", "/session/vault").body["Name"] == "Sales")
    #expect(client.service.stats(now: client.now).liveSessions == 1)
    client.now += WebService.singleSignOnSeconds
    #expect(client.send("GET", "/session").flags == [false, false])
  }

  @Test(
    arguments: [
      (proxied(#"CORP\ann"#, "a guess"), 401), ([("X-Remote-User", #"CORP\ann"#)], 401), ([], 401),
      (proxied(""), 401),
      (proxied("ann"), 403), (proxied("jo"), 403), (proxied(#"CORP\gone"#), 403),
      (proxied("ann@OTHER.CORP"), 403),
    ] as [([WebRequest.Field], Int)])
  func `nobody else is believed`(headers: [WebRequest.Field], status: Int) throws {
    var client = try client { $0.proxySecret = Password("between us") }
    let page = client.send("GET", "/WebServiceSSO.aspx", headers: headers, query: [("popup", "1")])
    #expect(page.status == status && page.text.hasPrefix("<!DOCTYPE html>"))
    if status == 401 { #expect(page.headers("WWW-Authenticate") == ["Negotiate", "NTLM"]) }
    #expect(client.send("GET", "/session").status == 403)
  }

  @Test func `without a trusted proxy nobody is believed at all`() throws {
    var client = try client()
    #expect(client.send("GET", "/WebServiceSSO.aspx", headers: Self.proxied(#"CORP\ann"#)).status == 401)
    #expect(client.send("GET", "/REST/WebServiceSSO.aspx").status == 404)
  }

  // MARK: The rest

  @Test func `a pre-shared key is needed for everything, beside another way in`() throws {
    var client = try client {
      $0.presharedKey = Password("key")
      $0.proxySecret = Password("between us")
    }
    #expect(client.send("GET", "/REST/server/status").flags == [false, false])
    #expect(client.send("GET", "/REST/server/status", headers: [("X-PresharedKey", "guess")]).status == 403)
    #expect(client.send("GET", "/REST/server/status", headers: [("X-PresharedKey", "key")]).status == 200)
    #expect(client.send("GET", "/REST/session", headers: [("X-PresharedKey", "key")]).status == 403)
    #expect(client.send("GET", "/WebServiceSSO.aspx", headers: Self.proxied(#"CORP\ann"#)).status == 403)
    #expect(client.send("GET", "/sandbox/stats").status == 200)
  }

  @Test func `a seed may bring the key`() throws {
    let json = #"{"vaults": [], "accounts": [], "preshared_key": "key"}"#
    var client = Client(seed: try SandboxSeed(json: Array(json.utf8)))
    #expect(client.send("GET", "/server/status").status == 403)
    #expect(client.send("GET", "/server/status", headers: [("X-PresharedKey", "key")]).status == 200)
  }

  @Test func `an account may have what SessionInfo fields it likes`() throws {
    var client = try client()
    client.logIn("jo", "pw")
    let answer = client.send("GET", "/session")
    #expect(answer.body["FullName"] == .null && answer.body["Größe"] == "äöü")
    #expect(answer.body["Nested"] == [[1, ["a": []]]])
    #expect(answer.text.contains(#""Large":9007199254740993"#))
    #expect(answer.body.object?.count == 29)
  }

  @Test func `refused credentials are counted, other refusals are not`() throws {
    var client = Client()
    client.logIn("editor", "wrong")
    _ = client.get("/session", token: client.token("editor", "wrong"))
    client.send("GET", "/session", headers: [("X-Username", "editor"), ("X-Password", "wrong")])
    client.logIn("editor")
    client.send("PUT", "/session/vault", #"{"GUID":"\#(Client.humanResources)"}"#)
    client.send("DELETE", "/session")
    client.send("GET", "/session")
    let stats = client.service.stats(now: client.now)
    #expect(stats.refusedLogins == 3)
    #expect(
      stats.requestsByPath == [
        "PUT /session": 2, "POST /server/authenticationtokens": 1, "GET /session": 3, "PUT /session/vault": 1,
        "DELETE /session": 1,
      ])
  }

  @Test(arguments: [
    (#""plugins":[{"name":"M-Files"}]"#, "plugins[0].name is taken"),
    (#""plugins":[{"name":"A","userinfo":"ftp://x"}]"#, "plugins[0].userinfo must be an address"),
    (
      #""plugins":[{"name":"A","bearers":{"secret":7}}]"#,
      "plugins[0].bearers must map tokens to account names"
    ),
    (#""plugins":[{"name":"A","vaults":"*"}]"#, #"plugins[0].vaults needs "is_scope_independent": false"#),
    (#""plugins":[{"name":"A","is_scope_independent":false}]"#, "plugins[0].vaults is missing"),
    (
      #""plugins":[{"name":"A","configration":{}}]"#,
      #"plugins[0].configration is unknown; did you mean "configuration"?"#
    ),
    (#""preshared_key":7"#, "preshared_key must be a string"),
  ])
  func `a seed with faults`(fields: String, message: String) {
    let error = #expect(throws: SandboxError.self) {
      try SandboxSeed(json: Array("{\"vaults\":[],\"accounts\":[],\(fields)}".utf8))
    }
    #expect(error?.description.hasPrefix("seed: " + message) == true, "\(error?.description ?? "")")
  }
}
