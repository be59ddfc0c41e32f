import Glibc
import Sandbox
import TestSupport
import Testing

/// `mfsh doctor` against real listeners: it names the cause, and sends no credentials before all is well.
struct DoctorTests {
  private let shell: Shell

  init() throws { shell = try Shell() }

  private func doctor(_ arguments: [String], input: String = "") throws -> Shell.Outcome {
    try shell.run(["doctor"] + arguments, input: input)
  }

  /// The lines that are not fine, and the last one.
  private func complaints(_ arguments: [String], status: Int32 = 69) throws -> String {
    let result = try doctor(arguments)
    #expect(result.status == .exited(status) && result.error.isEmpty, "\(result.error)\(result.output)")
    return result.output.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.hasPrefix("fine ") && !$0.isEmpty
    }.map { $0 + "\n" }.joined()
  }

  // MARK: a healthy server

  @Test func aHealthyServer() throws {
    let sandbox = try SandboxServer()
    let address = sandbox.url.dropFirst("http://".count)
    let port = address.split(separator: ":")[1]
    let result = try doctor([sandbox.url])
    let lines = result.output.split(separator: "\n").filter { !$0.contains(" connection ") }
    #expect(result.status == .exited(0) && result.error.isEmpty)
    #expect(
      lines.joined(separator: "\n") == """
        fine      address     127.0.0.1, port \(port)
        fine      http        HTTP/1.1, which does not say its name
        fine      clock       server and this computer agree
        fine      base_url    the web service is at \(sandbox.url)
        fine      server      M-Files Server is up
        fine      verbs       PUT and DELETE get through
        fine      paths       paths work as /REST/session, /REST/session.aspx, MFWS.ashx?restPath=session
        fine      ways_in     name and password (M-Files, Windows); Windows single sign-on (Negotiate, NTLM)
        fine      nodes       one node answers
        Use it with: mfsh --url \(sandbox.url)
        """)
    // A page's address, without a scheme.
    #expect(
      try complaints(["\(address)/Default.aspx"], status: 0) == "Use it with: mfsh --url \(sandbox.url)\n")
    #expect(sandbox.stats.logins == 0)
  }

  @Test func withCredentialsItGoesOn() throws {
    let sandbox = try SandboxServer()
    let result = try doctor(
      ["-u", "editor", "--password-stdin", "--vault", "Finance", sandbox.url], input: "demo\n")
    #expect(result.status == .exited(0))
    #expect(
      result.output.hasSuffix(
        """
        fine      login       "editor" is logged in
        fine      account     editor (Eddie Editor), licence: Named, internal user
        fine      vaults      2 vaults: "Sample Vault", "Finance"
        fine      vault       "Finance" lets the account in
        fine      logout      logged out, nothing stays behind

        Use it with: mfsh --url \(sandbox.url)

        """), "\(result.output)")
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test func aRefusedLoginIsSentOnce() throws {
    let server = try LyingServer([
      "PUT /REST/session": .json(
        #"{"Status":403,"Message":"no","IsLoggedToApplication":false}"#, status: 403),
      "GET /REST/server/status": .json(#"{"Successful":true,"Message":""}"#),
    ])
    let result = try doctor(["-u", "liar", "--password-command", "echo geheim-4711", server.url])
    #expect(result.status == .exited(69) && !result.output.contains("geheim"))
    #expect(
      result.output.contains(
        "\nwrong     login       the server refused the login of \"liar\": check user name, password and account\n"
      ))
    #expect(server.names.count { $0 == "PUT /REST/session" } == 1)
  }

  @Test func noCredentialsAreSentWhenSomethingIsWrong() throws {
    let server = try LyingServer(["GET /REST/server/status": .json(#"{"Successful":false,"Message":""}"#)])
    let result = try doctor(["-u", "liar", "--password-command", "echo geheim-4711", server.url])
    #expect(result.status == .exited(69))
    #expect(
      !server.requests.contains { $0.body.contains("geheim") } && !server.names.contains("PUT /REST/session"))
  }

  @Test func jsonIsForPrograms() throws {
    let sandbox = try SandboxServer()
    let code = """
      local p = assert(io.popen("'\(BuiltBinary.mfsh)' doctor -o json \(sandbox.url)"))
      local d = json.decode(p:read("a"))
      local own = server.diagnose{url = "\(sandbox.url)"}
      print(d.url, d.base_url, d.findings[1].check, d.findings[1].data.host, #own.findings == #d.findings)
      for _, finding in ipairs(d.findings) do assert(finding.verdict == "fine" and finding.text ~= "") end
      """
    let result = try shell.run(code)
    #expect(result.output == "\(sandbox.url)\t\(sandbox.url)\taddress\t127.0.0.1\ttrue\n", "\(result.error)")
  }

  // MARK: causes

  @Test func aWrongPort() throws {
    try withDeadPort { port in
      let told = try complaints(["127.0.0.1:\(port)"])
      #expect(
        told == """
          wrong     connection  nothing answers at 127.0.0.1, port \(port)
                                → check the port, the firewall and whether the web server runs
          No M-Files Web Service was found.

          """)
    }
  }

  @Test func plainHTTPWhereTLSWasMeant() throws {
    let sandbox = try SandboxServer()
    let port = sandbox.url.split(separator: ":")[2]
    #expect(
      try complaints(["https://127.0.0.1:\(port)/m-files"]) == """
        wrong     tls         port \(port) speaks plain HTTP, not TLS
                              → run: mfsh doctor http://127.0.0.1:\(port)/m-files
        No M-Files Web Service was found.

        """)
  }

  static let iis = ScriptedServer.Answer.page(
    "<title>IIS Windows Server</title>", status: 404, fields: ["Server: Microsoft-IIS/10.0"])

  @Test func anIISWithoutTheService() throws {
    let server = try ScriptedServer { _ in Self.iis }
    #expect(
      try complaints([server.url]) == """
        wrong     base_url    IIS answers, but there is no M-Files Web Service in /, /m-files
                              → check that M-Files Web is installed; if it is in another folder, run: \
        mfsh doctor \(server.url)/FOLDER
        No M-Files Web Service was found.

        """)
  }

  @Test func aLoginPageInFront() throws {
    let server = try ScriptedServer { _ in .page("<title>Sign in</title><input type=\"password\">") }
    #expect(
      try complaints([server.url]) == """
        wrong     base_url    a login page titled "Sign in" stands in front of everything, where JSON should be
                              → let /REST through without that login, or ask for an address behind it
        No M-Files Web Service was found.

        """)
  }

  @Test func aServiceInASubfolderBehindARedirection() throws {
    let server = try ScriptedServer { request in
      switch request.name {
      case "GET /": .page("", status: 302, fields: ["Location: /files/web/Login.aspx?back=%2F"])
      case "GET /files/web/REST/server/status": .json(#"{"Successful":true,"Message":""}"#)
      case "GET /files/web/REST/server/authenticationprotocols": .json("[]")
      case "PUT /files/web/REST/session/vault", "DELETE /files/web/REST/session":
        .json(#"{"Status":403}"#, status: 403)
      default: Self.iis
      }
    }
    #expect(try complaints([server.url], status: 0) == "Use it with: mfsh --url \(server.url)/files/web\n")
    #expect(
      try doctor([server.url]).output.contains(
        "\nfine      redirect    \(server.url)/ leads to \(server.url)/files/web/Login.aspx\n"))
  }

  @Test func wordsOfTheServerAreNoCommands() throws {
    var shell = shell
    shell.environment["CI"] = "true"
    let server = try ScriptedServer { _ in
      .page("<title>\u{1B}]0;x\u{7}::error::##[error]\u{202E}</title><input type=\"password\">")
    }
    let output = try shell.run(["doctor", server.url, "--color", "always"]).output
    #expect(output.contains(##"titled "\x1B]0;x\x07::error::#\#[error]\u{202E}" stands"##), "\(output)")
  }
}

/// What the sandbox plays, named by its cause.
struct DoctorOfSandboxTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var status: Int32 = 69
    /// What is not fine.
    let words: [String]
    /// Behind the address.
    var folder = ""
    let change: @Sendable (inout SandboxConfiguration) -> Void
  }

  static let cases = [
    Case(
      testDescription: "login page",
      words: [
        "wrong     base_url    a page of a login or a gateway titled \"M-Files Web - Log in\" stands in front of"
      ]
    ) { $0.mode = .loginPage },
    Case(
      testDescription: "IIS only",
      words: ["wrong     base_url    IIS answers, but there is no M-Files Web Service"]
    ) {
      $0.mode = .iisOnly
      $0.sendsIISHeaders = true
    },
    Case(
      testDescription: "stopped",
      words: [
        "wrong     server      M-Files Server is stopped",
        "→ start the service \"M-Files Server\" on the server",
      ]
    ) { $0.mode = .stopped },
    Case(
      testDescription: "verbs blocked", status: 0,
      words: [
        "doubtful  verbs       the web server blocks PUT and DELETE; POST with _method, which mfsh uses, gets"
      ]
    ) { $0.verbs = .postOnly },
    Case(
      testDescription: "verbs unknown", status: 0,
      words: [
        "doubtful  verbs       the web server blocks PUT and DELETE; POST with _method, which mfsh uses, gets"
      ]
    ) { $0.verbs = .postOnly501 },
    Case(
      testDescription: "plain verbs only", status: 0,
      words: ["fine      verbs       PUT and DELETE get through; as POST with _method they do not\n"]
    ) { $0.verbs = .plainOnly },
    Case(
      testDescription: "two hours off",
      words: ["wrong     clock       the server's clock is 2 hours ahead of this computer's\n"]
    ) { $0.clockSkew = 7200 },
    Case(testDescription: "a subfolder", status: 0, words: ["fine      base_url"], folder: "/m-files") {
      $0.path = "/m-files"
    },
    Case(testDescription: "ashx", status: 0, words: ["fine      base_url"], folder: "/REST/MFWS.ashx") {
      $0.takesOnlyAshx = true
    },
    Case(
      testDescription: "nodes", status: 0,
      words: ["fine      nodes       3 nodes answer; the cookie mfilesmsm keeps a session at its own\n"]
    ) { $0.nodes = 3 },
  ]

  @Test(arguments: cases) func itsCauseIsNamed(of one: Case) throws {
    var configuration = SandboxConfiguration()
    one.change(&configuration)
    let sandbox = try SandboxServer(configuration)
    let origin = sandbox.url.split(separator: "/").prefix(2).joined(separator: "//")
    let arguments = [origin, "-u", "editor", "--password-command", "echo demo"]
    let result = try Shell().run(["doctor"] + arguments)
    #expect(result.status == .exited(one.status) && result.error.isEmpty, "\(result.output)\(result.error)")
    for words in one.words { #expect(result.output.contains(words), "\(result.output)") }
    #expect(sandbox.stats.logins == (one.status == 0 ? 1 : 0) && sandbox.stats.liveSessions == 0)
    guard one.status == 0 else { return }
    // The address that the last line tells to use is good for a login.
    #expect(
      result.output.hasSuffix("\nUse it with: mfsh --url \(origin)\(one.folder)\n"), "\(result.output)")
    let whoami = try Shell().run(["whoami", origin + one.folder] + arguments.dropFirst())
    #expect(whoami.status == .exited(0) && sandbox.stats.liveSessions == 0, "\(whoami.error)")
  }

  /// Credentials go to the address that was given, not to where it leads.
  @Test func aRedirectionElsewhereSeesNoCredentials() throws {
    let sandbox = try SandboxServer()
    let port = sandbox.url.split(separator: ":")[2]
    let front = try ScriptedServer { _ in
      .page("", status: 302, fields: ["Location: http://localhost:\(port)/"])
    }
    let result = try Shell().run(["doctor", front.url, "-u", "editor", "--password-command", "echo demo"])
    #expect(
      result.output.contains(
        """
        doubtful  login       not tried: the address leads to another one, and credentials go to that which was given only
                              → run: mfsh doctor http://localhost:\(port)

        """), "\(result.output)")
    #expect(sandbox.stats.logins == 0)
  }

  @Test(.needs(AuthenticatingProxy.self)) func aForwardProxy() throws {
    let sandbox = try SandboxServer()
    let proxy = try AuthenticatingProxy(user: "jo", password: "pass-word")
    var shell = try Shell()
    shell.environment = ["no_proxy": "", "http_proxy": "http://jo:pass-word@\(proxy.url.dropFirst(7))"]
    let result = try shell.run(["doctor", sandbox.url])
    #expect(result.status == .exited(0), "\(result.output)\(result.error)")
    #expect(
      result.output.contains("\nfine      proxy       through \(proxy.url), by http_proxy\n"),
      "\(result.output)")
    #expect(result.output.hasSuffix("\nUse it with: mfsh --url \(sandbox.url)\n"))
    shell.environment["no_proxy"] = "127.0.0.1"
    let direct = try shell.run(["doctor", sandbox.url])
    #expect(
      direct.output.contains("\nfine      proxy       none: http_proxy is set, but no_proxy has 127.0.0.1\n"),
      "\(direct.output)")
    let dead = try withDeadPort { port in
      shell.environment = ["no_proxy": "", "http_proxy": "http://127.0.0.1:\(port)"]
      return try shell.run(["doctor", sandbox.url])
    }
    #expect(dead.status == .exited(69) && dead.output.contains("\nwrong     "), "\(dead.output)")
  }
}

/// The same with TLS and gateways in front, by nginx.
@Suite(.needs(Nginx.self, TestCertificates.self))
struct DoctorBehindNginxTests {
  private let shell: Shell
  private let sandbox: SandboxServer
  private let certificates: TestCertificates

  init() throws {
    shell = try Shell()
    sandbox = try SandboxServer()
    certificates = try TestCertificates()
  }

  private func start(_ pair: TestCertificates.Pair, folder: String = "/") throws -> Nginx {
    try Nginx(
      listening: "ssl",
      server: """
        ssl_certificate \(pair.certificate);
        ssl_certificate_key \(pair.key);
        location \(folder) { proxy_pass \(sandbox.url)/; }
        """)
  }

  private func doctor(_ arguments: [String]) throws -> Shell.Outcome {
    try shell.run(["doctor", "--cacert", certificates.authority.certificate] + arguments)
  }

  @Test func aReverseProxyWithASubfolder() throws {
    let nginx = try start(try certificates.make("localhost"), folder: "/m-files/")
    let result = try doctor(["https://localhost:\(nginx.port)"])
    #expect(result.status == .exited(0), "\(result.output)")
    #expect(result.output.contains("\nfine      tls         certificate of CN=localhost, "))
    #expect(
      result.output.contains(" days left, issued by CN=Test CA\nfine      http        HTTP/1.1 by nginx"))
    #expect(result.output.hasSuffix("\nUse it with: mfsh --url https://localhost:\(nginx.port)/m-files\n"))
  }

  @Test func anExpiredCertificate() throws {
    let nginx = try start(
      try certificates.make("old", start: "20200101000000Z", end: "20200131000000Z"))
    let result = try doctor(["https://localhost:\(nginx.port)"])
    #expect(result.status == .exited(69))
    #expect(
      result.output.hasSuffix(
        """
        wrong     tls         the certificate of CN=old has expired on 2020-01-31
                              → renew it in the web server, or set this computer's clock if it is wrong

        No M-Files Web Service was found.

        """), "\(result.output)")
  }

  @Test func aNameThatDoesNotFitAndAnAuthorityOfOnesOwn() throws {
    let nginx = try start(try certificates.make("other", alternatives: "DNS:other.example.com"))
    let wrongName = try doctor(["https://localhost:\(nginx.port)"])
    #expect(
      wrongName.output.contains("wrong     tls         the certificate of CN=other is not for localhost\n"))
    let trusted = try start(try certificates.make("localhost"))
    let url = "https://localhost:\(trusted.port)"
    let untrusted = try shell.run(["doctor", url])
    #expect(
      untrusted.output.contains(
        """
        wrong     tls         the certificate of CN=localhost, issued by CN=Test CA, is not trusted here
                              → give the authority's certificate: mfsh doctor --cacert FILE \(url)

        """), "\(untrusted.output)")
    let careless = try shell.run(["doctor", "--insecure", url])
    #expect(careless.status == .exited(0))
    #expect(careless.output.contains("\ndoubtful  tls         "), "\(careless.output)")
  }

  @Test func plainHTTPOnAPortWithTLS() throws {
    let nginx = try start(try certificates.make("localhost"))
    let result = try doctor(["http://localhost:\(nginx.port)"])
    #expect(result.status == .exited(69))
    #expect(
      result.output.contains(
        """
        wrong     tls         port \(nginx.port) speaks TLS, not plain HTTP
                              → run: mfsh doctor https://localhost:\(nginx.port)

        """), "\(result.output)")
  }

  @Test func whatAGatewayLeadsToIsGone() throws {
    let result = try withDeadPort { dead in
      let nginx = try Nginx(server: "location / { proxy_pass http://127.0.0.1:\(dead); }")
      return try shell.run(["doctor", "http://127.0.0.1:\(nginx.port)"])
    }
    #expect(
      result.output.contains(
        """
        wrong     base_url    the web server is there, what should be behind it is not (502)
                              → start the web service's application pool, or what the gateway leads to

        """), "\(result.output)")
  }
}
