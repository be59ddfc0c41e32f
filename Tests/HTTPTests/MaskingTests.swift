import HTTP
import TestSupport
import Testing

/// What is on no list of harmless things is masked wherever it is shown, also when nobody knows it as a secret.
@Suite struct MaskingTests {
  private static let unknown = Canary.makeToken("unknown value")
  private static let number = "918273645546372819"

  private static func deep(_ depth: Int) -> String {
    let inner =
      #"{"Surprise":"\#(unknown)","Count":\#(number),"List":["\#(unknown)",\#(number),["\#(unknown)"]]}"#
    return (0..<depth).reduce(inner) { text, level in
      level.isMultiple(of: 2) ? "[\(text)]" : "{\"Name\":\"level\",\"Extra\(level)\":\(text)}"
    }
  }

  static let bodies: [(type: String, body: String)] = [
    ("application/json", deep(0)), ("application/json", deep(1)), ("application/json", deep(8)),
    ("application/json", "\"\(unknown)\""), ("application/json", number),
    ("application/problem+json", deep(3)),
    ("text/json; charset=utf-8", deep(2)),
    ("application/json", "{\"Surprise\":\"\(unknown)"), ("application/json", unknown),
    ("application/x-www-form-urlencoded", "Surprise=\(unknown)&n=\(number)&\(unknown)&scope=a;\(unknown)"),
    ("text/html", "<title>\(unknown) \(number)</title>"), ("text/plain", unknown),
    ("application/octet-stream", number),
  ]

  private func exchange(type: String, body: String) -> Exchange {
    let (unknown, number) = (Self.unknown, Self.number)
    let query = "surprise=\(unknown)&n=\(number)&\(unknown)&vault=a%3B\(unknown)"
    var request = HTTPRequest(
      method: "POST", url: "https://jo:\(unknown)@host/REST/session?\(query)#\(unknown)")
    request.headers = [
      .init("Content-Type", type), .init("X-Surprise", unknown), .init("X-Number", number),
      .init("Cookie", "surprise=\(unknown); \(unknown)"), .init("Authorization", "Basic \(unknown)"),
      .init("Referer", "https://host/?\(unknown)"),
    ]
    request.body = Secret(body)
    var response = HTTPResponse(status: 200)
    response.headers = HTTPHeaders([
      ("Content-Type", type), ("X-Surprise", unknown), ("Set-Cookie", "s=\(unknown); path=/; x=\(unknown)"),
      ("Location", "https://\(unknown)@h/?x=\(unknown)#\(number)"), ("ETag", number),
      ("Authorization", unknown),
    ])
    response.body = Array(body.utf8)
    return Exchange(request: request, result: .success(response), started: 0, seconds: 1)
  }

  @Test(arguments: bodies) func `in a HAR, a line of -v, the last exchange and its curl line`(
    type: String, body: String
  ) throws {
    let folder = try TemporaryFolder()
    let (redactor, notes) = (Redactor(), Notes())
    let har = try HARFile(path: folder.path("trace.har"), redactor: redactor, creatorVersion: "1")
    let (verbose, last) = (
      VerboseTrace(redactor: redactor) { notes.add($0) }, LastExchange(redactor: redactor)
    )
    let observers: [any ExchangeObserver] = [har, verbose, last]
    for observer in observers { observer.exchangeEnded(exchange(type: type, body: body)) }
    let shown = try #require(last.shown)
    let curl = try #require(last.curlCommand(configuration: HTTPConfiguration()))
    let texts = [
      "HAR": try folder.read("trace.har"), "-v": notes.all.joined(), "last": "\(shown)", "curl": curl.line,
    ]
    for (place, text) in texts {
      #expect(text.contains("/REST/session"), "\(place)")
      #expect(!text.contains(Self.unknown) && !text.contains(Self.number), "\(place): \(text)")
    }
  }
}
