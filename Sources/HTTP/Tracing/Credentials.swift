extension Exchange {
  /// Shorter values of cookies are settings.
  private static let shortestCookie = 16

  /// The tokens, passwords and cookies in the fields of request and response.
  var credentials: [Secret] {
    let sent = request.headers.flatMap { Self.credentials(in: $0.name, $0.value) }
    let received =
      (try? result.get())?.headers.flatMap { Self.credentials(in: $0.name, Secret($0.value)) } ?? []
    return sent + received + cookieValues.filter { $0.count >= Self.shortestCookie }
  }

  private static func credentials(in name: String, _ value: Secret) -> [Secret] {
    switch name.lowercased() {
    case "x-authentication", "x-password", "x-presharedkey": [value]
    case "authorization", "proxy-authorization":
      value.reveal().split(separator: " ").dropFirst().map { Secret(String($0)) }
    case "cookie": value.reveal().split(separator: ";").compactMap { cookie($0) }
    case "set-cookie": value.reveal().split(separator: ";").prefix(1).compactMap { cookie($0) }
    default: []
    }
  }

  private static func cookie(_ pair: Substring) -> Secret? {
    guard let equals = pair.firstIndex(of: "=") else { return nil }
    let value = Secret(String(pair[pair.index(after: equals)...]))
    return value.count >= shortestCookie ? value : nil
  }
}
