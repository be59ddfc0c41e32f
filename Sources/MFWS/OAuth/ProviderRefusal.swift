import HTTP

/// The error by which a sign-in provider refuses (RFC 6749, 5.2; RFC 8628, 3.5).
struct ProviderRefusal: Sendable {
  /// Such as `invalid_grant`.
  let code: String
  /// The provider's words, fit for a terminal.
  let description: String?
  private let provider: String
  private let status: Int?
  private let request: String?

  /// The refusal in the answer of an endpoint; nil when it holds none.
  ///
  /// - Parameter secrets: what the provider was sent, and must not echo into an error.
  init?(_ answer: JSONValue?, _ status: Int, hiding secrets: [Secret], from endpoint: OAuthEndpoint) {
    guard let code = answer?["error"]?.string, !code.isEmpty else { return nil }
    self.init(
      code: code, description: answer?["error_description"]?.string, hiding: secrets,
      provider: endpoint.base.origin, status: status, request: "POST \(endpoint)")
  }

  init(
    code: String, description: String?, hiding secrets: [Secret] = [], provider: String, status: Int? = nil,
    request: String? = nil
  ) {
    self.code = Self.shown(code, hiding: secrets, limit: 60)
    self.description = description.map { Self.shown($0, hiding: secrets, limit: 300) }
    self.provider = provider
    self.status = status
    self.request = request
  }

  /// The error for a caller.
  var error: MFWSError {
    var error = MFWSError(errorCode, sentence)
    error.status = status
    error.request = request
    error.cause = code
    return error
  }

  private var errorCode: MFWSError.Code {
    switch code {
    case "temporarily_unavailable": .serverBusy
    case "server_error": .serverFailed
    default: .deniedCredentials
    }
  }

  private var sentence: String {
    let words = description.map { $0.isEmpty ? code : "\($0) (\(code))" } ?? code
    return "the sign-in provider at \(provider) refused: \(words)\(remedy.map { "; \($0)" } ?? "")"
  }

  private var remedy: String? {
    switch code {
    case "access_denied": "the sign-in was declined: log in again"
    case "invalid_grant", "expired_token", "login_required", "interaction_required", "consent_required":
      "log in again"
    case "invalid_client", "unauthorized_client":
      "check ClientID and ClientSecret of the M-Files plug-in"
    case "invalid_scope", "invalid_target", "invalid_resource":
      "check Scope and Resource of the M-Files plug-in"
    case "temporarily_unavailable", "server_error": "try again later"
    default: nil
    }
  }

  private static func shown(_ text: String, hiding secrets: [Secret], limit: Int) -> String {
    let known = secrets.map { $0.reveal() }.filter { !$0.isEmpty && text.contains($0) }
    let safe = known.reduce(text) { $0.replacing($1, with: "***") }
    let words = safe.split(whereSeparator: \.isWhitespace).joined(separator: " ").printable
    return String(words.prefix(limit))
  }
}
