import HTTP
import TestSupport
import Testing

/// The line is run by a shell, and what arrives is compared with what the client had sent.
@Suite(
  .enabled(if: (try? ChildProcess.run(["curl", "-V"]).status) == .exited(0), "needs the curl program"),
  .timeLimit(.minutes(30)))
struct CurlCommandTests {
  private static let secrets = [
    "MFILES_TOKEN": "to'ken $(x)`y`\\", "MFILES_PASS": "pass \\\" word", "MFILES_COOKIE": "node=1; id=abc",
    "MFILES_BEARER": "bea.rer", "MFILES_PRESHARED_KEY": "key", "MFILES_SECRET_1": "first",
    "MFILES_SECRET_2": "second",
    "MFILES_BODY": "@raw 'text'", "MFILES_PROXY_PASS": "proxy pass", "MFILES_KEY_PASS": "open sesame",
  ]

  private func secret(_ name: String) -> String { Self.secrets[name] ?? "" }

  /// Request line, fields and body, the fields sorted.
  private func parts(_ request: String) -> [String] {
    let head = request.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = head[0].split(separator: "\r\n").map(String.init)
    return [lines[0]] + lines.dropFirst().sorted() + head.dropFirst().map(String.init)
  }

  /// Sends the request, runs its line, and returns the line, its variables and both requests as they came.
  private func repeated(
    _ request: HTTPRequest, cookies: CookieJar? = nil, secrets: [String: String] = secrets,
    _ change: @escaping (inout HTTPConfiguration) -> Void = { _ in }
  ) async throws -> (line: String, variables: [String], sent: [String], repeated: [String]) {
    let notes = Notes()
    let server = try RawServer { connection in
      while let request = connection.request() {
        notes.add(request)
        connection.answer(200, ["Set-Cookie: id=abc", "Set-Cookie: node=1"])
      }
    }
    let last = LastExchange(redactor: Redactor())
    let client = makeClient(observers: [last], change)
    if let cookies { _ = try await client.text(server.url(), cookies: cookies) }
    var request = request
    request.url = server.url(request.url)
    _ = try await client.send(request, cookies: cookies)
    let command = try #require(last.curlCommand(configuration: client.configuration))
    for (name, value) in secrets where name != "MFILES_SECRET_2" && name != "MFILES_BODY" {
      #expect(!command.line.contains(value), "\(name)")
    }
    let result = try ChildProcess.run(["sh", "-c", command.line], environment: secrets)
    #expect(result.status == .exited(0), "\(result.error)\n\(command.line)")
    let all = notes.all.suffix(2)
    return (command.line, command.variables, parts(all.first ?? ""), parts(all.last ?? ""))
  }

  @Test func `a login`() async throws {
    let body = """
      {"Username":"it's \u{301}ä'\u{301} $HOME `x`","Password":"\(secret("MFILES_PASS"))","N":["first",false]}
      """
    var request = HTTPRequest(method: "POST", url: "/REST/session?_method=PUT&vault={A}")
    request.headers = [.init("Content-Type", "application/json"), .init("X-PresharedKey", "key")]
    request.body = Secret(body)
    let run = try await repeated(request)
    #expect(run.sent == run.repeated)
    #expect(run.variables == ["MFILES_PRESHARED_KEY", "MFILES_PASS", "MFILES_SECRET_1"])
  }

  @Test func `a line as it is shown`() async throws {
    var request = HTTPRequest(url: "/REST/session")
    request.headers = [
      .init("X-Authentication", secret("MFILES_TOKEN")), .init("X-Vault", "{A B}"),
      .init("Authorization", "Bearer bea.rer"), .init("X-Other", "first"),
    ]
    let run = try await repeated(request) { $0.requestTimeout = 12.5 }
    #expect(run.sent == run.repeated)
    let port = run.line.split(separator: ":").last?.prefix { $0 != "/" } ?? ""
    #expect(
      run.line == """
        curl --globoff --noproxy '*' --compressed --user-agent mfsh --max-time 12.5 \
        --header 'X-Authentication: '"$MFILES_TOKEN" --header 'X-Vault: {A B}' \
        --header 'Authorization: Bearer '"$MFILES_BEARER" --header 'X-Other: '"$MFILES_SECRET_1" \
        http://127.0.0.1:\(port)/REST/session
        """)
    #expect(run.variables == ["MFILES_TOKEN", "MFILES_BEARER", "MFILES_SECRET_1"])
  }

  @Test func `cookies, numbers, forms and other bodies`() async throws {
    let jar = CookieJar()
    let plain = try await repeated(HTTPRequest(url: "/REST/session"), cookies: jar)
    #expect(plain.sent == plain.repeated && plain.variables == ["MFILES_COOKIE"])
    #expect(plain.sent.contains("Cookie: node=1; id=abc"))
    let number = HTTPRequest(
      method: "PUT", url: "/", headers: [.init("Content-Type", "application/json")],
      body: Secret(#"{"A":-12.5,"B":[true,null,"second"]}"#))
    let numbers = try await repeated(
      number, secrets: ["MFILES_SECRET_1": "-12.5", "MFILES_SECRET_2": "second"])
    #expect(numbers.sent == numbers.repeated)
    let form = HTTPRequest(
      method: "POST", url: "/token", headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
      body: Secret("grant_type=refresh_token&refresh_token=first&client_secret=second&scope=a+b"))
    let run = try await repeated(form)
    #expect(run.sent == run.repeated && run.variables == ["MFILES_SECRET_1", "MFILES_SECRET_2"])
    let text = HTTPRequest(
      method: "POST", url: "/", headers: [.init("Content-Type", "text/plain")], body: Secret("@raw 'text'"))
    let other = try await repeated(text)
    #expect(other.sent == other.repeated && other.variables == ["MFILES_BODY"])
    for request in [
      HTTPRequest(method: "POST", url: "/"), HTTPRequest(method: "POST", url: "/", body: Secret("")),
      HTTPRequest(method: "DELETE", url: "/"), HTTPRequest(method: "HEAD", url: "/"),
      HTTPRequest(method: "POST", url: "/", body: Secret("{}")),
    ] {
      let run = try await repeated(request)
      #expect(run.sent == run.repeated && run.variables.isEmpty, "\(run.line)")
    }
  }

  @Test func `a query with secrets`() async throws {
    let run = try await repeated(
      HTTPRequest(url: "/REST?username=first&password=x%22y%27&auth=t.o-k&popup=1"),
      secrets: ["MFILES_SECRET_1": "first", "MFILES_PASS": "x%22y%27", "MFILES_TOKEN": "t.o-k"])
    #expect(run.sent == run.repeated)
    #expect(run.variables == ["MFILES_SECRET_1", "MFILES_PASS", "MFILES_TOKEN"])
    #expect(
      run.line.hasSuffix(
        #"/REST?username='"$MFILES_SECRET_1"'&password='"$MFILES_PASS"'&auth='"$MFILES_TOKEN"'&popup=1'"#))
  }

  @Test func `addresses, proxies and identities`() async throws {
    let proxy = try RawServer { connection in
      while let request = connection.request() {
        let isKnown = request.contains("Proxy-Authorization: Basic YW5uYTpwcm94eSBwYXNz")
        _ = isKnown ? connection.answer() : connection.answer(407, ["Proxy-Authenticate: Basic realm=x"])
      }
    }
    let last = LastExchange(redactor: Redactor())
    let client = makeClient(observers: [last]) {
      $0.proxy = proxy.url()
      $0.proxyUser = "anna"
      $0.proxyPassword = Secret("proxy pass")
      $0.noProxy = "localhost,10.0.0.1"
    }
    #expect(try await client.send(HTTPRequest(url: "http://mfiles.invalid/")).status == 200)
    let line = try #require(last.curlCommand(configuration: client.configuration)?.line)
    let result = try ChildProcess.run(["sh", "-c", line + " --fail"], environment: Self.secrets)
    #expect(result.status == .exited(0), "\(line) \(result.error)")
    #expect(
      line.contains(#"--noproxy localhost,10.0.0.1 --proxy-anyauth --proxy-user anna:"$MFILES_PROXY_PASS""#))
  }

  @Test func `identities and TLS`() throws {
    var configuration = HTTPConfiguration()
    configuration.certificateAuthorityFile = "/etc/my ca.pem"
    configuration.certificateAuthorityFolder = "/etc/cas"
    configuration.clientCertificateFile = "c.pem"
    configuration.clientKeyFile = "c.key"
    configuration.clientKeyPassphrase = Secret("open sesame")
    configuration.minimumTLSVersion = .tls13
    configuration.skipsCertificateVerification = true
    configuration.httpVersion = .http11
    configuration.resolve = ["h:1:::1"]
    func line(_ authentication: ConnectionAuthentication?) -> String? {
      var request = HTTPRequest(url: "https://u:p@h:1/")
      request.authentication = authentication
      let last = LastExchange(redactor: Redactor())
      last.exchangeEnded(
        Exchange(request: request, result: .failure(HTTPError(.dns, "no")), started: 0, seconds: 0))
      return last.curlCommand(configuration: configuration)?.line
    }
    let options = """
      curl --globoff --cacert '/etc/my ca.pem' --capath /etc/cas --cert c.pem --key c.key --pass "$MFILES_KEY_PASS" \
      --tlsv1.3 --insecure --resolve h:1:::1 --http1.1 --compressed --user-agent mfsh --max-time 60
      """
    let url = "https://\"$MFILES_SECRET_1\"@h:1/"
    #expect(line(nil) == "\(options) \(url)")
    #expect(line(.init(.negotiate)) == "\(options) --negotiate --user : \(url)")
    #expect(
      line(.init(.any, user: "D\\anna", password: Secret("x")))
        == "\(options) --ntlm --user 'D\\anna:'\"$MFILES_PASS\" \(url)")
  }

  @Test func `what is shown of the last exchange`() async throws {
    let server = try RawServer { connection in
      while connection.request() != nil {
        connection.answer(
          403, ["Content-Type: application/json", "X-Other: secret"],
          body: #"{"Message":"no","Value":"secret"}"#)
      }
    }
    let last = LastExchange(redactor: Redactor())
    #expect(last.shown == nil && last.curlCommand(configuration: .init()) == nil)
    let client = makeClient(observers: [last])
    _ = try await client.send(HTTPRequest(url: server.url("/a")))
    _ = try await client.send(
      HTTPRequest(
        method: "POST", url: server.url("/b?password=secret"), headers: [.init("X-Password", "secret")],
        body: Secret(#"{"Username":"u","Password":"secret"}"#)))
    let shown = try #require(last.shown)
    #expect(shown.method == "POST" && shown.url == server.url("/b?password=***"))
    #expect(
      shown.requestHeaders.map(\.value) == ["***"]
        && shown.requestBody == #"{"Username":"u","Password":"***"}"#)
    #expect(shown.status == 403 && shown.httpVersion == "1.1")
    #expect(shown.responseBody == #"{"Message":"no","Value":"***"}"# && shown.error == nil)
    #expect(shown.responseHeaders.contains { $0 == ("X-Other", "***") } && shown.seconds > 0)
    _ = await client.failure(HTTPRequest(url: "http://127.0.0.1:1/"))
    #expect(last.shown?.status == nil && last.shown?.error?.hasPrefix("connect: ") == true)
  }
}
