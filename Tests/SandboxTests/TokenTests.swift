import MFWS
import Testing

@testable import Sandbox

@Suite struct TokenTests {
  private static let plainHeaders: [WebRequest.Field] = [("X-Username", "editor"), ("X-Password", "demo")]

  @Test func `wrong credentials get a token that works nowhere`() {
    var client = Client()
    let token = client.token("editor", "wrong")
    #expect(token.utf8.count == 342)
    #expect(client.get("/session", token: token).flags == [false, false])
    #expect(client.service.stats(now: client.now).logins == 0)
  }

  @Test func `a token counts as a session from its first use to the logout`() {
    var client = Client()
    client.keepsCookies = false
    let token = client.token("editor")
    #expect(client.service.stats(now: client.now).liveSessions == 0)
    #expect(client.get("/session", token: token).body["AccountName"] == "editor")
    #expect(client.get("/session", token: token).status == 200)
    #expect(client.service.stats(now: client.now).liveSessions == 1)
    let vaultToken = client.get("/session/vaults", token: token).body.array?.first?["Authentication"]?.string
    #expect(client.send("DELETE", "/session", headers: [("X-Authentication", token)]).status == 200)
    #expect(client.get("/session", token: token).flags == [false, false])
    #expect(client.get("/session", token: vaultToken ?? "").flags == [false, false])
    let stats = client.service.stats(now: client.now)
    #expect([stats.liveSessions, stats.logins, stats.logouts] == [0, 1, 1])
  }

  @Test func `tokens under one SessionID end together, those of others do not`() {
    var client = Client()
    let (first, second, foreign) = (client.token("editor"), client.token("editor"), client.token("reader"))
    client.send("DELETE", "/session", headers: [("X-Authentication", first)])
    #expect(client.get("/session", token: second).status == 403)
    #expect(client.get("/session", token: foreign).status == 200)
  }

  @Test(arguments: [
    ("2023-11-14T22:13:21Z", true), ("2023-11-14T22:13:20.0001Z", true), ("2023-11-14T22:13:21", true),
    ("2023-11-14T23:13:21+01:00", true), ("2023-11-14T22:13:20Z", false),
    ("2023-11-14T22:13:20.5+01:00", false),
    ("1999-12-31T23:59:59Z", false),
  ])
  func `an expiration is honoured`(text: String, isAlive: Bool) {
    var client = Client()
    let token = client.token("editor", more: #""Expiration":"\#(text)""#)
    #expect(client.get("/session", token: token).status == (isAlive ? 200 : 403))
    client.now += 1
    #expect(client.get("/session", token: token).flags == [false, false])
  }

  @Test(arguments: ["tomorrow", "2023-13-01T00:00:00Z", "2023-11-14", "2023-11-14T22:13:21Zx", ""])
  func `nonsense is no expiration`(text: String) {
    var client = Client()
    let body = #"{"Username":"editor","Password":"demo","Expiration":"\#(text)"}"#
    #expect(client.send("POST", "/server/authenticationtokens", body).status == 400)
  }

  @Test func `an application-level token enters a vault by header`() {
    var client = Client()
    let token = client.token("editor")
    #expect(client.get("/session/vault", token: token).flags == [false, true])
    #expect(client.get("/session/vault", token: token, vault: Client.sample).body["Name"] == "Sample Vault")
    #expect(client.get("/session/vault", token: token, vault: Client.humanResources).flags == [false, true])
  }

  @Test func `a token for a forbidden vault is refused in one step`() {
    var client = Client()
    let good = client.token("editor", more: #""VaultGuid":"\#(Client.sample)""#)
    #expect(client.get("/session/vault", token: good).body["Name"] == "Sample Vault")
    let bad = client.token("editor", more: #""VaultGuid":"\#(Client.humanResources)""#)
    let answer = client.get("/session", token: bad)
    #expect(answer.flags == [false, false])
    #expect(answer.body["Message"] == "Login to vault failed")
    let odd = client.token("editor", more: #""VaultGuid":"nonsense""#)
    #expect(client.get("/session", token: odd).body["Message"] == "Login to vault failed")
  }

  @Test func `header logins cannot change a session`() {
    var client = Client()
    let token = client.token("editor")
    let body = #"{"Username":"editor","Password":"demo","Name":"Finance"}"#
    for headers in [[("X-Authentication", token)], Self.plainHeaders] {
      for path in ["/session", "/session/vault"] {
        let answer = client.send("PUT", path, body, headers: headers)
        #expect(answer.status == 403)
        #expect(answer.body["Message"] == "Current session is not allowed to modify its state.")
        #expect(answer.flags == [false, true])
      }
    }
    let plain = client.send("DELETE", "/session", headers: Self.plainHeaders)
    #expect(plain.body["Message"] == "Current session is not allowed to modify its state.")
  }

  @Test func `plain headers and query parameters log in without a session`() {
    var client = Client()
    let headers: [WebRequest.Field] = [("X-USERNAME", "editor"), ("X-Password", "demo")]
    let answer = client.send("GET", "/session", headers: headers)
    #expect(answer.body["AccountName"] == "editor")
    let query: [WebRequest.Field] = [("username", "reader"), ("password", "demo"), ("vault", Client.sample)]
    #expect(client.send("GET", "/session/vault", query: query).body["Name"] == "Sample Vault")
    #expect(
      client.send("GET", "/session", headers: headers, query: query).body["AccountName"] == "editor")
    let hidden = client.send("GET", "/session", headers: headers + [("X-Vault", Client.humanResources)])
    #expect(hidden.flags == [false, false])
    let windows: [WebRequest.Field] = [
      ("X-Username", "winuser"), ("X-Password", "demo"), ("X-WindowsUser", "true"), ("X-Domain", "SANDBOX"),
    ]
    #expect(client.send("GET", "/session", headers: windows).status == 200)
    let stats = client.service.stats(now: client.now)
    #expect([stats.liveSessions, stats.logins] == [0, 0])
  }

  @Test func `plain callers get vault-level tokens too`() {
    var client = Client()
    let vaults = client.send("GET", "/session/vaults", headers: Self.plainHeaders)
    let token = vaults.body.array?.last?["Authentication"]?.string ?? ""
    #expect(client.get("/session/vault", token: token).body["Name"] == "Finance")
    #expect(client.service.stats(now: client.now).liveSessions == 0)
  }

  @Test func `the auth parameter is a token`() {
    var client = Client()
    let token = client.token("editor")
    #expect(client.send("GET", "/session", query: [("auth", token)]).status == 200)
  }

  @Test func `a session that ended leaves nothing behind`() throws {
    var store = SessionStore()
    let session = Session(
      account: 0, node: 0, sessionID: "s", expires: nil, isReadOnly: false, cookie: "cookie")
    let id = try store.open(session, now: 1)
    let token = store.token(for: id, vault: nil)
    #expect(store.ticket(token)?.session == id)
    store.logOut(id)
    #expect(store.ticket(token)?.session == nil)
    #expect(store.session(cookie: "cookie") == nil)
    #expect(store.sessions.isEmpty)
  }

  @Test func `a full store refuses`() throws {
    var store = SessionStore(limit: 1)
    let session = Session(account: 0, node: 0, sessionID: nil, expires: 5, isReadOnly: false)
    _ = try store.open(session, now: 1)
    #expect(throws: Refusal.self) { _ = try store.open(session, now: 1) }
    _ = try store.open(session, now: 6)
  }
}
