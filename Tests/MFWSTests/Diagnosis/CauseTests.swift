import HTTP
import Testing

@testable import MFWS

/// Each cause that keeps people out has its own words, its verdict and its remedy.
struct CauseTests {
  private static let certificate = ServerCertificate(
    subject: "CN=h", issuer: "CN=ca", notBefore: 0, notAfter: CannedServer.now - 86400)

  private func failing(_ code: HTTPError.Code, _ reason: HTTPError.Reason? = nil) -> CannedServer {
    var server = CannedServer(["*": .failed(code)])
    server.reason = reason
    return server
  }

  // MARK: the connection

  @Test func aNameWithoutAddress() throws {
    #expect(
      try failing(.dns).complaints(about: "nowhere") == [
        "wrong dns: the name nowhere has no address → check its spelling, the VPN and the name server: getent hosts nowhere",
        "-",
      ])
  }

  @Test func aWrongPort() throws {
    var server = failing(.connect)
    #expect(
      try server.complaints(about: "h:81") == [
        "wrong connection: nothing answers at h, port 81 → check the port, the firewall and whether the web server runs",
        "-",
      ])
    server.answers["GET https://h/"] = .page(200, "")
    #expect(
      try server.complaints(about: "h:81") == [
        "wrong connection: nothing answers at h, port 81 → the port seems to be wrong; run: mfsh doctor https://h",
        "-",
      ])
    #expect(
      try failing(.timeout).complaints(about: "h").first?.hasPrefix(
        "wrong connection: h, port 443 does not answer in time → ") == true)
  }

  @Test func theWrongScheme() throws {
    #expect(
      try failing(.tls, .notTLS).complaints(about: "https://h:8080/m-files") == [
        "wrong tls: port 8080 speaks plain HTTP, not TLS → run: mfsh doctor http://h:8080/m-files", "-",
      ])
    #expect(
      try failing(.reset, .needsTLS).complaints(about: "http://h:8443") == [
        "wrong tls: port 8443 speaks TLS, not plain HTTP → run: mfsh doctor https://h:8443", "-",
      ])
    // A web server that says so itself.
    var polite = CannedServer(["*": .page(400, "The plain HTTP request was sent to HTTPS port")])
    polite.answers["GET https://h:8443/"] = .page(200, "")
    #expect(
      try polite.complaints(about: "http://h:8443") == [
        "wrong tls: port 8443 speaks TLS, not plain HTTP → run: mfsh doctor https://h:8443", "-",
      ])
  }

  @Test(arguments: [
    (
      HTTPError.Reason.certificateExpired,
      "the certificate of CN=h has expired on 1994-11-05 → renew it in the web server, or set this computer's clock if it is wrong"
    ),
    (
      .untrustedAuthority,
      "the certificate of CN=h, issued by CN=ca, is not trusted here → give the authority's certificate: mfsh doctor --cacert FILE h"
    ),
    (
      .wrongHostName,
      "the certificate of CN=h is not for h → use the name that the certificate is for"
    ),
  ])
  func aBadCertificate(_ reason: HTTPError.Reason, _ words: String) throws {
    var server = failing(.tls, reason)
    server.certificate = Self.certificate
    #expect(try server.complaints(about: "h") == ["wrong tls: \(words)", "-"])
  }

  @Test func aCertificateThatEndsSoon() throws {
    var server = CannedServer.healthy("https://h")
    server.answers["GET https://h/"] = .page(200, "", daysLeft: 5)
    #expect(
      try server.complaints(about: "h") == [
        "doubtful tls: certificate of CN=h, 5 days left, issued by CN=ca → renew the certificate in the web server",
        "https://h",
      ])
  }

  @Test func plainHTTPToAnotherMachine() throws {
    #expect(
      try CannedServer.healthy("http://h").complaints(about: "http://h") == [
        "wrong tls: plain HTTP: passwords would travel unencrypted, and mfsh sends none → run: mfsh doctor https://h",
        "http://h",
      ])
  }

  @Test func aProxy() throws {
    var server = failing(.proxy)
    server.environment = ["https_proxy": "http://me:secret@proxy:3128"]
    #expect(
      try server.complaints(about: "h") == [
        "wrong proxy: http://proxy:3128, by https_proxy, fails: words of the network layer → check its address and whether it lets h through; no_proxy=h goes round it",
        "-",
      ])
    var healthy = CannedServer.healthy("https://h.example.com")
    healthy.environment = server.environment
    let proxied = try healthy.diagnosis(of: "h.example.com").findings.map(CannedServer.line)
    #expect(proxied.contains("fine proxy: through http://proxy:3128, by https_proxy"))
    healthy.environment["no_proxy"] = "localhost,.example.com"
    let direct = try healthy.diagnosis(of: "h.example.com").findings.map(CannedServer.line)
    #expect(direct.contains("fine proxy: none: https_proxy is set, but no_proxy has .example.com"))
  }

  // MARK: the clock

  @Test(arguments: [
    ("Sun, 06 Nov 1994 10:49:37 GMT", "wrong clock: the server's clock is 2 hours ahead of this computer's"),
    (
      "Sun, 06 Nov 1994 08:48:07 GMT",
      "doubtful clock: the server's clock is 89 seconds behind this computer's"
    ),
    ("Sun, 06 Nov 1994 08:49:50 GMT", nil),
  ])
  func aClock(_ date: String, _ words: String?) throws {
    var server = CannedServer.healthy("https://h")
    server.answers["GET https://h/"] = .page(200, "", [("Date", date)])
    let remedy =
      " → set the wrong one of the two: sessions end at once or too late, and Kerberos fails from 5 minutes on"
    #expect(try server.complaints(about: "h") == [words.map { $0 + remedy }, "https://h"].compactMap { $0 })
  }

  // MARK: the web server

  @Test func noWebService() throws {
    let remedy =
      " → check that M-Files Web is installed; if it is in another folder, run: mfsh doctor https://h/FOLDER"
    let iis = CannedServer(["*": .page(404, "404"), "GET https://h/": .page(200, "IIS Windows Server")])
    #expect(
      try iis.complaints(about: "h") == [
        "wrong base_url: IIS answers, but there is no M-Files Web Service in /, /m-files" + remedy, "-",
      ])
    let nginx = CannedServer(["*": .page(404, "404", [("Server", "nginx")])])
    #expect(
      try nginx.complaints(about: "h/x") == [
        "wrong base_url: a web server answers, but there is no M-Files Web Service in /x, /, /m-files"
          + remedy, "-",
      ])
    let unbound = CannedServer(["*": .page(404, "Not Found", [("Server", "Microsoft-HTTPAPI/2.0")])])
    #expect(
      try unbound.complaints(about: "h") == [
        "wrong base_url: Windows answers, but no site of IIS is bound to h" + remedy, "-",
      ])
  }

  @Test func aLoginPage() throws {
    let remedy = " → let /REST through without that login, or ask for an address behind it"
    let page = CannedServer(["*": .page(200, "Sign in", body: "<form><input TYPE=\"password\"></form>")])
    #expect(
      try page.complaints(about: "h") == [
        "wrong base_url: a login page titled \"Sign in\" stands in front of everything, where JSON should be"
          + remedy,
        "-",
      ])
    let gateway = CannedServer([
      "*": .redirect("https://login/?secret=1"), "GET https://login/?secret=1": .page(200, ""),
    ])
    #expect(
      try gateway.complaints(about: "h") == [
        "wrong base_url: a login page stands in front of everything: requests are sent to https://login/"
          + remedy, "-",
      ])
    let windows = CannedServer([
      "*": .page(401, "Unauthorized", [("WWW-Authenticate", "Negotiate"), ("WWW-Authenticate", "NTLM")])
    ])
    #expect(
      try windows.complaints(about: "h") == [
        "wrong base_url: the web server itself wants a login (Negotiate, NTLM) in front of the web service → turn on anonymous authentication for /REST in the web server",
        "-",
      ])
  }

  @Test(arguments: [
    (CannedServer.Answer.json(503, #"{"Status":503,"Message":"gone"}"#), "M-Files Server is stopped: gone"),
    (.json(200, #"{"Successful":false,"Message":""}"#), "M-Files Server is stopped"),
    (
      .page(503, "Service Unavailable"),
      "M-Files Server, or the application pool of its web service, is stopped (503)"
    ),
  ])
  func aStoppedServer(_ answer: CannedServer.Answer, _ words: String) throws {
    let server = CannedServer.healthy("https://h", extra: ["GET https://h/REST/server/status": answer])
    #expect(
      try server.complaints(about: "h") == [
        "wrong server: \(words) → start the service \"M-Files Server\" on the server, then run the same again",
        "https://h",
      ])
  }

  @Test func aStoppedApplicationPool() throws {
    #expect(
      try CannedServer(["*": .page(503, "Service Unavailable")]).complaints(about: "h") == [
        "wrong base_url: the web server is there, what should be behind it is not (503) → start the web service's application pool, or what the gateway leads to",
        "-",
      ])
  }

  @Test func blockedVerbs() throws {
    let blocked: [String: CannedServer.Answer] = [
      "PUT https://h/REST/session/vault": .page(405, "405"),
      "DELETE https://h/REST/session": .page(404, "404"),
    ]
    let server = CannedServer.healthy("https://h", extra: blocked)
    #expect(
      try server.complaints(about: "h") == [
        "doubtful verbs: the web server blocks PUT and DELETE; POST with _method, which mfsh uses, gets through → nothing to do for mfsh; for other clients allow the verbs in IIS (WebDAV and request filtering block them)",
        "https://h",
      ])
    let none = CannedServer.healthy(
      "https://h",
      extra: blocked.merging(["POST https://h/REST/session?_method=DELETE": .page(403, "Forbidden")]) { $1 })
    #expect(
      try none.complaints(about: "h") == [
        "wrong verbs: the web server blocks PUT and DELETE, also as POST with _method: nobody can log in → allow POST on /REST in the web server and its firewall",
        "https://h",
      ])
  }

  // MARK: what it offers

  @Test func waysIn() throws {
    let plugins = #"""
      [{"Name":"Entra","AssemblyName":"MFiles.AuthenticationProviders.OAuth"},{"Name":"Own","AssemblyName":"X"}]
      """#
    let server = CannedServer.healthy(
      "https://h",
      extra: [
        "GET https://h/REST/server/authenticationprotocols": .json(200, plugins),
        "GET https://h/WebServiceSSO.aspx?popup=1": .page(
          401, "",
          [
            ("WWW-Authenticate", "Negotiate"), ("WWW-Authenticate", "NTLM"),
            ("WWW-Authenticate", "Basic realm=x"),
          ]),
      ])
    let findings = try server.diagnosis(of: "h").findings
    #expect(
      findings.first { $0.check == .waysIn }?.text
        == "name and password (M-Files, Windows); Windows single sign-on (Negotiate, NTLM); OAuth (Entra); plug-ins (Own)"
    )
    #expect(findings.first { $0.check == .nodes }?.text == "one node answers")
  }

  @Test(arguments: [
    (["Set-Cookie"], "fine nodes: 2 nodes answer; the cookie mfilesmsm keeps a session at its own"),
    (
      [],
      "doubtful nodes: 2 nodes answer, and no cookie keeps a session at its own → turn on session affinity in the load balancer"
    ),
  ])
  func nodes(_ field: [String], _ words: String) throws {
    var facts = try Examination("h", configuration: .init()).facts
    facts.service = (0..<8).map { number in
      let fields = field.map { ($0, "mfilesmsm=node\(number % 2); path=/") }
      let answer = CannedServer.Answer.json(200, "{\"Modulus\":\"\(number % 2)\"}", fields)
      return Observation(Probe(.node, "https://h"), answer, ended: 0)
    }
    #expect(NodeVerdicts.findings(facts).map(CannedServer.line) == [words])
  }
}
