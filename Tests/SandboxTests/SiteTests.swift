import MFWS
import Testing

@testable import Sandbox

/// The web server around the service.
@Suite struct SiteTests {
  @Test(arguments: [
    ("/", 200, "<title>IIS Windows Server</title>"), ("/REST/session", 404, "<title>404 - File"),
    ("/m-files", 200, "<title>M-Files Web - Log in</title>"),
    ("/m-files/", 200, "<title>M-Files Web - Log in</title>"),
    ("/M-FILES/rest/server/status", 200, #""Successful":true"#),
    ("/m-files/session", 404, "<title>404 - File"),
    ("/m-files/REST/nope", 404, "NotFoundException"), ("/m-files/WebServiceSSO.aspx", 401, "<title>401"),
    ("/WebServiceSSO.aspx", 404, "<title>404 - File"), ("/m-files/REST/MFWS.ashx", 404, "NotFoundException"),
  ])
  func `everything lives in a folder`(path: String, status: Int, text: String) {
    var client = Client { $0.site.folder = ["m-files"] }
    let answer = client.send("GET", path)
    #expect(answer.status == status && answer.text.contains(text), "\(answer.text)")
    #expect(client.send("GET", "/sandbox/stats").status == 200)
  }

  @Test func `only MFWS.ashx`() {
    var client = Client { $0.site.takesOnlyAshx = true }
    #expect(client.send("GET", "/REST/session/vaults").text.contains("<title>404"))
    let login = #"{"Username":"editor","Password":"demo","SessionID":"x"}"#
    let path = [("restPath", "session"), ("_method", "PUT")]
    #expect(client.send("POST", "/REST/MFWS.ashx", login, query: path).status == 200)
    #expect(
      client.send("GET", "/REST/MFWS.ashx", query: [("restPath", "session/vaults")]).body.array?.count == 2)
  }

  @Test func `only plain verbs`() {
    var client = Client { $0.site.verbs = .plainOnly }
    let login = #"{"Username":"editor","Password":"demo","SessionID":"x"}"#
    #expect(client.send("POST", "/session", login, query: [("_method", "PUT")]).status == 405)
    #expect(client.send("PUT", "/session", login).status == 200)
  }

  @Test func `a 501 for plain verbs`() {
    var client = Client { $0.site.verbs = .postOnly501 }
    #expect(client.send("DELETE", "/session").status == 501)
    #expect(client.send("POST", "/session", query: [("_method", "DELETE")]).status == 403)
  }

  @Test func `the header fields of IIS, and a clock that is wrong`() {
    var plain = Client()
    #expect(plain.send("GET", "/server/status").headers("Date") == ["Tue, 14 Nov 2023 22:13:20 GMT"])
    #expect(plain.send("GET", "/server/status").headers("Server").isEmpty)
    var client = Client {
      $0.sendsIISHeaders = true
      $0.clockSkew = -7200
    }
    let answer = client.send("GET", "/server/status")
    #expect(answer.headers("Date") == ["Tue, 14 Nov 2023 20:13:20 GMT"])
    #expect(answer.headers("Server") == ["Microsoft-IIS/10.0"])
    #expect(answer.headers("X-Powered-By") == ["ASP.NET"])
  }

  @Test(arguments: [
    (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (4_102_444_800, "Fri, 01 Jan 2100 00:00:00 GMT"),
  ])
  func `dates of HTTP`(seconds: Double, text: String) { #expect(HTTPDate.text(seconds) == text) }

  @Test func `a stopped M-Files Server`() {
    var client = Client { $0.site.mode = .stopped }
    let status = client.send("GET", "/server/status")
    #expect(status.status == 503)
    #expect(status.text == #"{"Successful":false,"Message":"M-Files Server is not running."}"#)
    let login = client.logIn("editor")
    #expect(login.status == 503 && login.body["ExceptionName"] == "ServiceUnavailableException")
    #expect(client.send("GET", "/server/vaults").status == 503)
    #expect(client.send("GET", "/server/publickey").status == 200)
    #expect(client.token("editor").utf8.count == 342)
    #expect(client.send("GET", "/WebServiceSSO.aspx").status == 503)
  }

  @Test func `a server without the web service, and one behind a login page`() {
    var bare = Client { $0.site.mode = .iisOnly }
    #expect(bare.send("GET", "/").text.contains("IIS Windows Server"))
    #expect(bare.send("GET", "/REST/server/status").status == 404)
    var gate = Client { $0.site.mode = .loginPage }
    #expect(gate.logIn("editor").text.contains("<title>M-Files Web - Log in</title>"))
    #expect(gate.send("GET", "/sandbox/stats").body["requests"] == 2)
  }

  @Test func `a node that stops takes its sessions along`() {
    var client = Client { $0.nodes = 2 }
    client.logIn("editor")
    let cookie = client.jar["mfilesmsm"]
    var other = client
    other.jar = [:]
    _ = other.send("GET", "/server/status")
    other.jar = ["mfilesmsm": "node1"]
    let token = other.token("editor")
    #expect(other.get("/session", token: token).status == 200)
    client.service = other.service
    #expect(client.send("POST", "/sandbox/nodes", #"{"stop":1}"#).text == #"{"running":[2],"stopped":[1]}"#)
    #expect(cookie == "node1" && client.service.stats(now: client.now).liveSessions == 0)
    #expect(client.send("GET", "/session").flags == [false, false])
    #expect(client.jar["mfilesmsm"] == "node2")
    #expect(client.get("/session", token: token).body["ExceptionName"] == "ForbiddenException")
    #expect(client.send("POST", "/sandbox/nodes", #"{"start":1}"#).text == #"{"running":[1,2],"stopped":[]}"#)
    client.jar["mfilesmsm"] = "node1"
    #expect(client.get("/session", token: token).status == 200)
    #expect(client.send("POST", "/sandbox/nodes", #"{"stop":3}"#).status == 400)
  }
}

/// The pool of concurrent licences.
@Suite struct LicenseTests {
  @Test func `a pool runs dry and is filled by logouts and by time`() {
    var first = Client { $0.licenses = 1 }
    first.logIn("concurrent", more: #""Expiration":"2023-11-14T22:13:30Z""#)
    #expect(first.service.stats(now: first.now).liveLicenses == 1)
    var second = first
    second.jar = [:]
    let refused = second.logIn("concurrent")
    #expect(refused.status == 403 && refused.flags == [false, false])
    #expect(refused.body["ExceptionName"] == "LicenseException")
    #expect(second.logIn("editor").status == 200)
    second.jar = [:]
    let token = second.token("concurrent")
    #expect(second.get("/session", token: token).body["ExceptionName"] == "LicenseException")
    second.now += 11
    #expect(second.get("/session", token: token).status == 200)
    #expect(second.service.stats(now: second.now).liveLicenses == 1)
    second.send("DELETE", "/session", headers: [("X-Authentication", token)])
    #expect(second.logIn("concurrent").status == 200)
    #expect(second.service.stats(now: second.now).refusedLogins == 0)
  }

  @Test func `a second login by the same cookie needs no second licence`() {
    var client = Client { $0.licenses = 1 }
    #expect(client.logIn("concurrent").status == 200)
    #expect(client.logIn("concurrent").status == 200)
  }
}
