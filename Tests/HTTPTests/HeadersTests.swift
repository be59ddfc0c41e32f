import HTTP
import Testing

@Suite struct HeadersTests {
  private func response(_ head: String) async throws -> HTTPResponse {
    let server = try RawServer { connection in
      _ = connection.request()
      connection.send(head + "\r\nContent-Length: 0\r\n\r\n")
    }
    return try await makeClient().send(HTTPRequest(url: server.url()))
  }

  @Test func `a status line with a colon is no field`() async throws {
    let headers = try await response("HTTP/1.1 200 OK: fine\r\nX-A: 1").headers
    #expect(headers.map(\.name) == ["X-A", "Content-Length"])
  }

  @Test func `a folded line belongs to the field before`() async throws {
    let headers = try await response("HTTP/1.1 200 OK\r\nX-A: 1\r\n Set-Cookie: evil=1\r\nX-B: 2").headers
    #expect(headers["X-A"] == "1 Set-Cookie: evil=1")
    #expect(!headers.contains("Set-Cookie"))
    #expect(headers["X-B"] == "2")
  }

  @Test func `names are compared without regard to case, and only to that`() {
    let headers = HTTPHeaders([("Set-Cookie", "a=b"), ("X", ""), ("`[", "odd"), ("set-cookie", "c = d ")])
    #expect(headers.contains("SET-COOKIE") && headers.contains("x"))
    #expect(!headers.contains("Set\rCookie") && !headers.contains("@{") && !headers.contains("Set-Cooki"))
    #expect(!headers.contains("Set-Cookie: a"))
    #expect(headers.values("SET-cookie") == ["a=b", "c = d"])
    #expect(headers["x"] == "")
  }
}
