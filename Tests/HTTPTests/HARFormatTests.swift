import FoundationEssentials
import Glibc
import HTTP
import TestSupport
import Testing

/// What HAR 1.2 requires, field by field: decoding fails when one is missing or of another type.
struct HARDocument: Decodable {
  struct Pair: Decodable, Equatable {
    let name: String
    let value: String
  }
  struct Request: Decodable {
    let method, url, httpVersion: String
    let cookies, headers, queryString: [Pair]
    let headersSize, bodySize: Int
    struct PostData: Decodable { let mimeType, text: String }
    let postData: PostData?
  }
  struct Response: Decodable {
    struct Content: Decodable {
      let size: Int
      let mimeType: String
    }
    let status, headersSize, bodySize: Int
    let statusText, httpVersion, redirectURL: String
    let cookies, headers: [Pair]
    let content: Content
  }
  struct Timings: Decodable {
    let blocked, dns, connect, ssl, send, wait, receive: Double
    /// As HAR defines it: TLS is a part of connecting.
    var sum: Double { [blocked, dns, connect, send, wait, receive].filter { $0 >= 0 }.reduce(0, +) }
  }
  struct Entry: Decodable {
    let startedDateTime: String
    let time: Double
    let request: Request
    let response: Response
    let cache: [String: String]
    let timings: Timings
    let serverIPAddress: String?
  }
  struct Creator: Decodable { let name, version: String }
  struct Log: Decodable {
    let version: String
    let creator: Creator
    let entries: [Entry]
  }
  let log: Log
}

@Suite(.timeLimit(.minutes(30))) struct HARFormatTests {
  private let folder: TemporaryFolder
  private let har: HARFile

  init() throws {
    folder = try TemporaryFolder()
    har = try HARFile(path: folder.path("trace.har"), redactor: Redactor(), creatorVersion: "1")
  }

  private func entries() throws -> [HARDocument.Entry] {
    let text = try folder.read("trace.har")
    return try JSONDecoder().decode(HARDocument.self, from: Data(text.utf8)).log.entries
  }

  @Test func `an entry has what the format requires`() async throws {
    let server = try RawServer { connection in
      while let request = connection.request() {
        if request.contains("/lost") { return }
        if request.contains("/again") { usleep(200_000) }
        connection.answer(
          200, ["Set-Cookie: id=abc; Path=/", "Set-Cookie: node=x=y", "Set-Cookie: odd; a=b"])
      }
    }
    let (client, jar) = (makeClient(loop: .onOwnThread(), observers: [har]), CookieJar())
    for path in ["/", "/again?vault=v&x=1"] { _ = try await client.text(server.url(path), cookies: jar) }
    _ = await client.failure(HTTPRequest(url: server.url("/lost"), headers: [.init("Cookie", "a=b; c")]))
    let entries = try entries()
    try #require(entries.count == 3)
    for entry in entries {
      let parts = entry.timings
      #expect([parts.send, parts.wait, parts.receive].allSatisfy { $0 >= 0 })
      #expect(abs(parts.sum - entry.time) < 0.01, "\(parts) \(entry.time)")
    }
    let (first, second, lost) = (entries[0], entries[1], entries[2])
    #expect(first.request.httpVersion == "HTTP/1.1" && first.response.httpVersion == "HTTP/1.1")
    #expect(first.response.statusText == "Scripted" && first.serverIPAddress == "127.0.0.1")
    #expect(first.timings.connect >= 0 && first.timings.dns >= 0 && first.timings.ssl == -1)
    #expect(first.request.cookies.isEmpty)
    #expect(first.response.cookies == [.init(name: "id", value: "***"), .init(name: "node", value: "***")])
    #expect(Set(second.request.cookies.map(\.name)) == ["id", "node"])
    #expect(second.timings.connect == -1 && second.timings.dns == -1)
    #expect(second.timings.wait > 150)
    #expect(lost.request.cookies == [.init(name: "a", value: "***")] && lost.response.status == 0)
    #expect(lost.request.httpVersion == "unknown" && lost.timings.blocked == -1)
    #expect(!(try folder.read("trace.har")).contains("abc"))
  }

  @Test(.needs(Nginx.self, TestCertificates.self))
  func `HTTP 2 and TLS`() async throws {
    let certificates = try TestCertificates()
    let pair = try certificates.make("server")
    let server = try Nginx(
      listening: "ssl http2",
      server: """
        ssl_certificate \(pair.certificate);
        ssl_certificate_key \(pair.key);
        location / { return 200; }
        """)
    let client = makeClient(loop: .onOwnThread(), observers: [har]) {
      $0.certificateAuthorityFile = certificates.authority.certificate
    }
    for _ in 0..<2 { _ = try await client.text("https://127.0.0.1:\(server.port)/") }
    let entries = try entries()
    #expect(entries.map(\.response.httpVersion) == ["h2", "h2"])
    #expect(entries.map(\.response.statusText) == ["", ""])
    #expect(entries[0].timings.ssl > 0 && entries[0].timings.ssl <= entries[0].timings.connect)
    #expect(entries[1].timings.ssl == -1)
  }
}
