/// One exchange as HAR describes it, masked.
enum HAREntry {
  static func value(_ exchange: Exchange, _ redactor: Redactor) -> HARValue {
    let redactor = redactor.knowing(exchange)
    let answer = try? exchange.result.get()
    let version = answer.flatMap { protocolNames[$0.httpVersion] } ?? "unknown"
    var fields: [(String, HARValue)] = [
      ("startedDateTime", .text(UTCTime.text(exchange.started))),
      ("time", .milliseconds(exchange.seconds)),
      ("request", request(exchange, version, redactor)),
      // As browsers write an exchange without a response.
      ("response", response(answer ?? HTTPResponse(status: 0), version, redactor)),
    ]
    if case .failure(let error) = exchange.result {
      fields.append(("_error", .text(redactor.text("\(error.code): \(error.message)"))))
    }
    fields += [("cache", .object([])), ("timings", timings(answer?.timings, of: exchange.seconds))]
    if let address = answer?.serverAddress, !address.isEmpty {
      fields.append(("serverIPAddress", .text(address)))
    }
    return .object(fields)
  }

  private static let protocolNames = ["1.0": "HTTP/1.0", "1.1": "HTTP/1.1", "2": "h2"]

  private static func request(_ exchange: Exchange, _ version: String, _ redactor: Redactor) -> HARValue {
    let request = exchange.request
    let headers = request.headers.map { ($0.name, $0.value.reveal()) }
    let query = redactor.queryItems(request.url).map { pair($0.name, $0.value) }
    let cookies =
      exchange.cookieNames
      + headers.filter { $0.0.equalsIgnoringCase("Cookie") }.flatMap { cookieNames($0.1) }
    var fields =
      [("method", .text(redactor.text(request.method))), ("url", .text(redactor.url(request.url)))]
      + common(headers, cookies, version, redactor, bodySize: request.body?.count ?? 0)
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

  private static func response(
    _ response: HTTPResponse, _ version: String, _ redactor: Redactor
  ) -> HARValue {
    let type = response.headers["Content-Type"]
    let content: [(String, HARValue)] = [
      ("size", .integer(response.body.count)),
      ("mimeType", .text(type.map { redactor.shown(mediaType: $0) } ?? "")),
      ("text", .text(redactor.body(response.body, mediaType: type))),
    ]
    let headers = response.headers.map { ($0.name, $0.value) }
    let cookies = response.headers.values("Set-Cookie").flatMap {
      cookieNames(String($0.prefix { $0 != ";" }))
    }
    let redirect = response.headers["Location"].map { redactor.url($0) } ?? ""
    return .object(
      [("status", .integer(response.status)), ("statusText", .text(redactor.text(response.statusText)))]
        + common(headers, cookies, version, redactor, bodySize: -1)
        + [("content", .object(content)), ("redirectURL", .text(redirect))])
  }

  /// What requests and responses have in common; -1 stands for unknown.
  private static func common(
    _ headers: [(String, String)], _ cookies: [String], _ version: String, _ redactor: Redactor,
    bodySize: Int
  ) -> [(String, HARValue)] {
    let shown = headers.map { pair(redactor.text($0.0), redactor.header($0.0, $0.1)) }
    return [
      ("httpVersion", .text(version)),
      ("cookies", .list(cookies.map { pair(redactor.text($0), RedactionRules.mask) })),
      ("headers", .list(shown)), ("headersSize", .integer(-1)), ("bodySize", .integer(bodySize)),
    ]
  }

  /// The names before the equals signs; what has none is left out, since it may be a value.
  private static func cookieNames(_ field: String) -> [String] {
    field.split(separator: ";").compactMap { part in
      part.contains("=") ? String(part.drop { $0 == " " }.prefix { $0 != "=" }) : nil
    }
  }

  /// -1 stands for what did not happen. What is not libcurl's time is time that the request waited for its turn.
  private static func timings(_ parts: HTTPTimings?, of seconds: Double) -> HARValue {
    func part(_ value: Double?) -> HARValue { value.map { .milliseconds($0) } ?? .integer(-1) }
    return .object([
      ("blocked", part(parts.map { max(0, seconds - $0.total) })), ("dns", part(parts?.dns)),
      ("connect", part(parts?.connect)), ("ssl", part(parts?.tls)), ("send", part(parts?.send ?? 0)),
      ("wait", part(parts?.wait ?? seconds)), ("receive", part(parts?.receive ?? 0)),
    ])
  }

  private static func pair(_ name: String, _ value: String) -> HARValue {
    .object([("name", .text(name)), ("value", .text(value))])
  }
}
