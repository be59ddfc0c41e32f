import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(30))) struct ProxyTests {
  private func makeServer() throws -> RawServer {
    try RawServer { connection in
      while let request = connection.request() {
        connection.answer(body: request.contains("Proxy-Authorization") ? "leaked" : "fine")
      }
    }
  }

  @Test(.needs(AuthenticatingProxy.self))
  func `a proxy that wants a user`() async throws {
    let (proxy, server) = (try AuthenticatingProxy(user: "anna", password: "pass-word"), try makeServer())
    func client(_ password: String?) -> HTTPClient {
      makeClient(loop: .onOwnThread()) {
        $0.proxy = proxy.url
        $0.proxyUser = password == nil ? nil : "anna"
        $0.proxyPassword = password.map { Secret($0) }
        $0.noProxy = ""
      }
    }
    #expect(try await client("pass-word").text(server.url()) == "fine")
    let body = HTTPRequest(method: "POST", url: server.url(), body: Secret("body"))
    #expect(try await client("pass-word").send(body).status == 200)
    for password in ["wrong", nil] {
      let status = try await client(password).send(HTTPRequest(url: server.url())).status
      #expect(status == 407 || status == 401)
      #expect(await client(password).failure(HTTPRequest(url: "https://127.0.0.1:1/"))?.code == .proxy)
    }
  }

  @Test func `user and password are said when the proxy asks, and to it alone`() async throws {
    let notes = Notes()
    let proxy = try RawServer { connection in
      while let request = connection.request() {
        notes.add(request)
        if request.contains("Proxy-Authorization: Basic YW5uYTpwdzpceA==") {
          connection.answer(body: "through")
        } else {
          connection.answer(407, ["Proxy-Authenticate: Basic realm=x", "Proxy-Authenticate: Negotiate"])
        }
      }
    }
    let client = makeClient {
      $0.proxy = proxy.url()
      $0.proxyUser = "anna"
      $0.proxyPassword = Secret("pw:\\x")
    }
    #expect(try await client.text("http://mfiles.example/") == "through")
    #expect(notes.all.map { $0.contains("Proxy-Authorization") } == [false, true])
    let text = notes.all.joined()
    #expect(text.contains("GET http://mfiles.example/ HTTP/1.1") && !text.contains("\r\nAuthorization"))
  }

  @Test func `hosts that are reached without the proxy`() async throws {
    let server = try makeServer()
    let client = makeClient {
      $0.proxy = "http://127.0.0.1:1"
      $0.noProxy = "example.com,127.0.0.1"
    }
    #expect(try await client.text(server.url()) == "fine")
    #expect(await client.failure(HTTPRequest(url: "http://mfiles.example/"))?.code == .proxy)
  }
}
