/// What the loopback address answers to a browser. Nothing of the request is repeated in it.
struct RedirectPage: Sendable {
  private let status: String
  private let text: String

  static let signedIn = RedirectPage(status: "200 OK", text: "You are signed in. You can close this window.")
  static let refused = RedirectPage(
    status: "200 OK",
    text: "The sign-in was refused; mfsh says more. You can close this window.")
  static let stranger = RedirectPage(
    status: "400 Bad Request", text: "This does not belong to the sign-in that mfsh waits for.")
  static let notFound = RedirectPage(status: "404 Not Found", text: "There is nothing here.")
  static let notAllowed = RedirectPage(status: "405 Method Not Allowed", text: "Only GET is answered here.")
  static let tooLarge = RedirectPage(
    status: "431 Request Header Fields Too Large", text: "The request is too large.")

  /// The whole response.
  var bytes: [UInt8] {
    let page = "<!DOCTYPE html><meta charset=\"utf-8\"><title>mfsh</title><p>\(text)</p>\n"
    let head = [
      "HTTP/1.1 \(status)", "Content-Type: text/html; charset=utf-8", "Content-Length: \(page.utf8.count)",
      "Connection: close", "Cache-Control: no-store", "Referrer-Policy: no-referrer",
      "Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff",
    ]
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + page).utf8)
  }
}

/// One connection to the loopback address: bytes in, page out.
struct RedirectExchange {
  private let request: AuthorizationRequest
  private let path: String
  private var head: [UInt8] = []
  private static let largestHead = 16 << 10

  init(_ request: AuthorizationRequest, path: String) {
    self.request = request
    self.path = path
  }

  /// Takes bytes in. Returns the page once the request is whole, and the answer when it was what is waited for.
  mutating func receive(
    _ bytes: some Sequence<UInt8>
  ) -> (page: RedirectPage, answer: AuthorizationRequest.Answer?)? {
    head += bytes
    guard head.count <= Self.largestHead else { return (.tooLarge, nil) }
    guard head.firstRange(of: Array("\r\n\r\n".utf8)) != nil else { return nil }
    let line = String(decoding: head.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return (.stranger, nil) }
    guard words[0] == "GET" else { return (.notAllowed, nil) }
    return reply(to: words[1])
  }

  private func reply(to target: Substring) -> (page: RedirectPage, answer: AuthorizationRequest.Answer?) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0] == path else { return (.notFound, nil) }
    guard parts.count == 2, let answer = request.answer(in: parts[1]) else { return (.stranger, nil) }
    return switch answer {
    case .code: (.signedIn, answer)
    case .refused: (.refused, answer)
    }
  }
}
