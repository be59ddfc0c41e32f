import MFWS
import Testing

@testable import Sandbox

@Suite struct ResourceTests {
  @Test(arguments: [
    "/session", "/REST/session", "/m-files/REST/session", "/rest/SESSION", "/REST/session.aspx",
    "/REST/session/", "/REST/Session.ASHX", "//REST//session",
  ])
  func `spellings of one resource`(path: String) {
    var client = Client()
    client.logIn("editor")
    #expect(client.send("GET", path).body["AccountName"] == "editor")
  }

  @Test func `verbs and paths come wrapped`() {
    var client = Client()
    let login = #"{"Username":"editor","Password":"demo","SessionID":"x"}"#
    #expect(client.send("POST", "/REST/session.aspx", login, query: [("_METHOD", "put")]).status == 200)
    let vaults = client.send("GET", "/REST/MFWS.ashx", query: [("restPath", "session/vaults")])
    #expect(vaults.body.array?.count == 2)
    let user = client.send("GET", "/m-files/mfws.ashx", query: [("restpath", "/REST/session/userid.aspx")])
    #expect(user.body["Value"] == 2)
    #expect(client.send("GET", "/REST/session", query: [("_method", "DELETE")]).status == 200)
    #expect(client.send("POST", "/REST/session", query: [("_method", "GET")]).status == 405)
    let logout = client.send("POST", "/REST/MFWS.ashx", query: [("restPath", "session?_method=DELETE")])
    #expect(logout.body["Value"] == true)
    #expect(client.send("GET", "/session").status == 403)
  }

  @Test(arguments: [
    ("GET", "/nope", 404), ("GET", "/REST", 404), ("GET", "/", 404), ("GET", "/session/vaults/1", 404),
    ("POST", "/session", 405), ("DELETE", "/session/vault", 405), ("PATCH", "/session", 405),
    ("GET", "/server/authenticationtokens", 405), ("GET", "/REST/MFWS.ashx", 404),
  ])
  func `what does not exist`(method: String, path: String, status: Int) {
    var client = Client()
    let answer = client.send(method, path)
    #expect(answer.status == status)
    #expect(answer.body["Status"] == .integer(Int64(status)))
    #expect(answer.flags == [false, false])
    client.logIn("editor", more: #""VaultGuid":"\#(Client.sample)""#)
    #expect(client.send(method, path).flags == [true, true])
  }

  @Test func `an unknown resource is NotFoundException`() {
    var client = Client()
    let answer = client.send("GET", "/REST/Objects/1")
    #expect(answer.body["ExceptionName"] == "NotFoundException")
    #expect(answer.body["URL"] == "/Objects/1")
    #expect(answer.headers("Content-Type") == ["application/json; charset=utf-8"])
    #expect(answer.headers("Cache-Control") == ["private"])
  }

  @Test(arguments: ["PUT", "DELETE"])
  func `blocked verbs meet the page of IIS`(method: String) {
    var client = Client { $0.site.verbs = .postOnly }
    let answer = client.send(method, "/REST/session", #"{"Username":"editor","Password":"demo"}"#)
    #expect(answer.status == 405)
    #expect(answer.headers("Content-Type") == ["text/html"])
    #expect(answer.text.contains("<h2>405 - HTTP verb used to access this page is not allowed.</h2>"))
    let wrapped = client.send(
      "POST", "/session", #"{"Username":"editor","Password":"demo"}"#, query: [("_method", "PUT")])
    #expect(wrapped.status == 200)
  }

  @Test func `the server tells about itself without a login`() {
    var client = Client()
    #expect(client.send("GET", "/server/status").text == #"{"Successful":true,"Message":""}"#)
    let vaults = client.send("GET", "/server/vaults", query: [("online", "true")]).body.array
    #expect(vaults?.count == 5)
    #expect(vaults?.allSatisfy { $0["Authentication"] == nil } == true)
    #expect(client.send("GET", "/server/publickey").body["Exponent"] == "AQAB")
    #expect(client.send("GET", "/server/publickey").body["Modulus"]?.string?.utf8.count == 342)
    #expect(client.send("GET", "/server/capabilities").body.object?.count == 47)
    let protocols = client.send("GET", "/server/authenticationprotocols").body.array
    #expect(protocols?.map { $0["Name"] } == ["M-Files", "Windows"])
    #expect(protocols?.map { $0["IsDefault"] } == [true, false])
  }

  @Test(arguments: [
    ("admin", true, true, true, 1, "Named"), ("editor", false, true, true, 1, "Named"),
    ("reader", false, false, true, 3, "ReadOnly"), ("concurrent", false, true, true, 2, "Concurrent"),
    ("external", false, true, false, 1, "Named"),
  ])
  func `rights follow the account`(
    name: String, isMaster: Bool, canCreate: Bool, isInternal: Bool, license: Int64, label: String
  ) {
    var client = Client()
    client.logIn(name, more: #""VaultGuid":"\#(Client.sample)""#)
    let info = client.send("GET", "/session").body
    #expect(info["HasFullControlOfVault"]?.bool == isMaster)
    #expect(info["IsAdminUser"]?.bool == isMaster)
    #expect(info["CanCreateobjects"]?.bool == canCreate)
    #expect(info["LicenseAllowsModifications"]?.bool == canCreate)
    #expect(info["InternalUser"]?.bool == isInternal)
    #expect(info["isReadOnlyLicense"]?.bool == (license == 3))
    #expect(info["licenseType"]?.integer == license)
    #expect(info["licenseString"]?.string == label)
    #expect(info["ServerVaultCapabilities"]?.object?.count == 47)
    #expect(info.object?.count == 26)
  }

  @Test func `a read-only login modifies nothing`() {
    var client = Client()
    client.logIn("admin", more: #""ReadOnly":true,"VaultGuid":"\#(Client.sample)""#)
    #expect(client.send("GET", "/session").body["LicenseAllowsModifications"] == false)
  }

  @Test func `an account without vaults may log in`() {
    var client = Client()
    #expect(client.logIn("novault").body == [])
    #expect(client.send("GET", "/session").status == 200)
  }

  @Test func `stats need no login`() {
    var client = Client()
    let answer = client.send("GET", "/sandbox/stats")
    #expect(
      answer.text
        == #"{"live_sessions":0,"live_licenses":0,"highest_live_sessions":0,"highest_live_licenses":0,"logins":0,"#
        + #""logouts":0,"refused_logins":0,"requests":1,"connections":0,"handshakes":0,"requests_by_path":{}}"#
    )
  }

  @Test func `text is escaped`() {
    let text = JSONText.object([("a\"\\\u{1}\n", .string("é\u{1F}"))])
    #expect(String(decoding: text.bytes, as: UTF8.self) == #"{"a\"\\\u0001\u000a":"é\u001f"}"#)
  }
}
