import MFWS

extension Fault.Kind {
  /// The answer that takes the place of the honest one; nil when that one is given.
  func answer(to request: WebRequest, resource: String, now: Double) -> WebResponse? {
    switch self {
    case .stall(afterHead: false): WebResponse(status: 200, delivery: .silence)
    case .reset: WebResponse(status: 200, delivery: .reset)
    case .garbage: WebResponse(status: 200, body: Array(Self.noHTTP.utf8), delivery: .raw)
    case .status(let status, let content): content.response(status, to: request, resource: resource)
    case .html(let title): .page(title, status: 200)
    case .badJSON: .json(Array(#"{"Name":"Sample Vault","GUID":"{C840BE1A-5B47"#.utf8))
    case .huge(let bytes): WebResponse(status: 200, headers: WebResponse.jsonHeaders, delivery: .huge(bytes))
    case .wrongNode: Refusal.foreignToken.response(to: request, resource: resource)
    case .empty: WebResponse(status: 200)
    case .control: Self.controlTexts.response(to: request, resource: resource)
    case .retryAfter(let seconds, let status, let asDate):
      .page("Service Unavailable", status: status)
        .adding("Retry-After", asDate ? HTTPDate.text(now + Double(seconds)) : "\(seconds)")
    case .delay, .stall, .resetMidway, .truncate, .expire, .loseCookie: nil
    }
  }

  /// How the honest answer leaves.
  var delivery: WebResponse.Delivery {
    switch self {
    case .stall(afterHead: true): .stall
    case .resetMidway: .resetMidway
    case .truncate: .truncated
    default: .whole
    }
  }

  private static let noHTTP = "220 mail.example.com ESMTP ready\r\n\u{0}\u{1}\u{2}\r\n\r\n"

  /// What no terminal and no CI log should get to see as it is.
  private static var controlTexts: Refusal {
    let text =
      "\u{1B}[2J\u{1B}]0;title\u{7}\u{0}Login\r\n::error::owned by the server\n##vso[task.complete result=Failed]\u{9B}31m"
    return Refusal(status: 403, exception: "Unauthorized\u{1B}[31mAccessException", message: text)
  }
}

extension Fault.Content {
  fileprivate func response(_ status: Int, to request: WebRequest, resource: String) -> WebResponse {
    switch self {
    case .error:
      Refusal(status: status, exception: "Exception", message: "The sandbox was told to fail.")
        .response(to: request, resource: resource)
    case .page(let title): .page(title, status: status)
    case .text(let text):
      WebResponse(status: status, headers: [("Content-Type", Self.type(of: text))], body: Array(text.utf8))
    }
  }

  private static func type(of text: String) -> String {
    switch text.first {
    case "<": "text/html; charset=utf-8"
    case "{", "[", "\"": "application/json; charset=utf-8"
    default: "text/plain; charset=utf-8"
    }
  }
}
