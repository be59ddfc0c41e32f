/// One HTTP response.
struct WebResponse: Sendable {
  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []

  /// A JSON answer with the headers of the real server.
  static func json(_ body: [UInt8], status: Int = 200) -> WebResponse {
    WebResponse(
      status: status,
      headers: [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "private")], body: body
    )
  }

  /// A JSON answer.
  static func json(_ value: JSONText, status: Int = 200) -> WebResponse { json(value.bytes, status: status) }

  /// `{"Value": …}`, as the web service wraps what is no object.
  static func value(_ value: JSONText) -> WebResponse { json(["Value": value]) }

  /// No content.
  static var noContent: WebResponse { WebResponse(status: 204, headers: [("Cache-Control", "private")]) }

  /// What IIS answers to a verb it was not told to let through.
  static var verbBlocked: WebResponse {
    WebResponse(
      status: 405, headers: [("Content-Type", "text/html"), ("Allow", "GET, HEAD, OPTIONS, TRACE")],
      body: Array(verbBlockedPage.utf8))
  }

  private static let verbBlockedPage = """
    <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
    <html xmlns="http://www.w3.org/1999/xhtml">
    <head><title>405 - HTTP verb used to access this page is not allowed.</title></head>
    <body><h1>Server Error</h1><h2>405 - HTTP verb used to access this page is not allowed.</h2>
    <h3>The page you are looking for cannot be displayed because an invalid method (HTTP verb) was used to attempt \
    access.</h3></body>
    </html>

    """
}
