import Cryptography
import HTTP

/// One sign-in with a browser: what is asked of the provider, and what its answer has to fit (RFC 6749, 4.1; RFC 7636).
struct AuthorizationRequest: Sendable {
  private let configuration: OAuthConfiguration
  /// Where the browser comes back to, with the port that listens.
  let redirectURI: String
  /// Proves that who redeems the code also asked for it.
  let verifier = Secret(Base64URL.random(32))
  private let state = Secret(Base64URL.random(32))
  private let nonce: String?

  init(_ configuration: OAuthConfiguration, redirectURI: String) {
    self.configuration = configuration
    self.redirectURI = redirectURI
    nonce = configuration.isOpenID ? Base64URL.random(16) : nil
  }

  /// The address for the browser.
  var address: String {
    let challenge = Base64URL.encode(SHA256.digest(Array(verifier.reveal().utf8)))
    var query = Form([
      ("response_type", Secret("code")), ("client_id", Secret(configuration.clientID)),
      ("redirect_uri", Secret(redirectURI)), ("state", state), ("code_challenge", Secret(challenge)),
      ("code_challenge_method", Secret("S256")),
    ])
    query.add("scope", configuration.scope)
    query.add("nonce", nonce)
    query.add("resource", configuration.resource)
    query.add("prompt", configuration.prompt)
    let endpoint = configuration.authorizationEndpoint.address
    return endpoint + (endpoint.contains("?") ? "&" : "?") + query.text
  }

  /// What the browser brought back.
  enum Answer: Sendable {
    case code(Secret)
    case refused(ProviderRefusal)
  }

  /// Reads the query with which the browser came back; nil when it does not belong to this sign-in.
  func answer(in query: some StringProtocol) -> Answer? {
    let items = Form(query: query)
    // Compared in constant time by Secret.
    guard let returned = items["state"], returned == state else { return nil }
    if let error = items["error"]?.reveal(), !error.isEmpty {
      return .refused(
        ProviderRefusal(
          code: error, description: items["error_description"]?.reveal(), hiding: [state, verifier],
          provider: configuration.authorizationEndpoint.base.origin))
    }
    return items["code"].flatMap { $0.isEmpty ? nil : .code($0) }
  }

  /// Whether the tokens are for this sign-in.
  ///
  /// - Throws: `server.bad_response` when the ID token carries another sign-in's nonce.
  func check(_ tokens: OAuthTokens) throws(MFWSError) {
    guard let nonce, let found = tokens.idToken.flatMap({ IDTokenClaims($0)?.nonce }), found != nonce else {
      return
    }
    throw MFWSError(
      .serverBadResponse, "the sign-in provider's ID token belongs to another sign-in: log in again")
  }
}
