import HTTP
import TestSupport
import Testing

@Suite(
  .needs(Nginx.self, TestCertificates.self),
  .timeLimit(.minutes(30)))
struct HTTP2Tests {
  private let certificates: TestCertificates
  private let server: Nginx
  private var url: String { "https://127.0.0.1:\(server.port)" }

  init() throws {
    certificates = try TestCertificates()
    let pair = try certificates.make("server")
    server = try Nginx(
      listening: "ssl http2",
      server: """
        ssl_certificate \(pair.certificate);
        ssl_certificate_key \(pair.key);
        location /set { add_header Set-Cookie "id=$arg_id; path=/"; return 200; }
        location / { return 200 "$server_protocol $connection $http_cookie"; }
        """)
  }

  private func client(_ version: HTTPVersion = .automatic) -> HTTPClient {
    makeClient(loop: .onOwnThread()) {
      $0.certificateAuthorityFile = certificates.authority.certificate
      $0.httpVersion = version
    }
  }

  @Test(arguments: [(HTTPVersion.automatic, "2"), (.http2, "2"), (.http11, "1.1")])
  func `the version that is spoken`(version: HTTPVersion, spoken: String) async throws {
    let response = try await client(version).send(HTTPRequest(url: url))
    #expect(response.httpVersion == spoken)
    #expect(
      String(decoding: response.body, as: UTF8.self).hasPrefix(spoken == "2" ? "HTTP/2.0 " : "HTTP/1.1 "))
  }

  @Test func `sessions on one connection keep their cookies apart`() async throws {
    let (client, url) = (client(), url)
    let jars = (0..<4).map { _ in CookieJar() }
    for (number, jar) in jars.enumerated() {
      _ = try await client.text("\(url)/set?id=\(number)", cookies: jar)
    }
    try await withThrowingTaskGroup(of: (Int, [Substring]).self) { group in
      for round in 0..<100 {
        group.addTask {
          let text = try await client.text("\(url)/", cookies: jars[round % 4])
          return (round % 4, text.split(separator: " ", omittingEmptySubsequences: false))
        }
      }
      var connections: Set<Substring> = []
      for try await (number, words) in group {
        #expect(words[0] == "HTTP/2.0" && words[2] == "id=\(number)")
        connections.insert(words[1])
      }
      #expect(connections.count < 100)
    }
    #expect(try await client.text("\(url)/").hasSuffix(" "))
  }

  @Test func `a connection with an identity is another one, by HTTP 1`() async throws {
    let client = client()
    let shared = try await client.text("\(url)/")
    var request = HTTPRequest(url: "\(url)/")
    var seen: Set = [shared]
    for authentication in [
      ConnectionAuthentication(.ntlm, user: "D\\anna", password: Secret("a")),
      ConnectionAuthentication(.ntlm, user: "D\\bert", password: Secret("b")),
      ConnectionAuthentication(.negotiate),
    ] {
      request.authentication = authentication
      let text = String(decoding: try await client.send(request).body, as: UTF8.self)
      #expect(text.hasPrefix("HTTP/1.1 ") && seen.insert(text).inserted)
      #expect(try await client.text("\(url)/") == shared)
    }
  }

  /// A server that takes a connection of HTTP/2 and answers the first stream with a frame of its own.
  private static let program = """
    import socket, ssl, sys
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    context.set_alpn_protocols(["h2"])
    listener = socket.create_server(("127.0.0.1", 0))
    print("PORT", listener.getsockname()[1], flush=True)
    def exactly(c, n):
        data = b""
        while len(data) < n:
            more = c.recv(n - len(data))
            if not more: raise EOFError
            data += more
        return data
    while True:
        try:
            c = context.wrap_socket(listener.accept()[0], server_side=True)
            exactly(c, 24)
            c.sendall(bytes.fromhex("000000040000000000"))
            while True:
                head = exactly(c, 9)
                exactly(c, int.from_bytes(head[:3], "big"))
                if head[3] == 1:
                    c.sendall(bytes.fromhex(sys.argv[3]))
                    if len(sys.argv) > 4: break
            c.close()
        except (EOFError, OSError):
            pass
    """

  @Test(
    .enabled(if: (try? ChildProcess.run(["python3", "-V"]).status) == .exited(0), "needs python3"),
    arguments: [
      // RST_STREAM of the first stream with INTERNAL_ERROR and with PROTOCOL_ERROR.
      ["000004030000000001" + "00000002"], ["000004030000000001" + "00000001"],
      // GOAWAY that says that the first stream was taken, with an error and without one, then the end.
      ["000008070000000000" + "00000001" + "00000002", "end"],
      ["000008070000000000" + "00000001" + "00000000", "end"],
      // GOAWAY that says that no stream was taken.
      ["000008070000000000" + "00000000" + "00000002", "end"],
    ])
  func `a stream or a connection that the server ends`(answer: [String]) async throws {
    let pair = try certificates.make("scripted")
    let process = try ChildProcess(["python3", "-c", Self.program, pair.certificate, pair.key] + answer)
    defer { process.signal(9) }
    try process.expect("PORT ")
    let port = try process.expect("\n").filter(\.isNumber)
    let client = makeClient(loop: .onOwnThread()) {
      $0.certificateAuthorityFile = certificates.authority.certificate
      $0.requestTimeout = 50
    }
    let error = await client.failure(HTTPRequest(url: "https://127.0.0.1:\(port)/"))
    #expect(error?.code == .reset, "\(error?.message ?? "a response")")
  }
}
