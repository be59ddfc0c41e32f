import MFWS
import Testing

@testable import Sandbox

@Suite struct CookieSessionTests {
  @Test func `a login answers the account's vaults with tokens`() {
    var client = Client()
    let answer = client.logIn("editor")
    #expect(answer.status == 200)
    #expect(answer.body.array?.map { $0["Name"] } == ["Sample Vault", "Finance"])
    #expect(answer.body.array?.first?["GUID"]?.string == Client.sample)
    #expect(answer.body.array?.first?["Authentication"]?.string?.utf8.count == 342)
    #expect(answer.body.array?.first?["DNSNames"] == ["http://127.0.0.1"])
    #expect(client.send("GET", "/REST/session/vaults").body == answer.body)
  }

  @Test(arguments: [
    ("editor", "wrong", ""), ("nobody", "demo", ""), ("leaver", "demo", ""), ("winuser", "demo", ""),
    ("winuser", "demo", #""WindowsUser":true"#), ("winuser", "demo", #""WindowsUser":true,"Domain":"OTHER""#),
    ("editor", "demo", #""WindowsUser":true,"Domain":"SANDBOX""#),
    ("editor", "demo", #""Expiration":"2001-01-01T00:00:00Z""#), ("", "", ""),
  ])
  func `refused logins look alike`(name: String, password: String, more: String) {
    var client = Client()
    let answer = client.logIn(name, password, more: more)
    #expect(answer.status == 403)
    #expect(answer.flags == [false, false])
    #expect(answer.body["Message"] == "Login to application failed")
    #expect(answer.body["ExceptionName"] == "UnauthorizedAccessException")
    #expect(answer.body["Exception"]?["Name"] == "UnauthorizedAccessException")
    #expect(answer.body["URL"] == "/session")
    #expect(answer.body["Method"] == "PUT")
    #expect(answer.body["Status"] == 403)
    #expect(answer.body["Stack"]?.string?.hasPrefix("Error reference ID: ") == true)
    #expect(client.send("GET", "/session").status == 403)
  }

  @Test(arguments: ["winuser", "WinUser"])
  func `a Windows account needs its domain`(name: String) {
    var client = Client()
    #expect(client.logIn(name, more: #""windowsuser":true,"DOMAIN":"sandbox""#).status == 200)
    let info = client.send("GET", "/session").body
    #expect(info["AuthenticationType"] == 2)
    #expect(info["AccountName"] == #"SANDBOX\winuser"#)
  }

  @Test func `vault rights are false until a vault is entered`() {
    var client = Client()
    client.logIn("admin")
    #expect(client.send("GET", "/session").body["HasFullControlOfVault"] == false)
    #expect(client.send("GET", "/session/vault").flags == [false, true])
    #expect(client.send("PUT", "/session/vault", #"{"guid":"\#(Client.sample.lowercased())"}"#).status == 200)
    #expect(client.send("GET", "/session").body["HasFullControlOfVault"] == true)
    #expect(client.send("GET", "/session/vault").body["Name"] == "Sample Vault")
  }

  @Test(arguments: [
    (#"{"Name":"Finance"}"#, 200, nil), (#"{"Name":"Archive"}"#, 409, [false, true]),
    (#"{"Name":"Archive","GUID":"{1E8B4D70-63A2-49CF-8D15-7F20C9B6E3A4}"}"#, 200, nil),
    (#"{"Name":"Nope"}"#, 403, [false, true]), (#"{"GUID":"nonsense"}"#, 403, [false, true]),
    (#"{}"#, 400, [false, true]), (#"[]"#, 400, [false, true]), (#"{"GUID":7}"#, 400, [false, true]),
    ("{", 400, [false, true]), ("", 400, [false, true]),
  ])
  func `entering a vault`(body: String, status: Int, flags: [Bool?]?) {
    var client = Client()
    client.logIn("admin")
    let answer = client.send("PUT", "/session/vault", body)
    #expect(answer.status == status)
    if let flags { #expect(answer.flags == flags) }
  }

  @Test func `a refused vault tells by its flags what was proved`() {
    var client = Client()
    let oneStep = client.logIn("editor", more: #""VaultGuid":"\#(Client.humanResources)""#)
    #expect(oneStep.status == 403)
    #expect(oneStep.flags == [false, false])
    #expect(oneStep.body["Message"] == "Login to vault failed")
    client.logIn("editor")
    let entered = client.send("PUT", "/session/vault", #"{"GUID":"\#(Client.humanResources)"}"#)
    #expect(entered.flags == [false, true])
    #expect(entered.body["Message"] == "Login to vault failed")
  }

  @Test func `uniform refusals differ from a refused login by the text alone`() {
    var client = Client { $0.uniformRefusals = true }
    client.logIn("editor")
    let vault = client.send("PUT", "/session/vault", #"{"GUID":"\#(Client.humanResources)"}"#)
    #expect(vault.flags == [false, false])
    #expect(vault.body["Message"] == "Login to vault failed")
  }

  @Test func `the vault in the login is entered`() {
    var client = Client()
    #expect(client.logIn("editor", more: #""VaultGuid":"\#(Client.sample)""#).status == 200)
    #expect(client.send("GET", "/session/vault").body["GUID"]?.string == Client.sample)
  }

  @Test func `a header names another vault for one request`() {
    var client = Client()
    client.logIn("editor", more: #""VaultGuid":"\#(Client.sample)""#)
    let finance = "6d1a7c52-0b7e-4f7b-9e2d-3c5a81f0b4d1"
    #expect(
      client.send("GET", "/session/vault", headers: [("x-active-vault", finance)]).body["Name"] == "Finance")
    #expect(client.send("GET", "/session/vault").body["Name"] == "Sample Vault")
    let hidden = client.send("GET", "/session", headers: [("X-Active-Vault", Client.humanResources)])
    #expect(hidden.status == 403)
  }

  @Test func `logging out ends the session`() {
    var client = Client()
    let vaultToken = client.logIn("editor").body.array?.first?["Authentication"]?.string ?? ""
    #expect(client.get("/session/vault", token: vaultToken).status == 200)
    let answer = client.send("DELETE", "/session")
    #expect(answer.status == 200)
    #expect(answer.text == #"{"Value":true}"#)
    #expect(client.send("GET", "/session").flags == [false, false])
    #expect(client.get("/session/vault", token: vaultToken).flags == [false, false])
  }

  @Test func `a logout may answer no content`() {
    var client = Client { $0.answersLogoutWithNoContent = true }
    client.logIn("editor")
    let answer = client.send("POST", "/session", query: [("_method", "DELETE")])
    #expect(answer.status == 204)
    #expect(answer.text.isEmpty)
  }

  @Test func `a session without SessionID cannot log out`() {
    var client = Client()
    client.send("PUT", "/session", #"{"Username":"editor","Password":"demo"}"#)
    let answer = client.send("DELETE", "/session")
    #expect(answer.status == 403)
    #expect(answer.body["Message"] == "Current session is not allowed to modify its state.")
    #expect(answer.flags == [false, true])
  }

  @Test func `a session ends at its expiration`() {
    var client = Client()
    client.logIn("editor", more: #""Expiration":"2023-11-14T23:13:21+01:00""#)  // a second after the start
    #expect(client.send("GET", "/session").status == 200)
    client.now += 1
    #expect(client.send("GET", "/session").flags == [false, false])
    #expect(client.service.stats(now: client.now).liveSessions == 0)
  }

  @Test func `a second login by the same cookie ends the first`() {
    var client = Client()
    client.logIn("editor")
    client.logIn("reader")
    #expect(client.send("GET", "/session/userid").body["Value"] == 3)
    let stats = client.service.stats(now: client.now)
    #expect([stats.liveSessions, stats.logins, stats.logouts, stats.requests] == [1, 2, 1, 3])
  }

  @Test func `the session's token carries its vault`() {
    var client = Client()
    client.logIn("editor", more: #""VaultGuid":"\#(Client.sample)""#)
    let token = client.send("GET", "/session/authenticationtoken").value ?? ""
    client.jar = [:]
    #expect(client.get("/session/vault", token: token).body["Name"] == "Sample Vault")
  }

  @Test func `a request without a cookie gets one, with one it does not`() {
    var client = Client()
    let first = client.send("GET", "/server/status").headers("Set-Cookie")
    #expect(first.count == 1)
    #expect(first[0].hasPrefix("ASP.NET_SessionId="))
    #expect(first[0].hasSuffix("; path=/; HttpOnly; SameSite=Lax"))
    #expect(client.send("GET", "/server/status").headers("Set-Cookie").isEmpty)
    client.jar["ASP.NET_SessionId"] = "not such a name"
    #expect(client.send("GET", "/server/status").headers("Set-Cookie").count == 1)
  }
}
