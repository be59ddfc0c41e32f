import HTTP

/// What GET `/server/status` tells of a place (protocol: "The server hierarchy").
enum PlaceAnswer: Equatable {
  /// The web service, and whether M-Files Server runs behind it.
  case service(isUp: Bool, message: String)
  /// The web service, which refuses the resource.
  case refusing(status: Int)
  /// 502, 503 or 504 of whatever stands in front.
  case unavailable(status: Int)
  /// A page where JSON should be.
  case page
  case redirection(to: String)
  /// The web server wants a login of its own.
  case challenge([String])
  case missing(status: Int)
  case failure

  init(_ observation: Observation) {
    guard let response = observation.response else {
      self = .failure
      return
    }
    self = Self.service(response) ?? Self.other(response)
  }

  private static func service(_ response: HTTPResponse) -> PlaceAnswer? {
    guard let fields = response.json?.object else { return nil }
    let message = fields["Message"]?.string ?? ""
    if let isUp = fields["Successful"]?.bool {
      return .service(isUp: isUp && response.status < 300, message: message)
    }
    if response.status == 503 { return .service(isUp: false, message: message) }
    let isError = fields["ExceptionName"] != nil || fields["Exception"] != nil || fields["Status"] != nil
    return isError ? .refusing(status: response.status) : nil
  }

  private static func other(_ response: HTTPResponse) -> PlaceAnswer {
    if let target = response.redirection { return .redirection(to: target) }
    switch response.status {
    case 502, 503, 504: return .unavailable(status: response.status)
    case 401: return .challenge(response.challenges)
    case 200..<300: return .page
    default: return .missing(status: response.status)
    }
  }

  /// How well it serves as the place; nil: not at all.
  var rank: Int? {
    switch self {
    case .service(isUp: true, _): 0
    case .service: 1
    case .refusing: 2
    case .unavailable: 3
    default: nil
    }
  }
}

extension HTTPResponse {
  /// The schemes of `WWW-Authenticate`: Negotiate, NTLM, Basic.
  var challenges: [String] {
    headers.values("WWW-Authenticate").compactMap { $0.split(separator: " ").first.map(String.init) }
  }
}
