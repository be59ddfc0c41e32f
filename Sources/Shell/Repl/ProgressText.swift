import HTTP

/// What is said of a statement that waits.
enum ProgressText {
  /// `GET /session … 3 s, Ctrl-C stops it`.
  ///
  /// - Parameter requests: those that are under way.
  static func line(_ requests: [HTTPRequest], seconds: Double) -> String {
    "\(subject(requests)) … \(DurationText.whole(Int(seconds))), Ctrl-C stops it"
  }

  private static func subject(_ requests: [HTTPRequest]) -> String {
    guard let request = requests.first else { return "waiting" }
    return requests.count == 1 ? name(request) : "\(requests.count) requests under way"
  }

  /// Method and resource, without the query, which may hold what nobody else should see.
  static func name(_ request: HTTPRequest) -> String {
    let parts = request.url.split(separator: "?", maxSplits: 1)
    let address = parts.first.map(String.init) ?? ""
    let method = parts.dropFirst().first?.split(separator: "&").first { $0.hasPrefix("_method=") }?.dropFirst(
      8)
    let resource =
      address.firstRange(of: "/REST/").map { "/" + address[$0.upperBound...] } ?? path(of: address)
    return TerminalText.line("\(method.map(String.init) ?? request.method) \(resource)")
  }

  private static func path(of address: String) -> String {
    guard let scheme = address.firstRange(of: "://") else { return address }
    return String(address[scheme.upperBound...].drop { $0 != "/" })
  }
}
