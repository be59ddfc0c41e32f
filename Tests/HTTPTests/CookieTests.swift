import HTTP
import Testing

@Suite(.timeLimit(.minutes(30))) struct CookieTests {
  /// Gives whoever comes to `/login/NAME` that name as a cookie, and answers with the cookies that came.
  private func makeServer() throws -> RawServer {
    try RawServer { connection in
      while let request = connection.request() {
        let path = request.split(separator: " ")[1]
        let name = path.split(separator: "/").last ?? ""
        let cookies = request.split(separator: "\r\n").filter { $0.hasPrefix("Cookie: ") }.joined()
        connection.answer(
          200, path.hasPrefix("/login") ? ["Set-Cookie: id=\(name); Path=/"] : [], body: cookies)
      }
    }
  }

  @Test func `two sessions in one pool keep their cookies apart`() async throws {
    let server = try makeServer()
    let client = makeClient(loop: .onOwnThread())
    let (anna, ben) = (CookieJar(), CookieJar())
    for _ in 0..<20 {
      _ = try await client.text(server.url("/login/anna"), cookies: anna)
      _ = try await client.text(server.url("/login/ben"), cookies: ben)
      #expect(try await client.text(server.url(), cookies: anna) == "Cookie: id=anna")
      #expect(try await client.text(server.url(), cookies: ben) == "Cookie: id=ben")
      #expect(try await client.text(server.url()) == "")
    }
    #expect(server.connections == 1)
    #expect(anna.lines.count == 1 && anna.lines[0].reveal().hasSuffix("id\tanna"))
  }

  @Test func `a jar made from another's lines sends its cookies`() async throws {
    let server = try makeServer()
    let client = makeClient(loop: .onOwnThread())
    let anna = CookieJar()
    _ = try await client.text(server.url("/login/anna"), cookies: anna)
    let copy = CookieJar(lines: anna.lines)
    for _ in 0..<2 { #expect(try await client.text(server.url(), cookies: copy) == "Cookie: id=anna") }
    #expect(try await client.text(server.url(), cookies: CookieJar()) == "")
    #expect(try await client.text(server.url()) == "")
  }

  @Test func `without a jar no cookie is kept, whatever the handle did before`() async throws {
    let server = try makeServer()
    let client = makeClient(loop: .onOwnThread())
    _ = try await client.text(server.url("/login/anna"), cookies: CookieJar())
    for _ in 0..<3 { #expect(try await client.text(server.url("/login/nobody")) == "") }
    #expect(try await client.text(server.url(), cookies: CookieJar()) == "")
  }

  @Test func `requests at a time share the jar of their session`() async throws {
    let server = try makeServer()
    let client = makeClient()
    let jars = (0..<4).map { _ in CookieJar() }
    for (number, jar) in jars.enumerated() {
      _ = try await client.text(server.url("/login/\(number)"), cookies: jar)
    }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for round in 0..<80 {
        let number = round % jars.count
        group.addTask {
          try await client.text(server.url(), cookies: jars[number]) == "Cookie: id=\(number)"
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func `a jar may go while its last request is cancelled`() async throws {
    let server = try RawServer { connection in _ = connection.isClosed(within: 10) }
    let client = makeClient()
    for _ in 0..<20 {
      let task = Task { await client.failure(HTTPRequest(url: server.url()), cookies: CookieJar()) }
      try await Task.sleep(for: .milliseconds(2))
      task.cancel()
      #expect(await task.value?.code == .cancelled)
    }
  }
}
