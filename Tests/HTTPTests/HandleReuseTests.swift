import HTTP
import Testing

/// What one request leaves on a handle of libcurl must not be seen in the next.
@Suite(.timeLimit(.minutes(30))) struct HandleReuseTests {
  /// Notes each request as it comes, and answers with as much as its path says.
  private func makeServer(_ notes: Notes) throws -> RawServer {
    try RawServer { connection in
      while let request = connection.request() {
        notes.add(request)
        let path = request.split(separator: " ").dropFirst().first ?? ""
        let body = String(repeating: "x", count: Int(path.dropFirst()) ?? 0)
        if request.hasPrefix("HEAD") {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        } else {
          connection.answer(200, path == "/2" ? ["Set-Cookie: id=1"] : [], body: body)
        }
      }
    }
  }

  private static let kinds = ["GET", "field", "POST", "empty POST", "PUT", "HEAD", "refused", "cookies"]

  private static func request(_ kind: String, _ server: RawServer) -> HTTPRequest {
    switch kind {
    case "field": HTTPRequest(url: server.url(), headers: [.init("X-Field", "value")])
    case "POST":
      HTTPRequest(
        method: "POST", url: server.url(), headers: [.init("Content-Type", "text/plain")],
        body: Secret("body"))
    case "empty POST": HTTPRequest(method: "POST", url: server.url())
    case "PUT": HTTPRequest(method: "PUT", url: server.url("/1"), body: Secret("other"))
    case "HEAD": HTTPRequest(method: "HEAD", url: server.url())
    case "refused": HTTPRequest(url: server.url(), headers: [.init("X-Field", "a\r\nb")])
    default: HTTPRequest(url: server.url())
    }
  }

  /// What reaches the server of a request, and what the client has of it.
  private func outcome(
    _ kind: String, _ client: HTTPClient, _ server: RawServer, _ notes: Notes
  ) async throws -> String {
    let before = notes.all.count
    let jar = kind == "cookies" ? CookieJar() : nil
    if let jar { _ = try await client.text(server.url("/2"), cookies: jar) }
    let failure = await client.failure(Self.request(kind, server), cookies: jar)
    return "\(notes.all.dropFirst(before).joined(separator: "|")) -> \(failure?.message ?? "answered")"
  }

  @Test func `a request is the same whatever the handle did before`() async throws {
    let notes = Notes()
    let server = try makeServer(notes)
    var alone: [String: String] = [:]
    for kind in Self.kinds {
      alone[kind] = try await outcome(kind, makeClient(loop: .onOwnThread()), server, notes)
    }
    #expect(Set(alone.values).count == Self.kinds.count)
    let client = makeClient(loop: .onOwnThread())
    for first in Self.kinds {
      for second in Self.kinds {
        #expect(try await outcome(first, client, server, notes) == alone[first], "\(first) in a row")
        #expect(
          try await outcome(second, client, server, notes) == alone[second], "\(second) behind \(first)")
      }
    }
  }

  @Test func `clients of one loop keep their own settings`() async throws {
    let notes = Notes()
    let server = try makeServer(notes)
    let loop = EventLoop.onOwnThread()
    let small = makeClient(loop: loop) {
      $0.userAgent = "small"
      $0.maximumBodySize = 10
    }
    let large = makeClient(loop: loop) { $0.userAgent = "large" }
    for _ in 0..<3 {
      #expect(await small.failure(HTTPRequest(url: server.url("/11")))?.code == .tooLarge)
      #expect(try await large.text(server.url("/11")).count == 11)
      #expect(try await small.text(server.url("/10")).count == 10)
      #expect(try await large.text(server.url("/12")).count == 12)
    }
    let agents = notes.all.map { request -> String in
      request.split(separator: "\r\n").first { $0.hasPrefix("User-Agent") }.map(String.init) ?? "none"
    }
    let expected = (0..<12).map { number -> String in "User-Agent: \(number % 2 == 0 ? "small" : "large")" }
    #expect(agents == expected)
  }

  @Test func `a header field is not kept for a later request, nor a short time`() async throws {
    let notes = Notes()
    let server = try makeServer(notes)
    let loop = EventLoop.onOwnThread()
    let client = makeClient(loop: loop)
    for number in 0..<4 {
      let fields = number % 2 == 0 ? [HTTPRequest.Field("X-Number", "\(number)")] : []
      _ = try await client.send(HTTPRequest(url: server.url(), headers: fields))
    }
    #expect(notes.all.map { $0.contains("X-Number") } == [true, false, true, false])
    let silent = try RawServer { connection in
      _ = connection.request()
      _ = connection.isClosed(within: 50)
    }
    let hasty = makeClient(loop: loop) { $0.requestTimeout = 0.05 }
    #expect(await hasty.failure(HTTPRequest(url: silent.url()))?.code == .timeout)
    let slow = try RawServer { connection in
      _ = connection.request()
      // Longer than the other client waits.
      _ = connection.isClosed(within: 1)
      connection.answer()
    }
    #expect(await client.failure(HTTPRequest(url: slow.url())) == nil)
  }
}
