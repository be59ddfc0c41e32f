import HTTP
import Testing

/// Every code of `HTTPError` by a real cause; limits and cancellation have suites of their own.
@Suite(.timeLimit(.minutes(30))) struct ErrorTests {
  private func failure(
    _ url: String, _ change: (inout HTTPConfiguration) -> Void = { _ in }
  ) async -> HTTPError.Code? {
    await makeClient { configuration in
      configuration.requestTimeout = 50
      change(&configuration)
    }.failure(HTTPRequest(url: url))?.code
  }

  @Test(arguments: [
    "", "127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "http://[::1", "http://a b/",
    "http://127.0.0.1:99999/", "http://127.0.0.1/\u{0}x", "http://127.0.0.1/\r\nX: y",
  ])
  func `URLs that cannot be used`(url: String) async {
    #expect(await failure(url) == .badURL)
  }

  @Test func `a name without address`() async {
    #expect(await failure("http://nonexistent.invalid/") == .dns)
  }

  @Test func `a port where nobody listens`() async throws {
    #expect(await failure("http://127.0.0.1:1/") == .connect)
  }

  @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123"])
  func `a connection that breaks`(sent: String) async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send(sent)
    }
    #expect(await failure(server.url()) == .reset)
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH_9.2p1\r\n", "\u{0}\u{1}\u{2}garbage that goes on for a while\r\n\r\n",
    "<html>no head</html>",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nno gzip",
  ])
  func `an answer that is no HTTP`(sent: String) async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send(sent)
    }
    #expect(await failure(server.url()) == .badResponse)
  }

  @Test func `a server without TLS`() async throws {
    let server = try RawServer { connection in connection.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
    #expect(await failure(server.url(scheme: "https")) == .tls)
  }

  @Test func `proxies`() async throws {
    let refusing = try RawServer { connection in
      _ = connection.request()
      connection.answer(407)
    }
    #expect(await failure("https://mfiles.example/") { $0.proxy = refusing.url() } == .proxy)
    #expect(await failure("http://mfiles.example/") { $0.proxy = "http://127.0.0.1:1" } == .proxy)
    #expect(await failure("http://mfiles.example/") { $0.proxy = "http://nonexistent.invalid:1" } == .proxy)
  }

  @Test(arguments: ["", "GET /evil HTTP/1.1\r\nX: y\r\n\r\nGET", "GE T", "G\u{0}ET", "GÉT"])
  func `methods that are none`(method: String) async throws {
    let server = try RawServer { _ in }
    let error = await makeClient().failure(HTTPRequest(method: method, url: server.url()))
    #expect(error?.code == .failed)
    #expect(server.connections == 0)
  }

  @Test(arguments: [
    ("X-Good", "one\r\nX-Evil: two"), ("X-Good", "one\nX-Evil: two"), ("X-Good", "one\rX-Evil: two"),
    ("X-Good", "one\u{0}two"), ("X-Good: one\r\nX-Evil", "two"), ("X Good", "one"), ("", "one"),
    ("X:", "one"),
  ])
  func `no field can bring another`(name: String, value: String) async throws {
    let server = try RawServer { _ in }
    let client = makeClient()
    let error = await client.failure(HTTPRequest(url: server.url(), headers: [.init(name, value)]))
    #expect(error?.code == .failed)
    #expect(error?.message.contains("two") == false)
    #expect(server.connections == 0)
  }

  @Test func `settings with a zero byte are not cut short`() async throws {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.answer()
    }
    #expect(await failure(server.url()) { $0.certificateAuthorityFile = "/etc/ssl\u{0}x" } == .tls)
    #expect(await failure(server.url()) { $0.userAgent = "a\u{0}b" } == .failed)
  }
}
