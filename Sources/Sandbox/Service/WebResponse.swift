/// One HTTP response.
struct WebResponse: Sendable {
  /// How a response leaves; anything but `whole` breaks HTTP on purpose.
  enum Delivery: Sendable, Equatable {
    case whole
    /// Nothing at all, until the client gives up.
    case silence
    /// Head and half of the body, then nothing until the client gives up.
    case stall
    /// A TCP reset before any answer.
    case reset
    /// Head and half of the body, then a TCP reset.
    case resetMidway
    /// A Content-Length that is too large, then the end of the connection.
    case truncated
    /// The body alone, without status and head, then the end of the connection.
    case raw
    /// Instead of the body a JSON string of so many bytes.
    case huge(Int)
  }

  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []
  /// Seconds until it leaves.
  var delay = 0.0
  var delivery = Delivery.whole

  static let jsonHeaders = [
    (name: "Content-Type", value: "application/json; charset=utf-8"),
    (name: "Cache-Control", value: "private"),
  ]

  /// A JSON answer with the headers of the real server.
  static func json(_ body: [UInt8], status: Int = 200) -> WebResponse {
    WebResponse(status: status, headers: jsonHeaders, body: body)
  }

  /// A JSON answer.
  static func json(_ value: JSONText, status: Int = 200) -> WebResponse { json(value.bytes, status: status) }

  /// `{"Value": …}`, as the web service wraps what is no object.
  static func value(_ value: JSONText) -> WebResponse { json(["Value": value]) }

  /// No content.
  static var noContent: WebResponse { WebResponse(status: 204, headers: [("Cache-Control", "private")]) }

  /// The same response, so many seconds later.
  func delayed(_ seconds: Double) -> WebResponse {
    var copy = self
    copy.delay = seconds
    return copy
  }

  /// The same response with one more header field.
  func adding(_ name: String, _ value: String) -> WebResponse {
    var copy = self
    copy.headers.append((name, value))
    return copy
  }
}
