package import MFWS

/// Whether an attempt at a row may be followed by another one.
package struct RetryFacts: Sendable, Hashable {
  /// Whether it failed in a way that may pass: 408, 425, 429, 502, 503, 504, the network, another node.
  package var mayPass = false
  /// Seconds after which the server wants to be asked again.
  package var after: Double?
  /// Whether a login was sent whose answer is not known: it may have been refused, and refusals lock accounts.
  package var isLoginLost = false
  /// Whether we ended it ourselves.
  package var isCancelled = false

  package init() {}

  /// - Parameter isLoggedIn: whether the server had believed who the account is before.
  package init(_ error: MFWSError, isLoggedIn: Bool) {
    isCancelled = error.code == .clientCancelled
    mayPass =
      error.code == .serverBusy || error.code == .sessionWrongNode
      || error.code.rawValue.hasPrefix("network.") && error.status == nil
    after = error.retryAfter
    isLoginLost = !isLoggedIn && Self.isLost(error)
  }

  /// The requests that prove a login. One for a token does not: it is answered well whatever the password.
  private static let logins: Set<String> = ["PUT /session", "GET /session"]

  private static func isLost(_ error: MFWSError) -> Bool {
    guard let request = error.request, logins.contains(request) else { return false }
    switch error.code {
    // It never got there, or was turned away unread.
    case .networkDNS, .networkConnect, .networkTLS, .networkProxy, .sessionWrongNode: return false
    case .serverBusy: return ![425, 429, 503].contains(error.status)
    case .deniedCredentials, .deniedVault, .clientCancelled, .clientInsecure, .clientUsage: return false
    default: return true
    }
  }
}
