import FoundationEssentials
import Glibc
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(30))) struct TraceTests {
  private static let canary = "canary \"ü\"/+8 bytes & more"

  private struct HAR: Decodable {
    struct Log: Decodable {
      struct Entry: Decodable {
        struct Pair: Decodable {
          let name: String
          let value: String
        }
        struct Request: Decodable {
          struct PostData: Decodable {
            let mimeType: String
            let text: String
          }
          let method: String
          let url: String
          let httpVersion: String
          let headers: [Pair]
          let queryString: [Pair]
          let postData: PostData?
          let headersSize: Int
          let bodySize: Int
        }
        struct Response: Decodable {
          struct Content: Decodable {
            let size: Int
            let mimeType: String
            let text: String
          }
          let status: Int
          let statusText: String
          let headers: [Pair]
          let content: Content
          let redirectURL: String
        }
        let startedDateTime: String
        let time: Double
        let request: Request
        let response: Response
        let timings: [String: Double]
        let _error: String?
      }
      let version: String
      let creator: [String: String]
      let entries: [Entry]
    }
    let log: Log
  }

  private func read(_ folder: TemporaryFolder) throws -> HAR.Log {
    try JSONDecoder().decode(HAR.self, from: Data(try folder.read("trace.har").utf8)).log
  }

  /// Repeats everything that came, and the canary besides.
  private func makeEcho() throws -> RawServer {
    let encodings = KnownSecretsTests.encodings(Self.canary)
    return try RawServer { connection in
      while let request = connection.request() {
        let escaped = encodings.map { $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }
        let body = "{\"Message\":\"\(escaped.joined(separator: " "))\",\"Other\":\"\(request.utf8.count)\"}"
        connection.answer(
          200,
          encodings.enumerated().map { "X-Echo-\($0): \($1)" } + encodings.map { "Server: \($0)" }
            + encodings.map { "Location: /\($0)" } + [
              "Content-Type: application/json", "Set-Cookie: a=\(Self.canary)",
            ],
          body: body)
      }
    }
  }

  @Test func `no trace shows the canary, and the file is JSON after every entry`() async throws {
    let folder = try TemporaryFolder()
    let (redactor, notes) = (Redactor(), Notes())
    redactor.add(Secret(Self.canary))
    let har = try HARFile(path: folder.path("trace.har"), redactor: redactor, creatorVersion: "1.0")
    let client = makeClient(observers: [har, VerboseTrace(redactor: redactor) { notes.add($0) }])
    #expect(try read(folder).entries.isEmpty)
    let server = try makeEcho()
    let encodings = KnownSecretsTests.encodings(Self.canary).map { $0.replacing("\t", with: " ") }
    for (number, encoded) in encodings.enumerated() {
      let inURL = encoded.replacing(" ", with: "%20")
      let request = HTTPRequest(
        method: "POST", url: server.url("/\(inURL)?vault=\(inURL)&q=\(inURL)"),
        headers: [
          .init("X-Vault", encoded), .init("X-Unknown", encoded), .init("Content-Type", "application/json"),
        ],
        body: Secret("{\"Username\":\"\(encoded.replacing("\"", with: "\\u0022"))\",\"Password\":\"p\"}"))
      _ = await client.failure(request)
      #expect(try read(folder).entries.count == number + 1)
    }
    let text = try folder.read("trace.har") + notes.all.joined()
    for encoded in encodings {
      #expect(!text.contains(encoded), "\(encoded)")
      #expect(
        !text.contains(encoded.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")), "\(encoded)")
    }
    #expect(redactor.text(text) == text)
    #expect(har.failure == nil)
  }

  @Test func `an entry says what happened`() async throws {
    let folder = try TemporaryFolder()
    let har = try HARFile(path: folder.path("trace.har"), redactor: Redactor(), creatorVersion: "1.2.3")
    let server = try RawServer { connection in
      _ = connection.request()
      connection.answer(
        403, ["Content-Type: application/json; charset=utf-8"], body: "{\"Status\":403,\"Value\":\"t\"}")
    }
    let client = makeClient(observers: [har])
    let body = Secret("{\"Username\":\"anna\",\"Password\":\"pw\"}")
    _ = try await client.send(
      HTTPRequest(
        method: "POST", url: server.url("/REST/session?_method=PUT"),
        headers: [.init("content-type", "application/json")],
        body: body))
    _ = await client.failure(HTTPRequest(url: "http://127.0.0.1:1/"))
    let log = try read(folder)
    #expect(log.version == "1.2" && log.creator == ["name": "mfsh", "version": "1.2.3"])
    let entry = log.entries[0]
    #expect(entry.startedDateTime.wholeMatch(of: /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    #expect(entry.time > 0 && entry.time < 60_000)
    #expect(entry.request.method == "POST" && entry.request.url == server.url("/REST/session?_method=PUT"))
    #expect(entry.request.queryString.map(\.name) == ["_method"])
    #expect(entry.request.postData?.text == "{\"Username\":\"anna\",\"Password\":\"***\"}")
    #expect(entry.response.status == 403 && entry.response.content.mimeType == "application/json")
    #expect(entry.response.content.text == "{\"Status\":403,\"Value\":\"***\"}")
    #expect(log.entries[1].response.status == 0)
    #expect(log.entries[1]._error?.hasPrefix("connect: ") == true)
  }

  @Test func `entries of many at a time do not mix`() async throws {
    let folder = try TemporaryFolder()
    let har = try HARFile(path: folder.path("trace.har"), redactor: Redactor(), creatorVersion: "1")
    let server = try RawServer { connection in while connection.request() != nil { connection.answer() } }
    let client = makeClient(observers: [har])
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<50 {
        group.addTask { _ = await client.failure(HTTPRequest(url: server.url("/\(number)"))) }
      }
    }
    #expect(Set(try read(folder).entries.map(\.request.url)).count == 50)
  }

  private func refusal(_ path: String) -> String? {
    do {
      _ = try HARFile(path: path, redactor: Redactor(), creatorVersion: "1")
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `the file is ours alone and never behind a link`() throws {
    let folder = try TemporaryFolder()
    let target = try folder.write("target", "precious")
    #expect(
      symlink(target, folder.path("link")) == 0 && symlink(folder.path("no"), folder.path("dangling")) == 0)
    #expect(refusal(folder.path("link")) == "is a symbolic link")
    #expect(refusal(folder.path("dangling")) == "is a symbolic link")
    #expect(link(target, folder.path("hard")) == 0)
    #expect(refusal(target) == "has another name too, through a hard link")
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(refusal(folder.path("pipe")) != nil)
    #expect(refusal(folder.path) != nil && refusal("/dev/null") == "is not a regular file")
    #expect(refusal(folder.path("no/where")) == "No such file or directory")
    #expect(refusal(target + "\u{0}x") != nil)
    #expect(try folder.read("target") == "precious")
  }

  @Test func `a file of before is emptied and closed to others`() throws {
    let folder = try TemporaryFolder()
    try folder.write("trace.har", String(repeating: "old", count: 10_000), mode: 0o644)
    #expect(refusal(folder.path("trace.har")) == nil)
    #expect(try read(folder).entries.isEmpty)
    var status = stat()
    #expect(stat(folder.path("trace.har"), &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func `a verbose line`() {
    let notes = Notes()
    let trace = VerboseTrace(redactor: Redactor()) { notes.add($0) }
    let request = HTTPRequest(method: "POST", url: "https://u:p@host/REST/session?_method=PUT&token=abc")
    trace.exchangeEnded(
      Exchange(request: request, result: .success(HTTPResponse(status: 200)), started: 0, seconds: 0.0123))
    let error = HTTPError(.tls, "a name\u{1B}]0;evil\u{7}\r\n::error::\u{202E}\u{85}")
    trace.exchangeEnded(Exchange(request: request, result: .failure(error), started: 0, seconds: 1))
    #expect(notes.all.first == "mfsh: POST /REST/session?_method=PUT&token=*** 200 12 ms")
    #expect(notes.all.count == 2 && notes.all[1].hasPrefix("mfsh: POST "))
    #expect(
      notes.all[1].unicodeScalars.allSatisfy {
        $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{202E}" && $0 != "\u{85}"
      })
  }
}
