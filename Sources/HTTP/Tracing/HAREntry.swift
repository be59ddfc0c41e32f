import Glibc

/// One exchange as HAR describes it, masked.
enum HAREntry {
  static func value(_ exchange: Exchange, _ redactor: Redactor) -> HARValue {
    var fields: [(String, HARValue)] = [
      ("startedDateTime", .text(timestamp(exchange.started))),
      ("time", .milliseconds(exchange.seconds)),
      ("request", request(exchange.request, redactor)),
    ]
    switch exchange.result {
    case .success(let answer): fields.append(("response", response(answer, redactor)))
    case .failure(let error):
      // As browsers write an exchange without a response.
      fields.append(("response", response(HTTPResponse(status: 0), redactor)))
      fields.append(("_error", .text(redactor.text("\(error.code): \(error.message)"))))
    }
    fields.append(("cache", .object([])))
    let timings = [
      ("send", HARValue.integer(0)), ("wait", .milliseconds(exchange.seconds)), ("receive", .integer(0)),
    ]
    fields.append(("timings", .object(timings)))
    return .object(fields)
  }

  private static func request(_ request: HTTPRequest, _ redactor: Redactor) -> HARValue {
    let headers = request.headers.map { ($0.name, $0.value.reveal()) }
    let query = redactor.queryItems(request.url).map { pair($0.name, $0.value) }
    var fields =
      [("method", .text(redactor.text(request.method))), ("url", .text(redactor.url(request.url)))]
      + common(headers, redactor, bodySize: request.body?.count ?? 0)
    fields.append(("queryString", .list(query)))
    if let body = request.body {
      let type = headers.first { $0.0.equalsIgnoringCase("Content-Type") }?.1
      let bytes = unsafe body.withBytes { unsafe Array($0) }
      let text = [
        ("mimeType", HARValue.text(type.map { redactor.shown(mediaType: $0) } ?? "")),
        ("params", .list([])), ("text", .text(redactor.body(bytes, mediaType: type))),
      ]
      fields.append(("postData", .object(text)))
    }
    return .object(fields)
  }

  private static func response(_ response: HTTPResponse, _ redactor: Redactor) -> HARValue {
    let type = response.headers["Content-Type"]
    let content: [(String, HARValue)] = [
      ("size", .integer(response.body.count)),
      ("mimeType", .text(type.map { redactor.shown(mediaType: $0) } ?? "")),
      ("text", .text(redactor.body(response.body, mediaType: type))),
    ]
    let headers = response.headers.map { ($0.name, $0.value) }
    let redirect = response.headers["Location"].map { redactor.url($0) } ?? ""
    return .object(
      [("status", .integer(response.status)), ("statusText", .text(""))]
        + common(headers, redactor, bodySize: -1)
        + [("content", .object(content)), ("redirectURL", .text(redirect))])
  }

  /// What requests and responses have in common; -1 stands for unknown.
  private static func common(
    _ headers: [(String, String)], _ redactor: Redactor, bodySize: Int
  ) -> [(String, HARValue)] {
    let shown = headers.map { pair(redactor.text($0.0), redactor.header($0.0, $0.1)) }
    return [
      ("httpVersion", .text("unknown")), ("cookies", .list([])), ("headers", .list(shown)),
      ("headersSize", .integer(-1)), ("bodySize", .integer(bodySize)),
    ]
  }

  private static func pair(_ name: String, _ value: String) -> HARValue {
    .object([("name", .text(name)), ("value", .text(value))])
  }

  /// ISO 8601 in UTC with milliseconds.
  private static func timestamp(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded(.down))
    var time = milliseconds / 1000
    var parts = unsafe tm()
    unsafe gmtime_r(&time, &parts)
    let date = unsafe [(Int(parts.tm_year) + 1900, 4), (Int(parts.tm_mon) + 1, 2), (Int(parts.tm_mday), 2)]
    let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { digits(Int($0), 2) }
    return date.map { digits($0, $1) }.joined(separator: "-") + "T" + clock.joined(separator: ":")
      + ".\(digits(milliseconds % 1000, 3))Z"
  }

  private static func digits(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
