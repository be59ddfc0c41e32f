import FoundationEssentials
import HTTP

/// The requests to a sign-in provider, and what its answers mean.
struct Provider: Sendable {
  let configuration: OAuthConfiguration
  let http: HTTPClient

  /// What came of a form.
  enum Answer {
    /// A JSON object.
    case granted(JSONValue)
    /// An error by which providers refuse, or ask to wait.
    case refused(ProviderRefusal)
  }

  private static let largestAnswer = 1 << 20

  /// Exchanges a code for tokens (RFC 6749, 4.1.3; RFC 7636, 4.5).
  func redeem(_ code: Secret, of request: AuthorizationRequest) async throws(MFWSError) -> OAuthTokens {
    let form = Form([
      ("grant_type", Secret("authorization_code")), ("code", code),
      ("redirect_uri", Secret(request.redirectURI)), ("code_verifier", request.verifier),
    ])
    let tokens = try OAuthTokens(try await granted(tokenForm(form)))
    try request.check(tokens)
    return tokens
  }

  /// New tokens for a refresh token (RFC 6749, 6).
  func refresh(_ tokens: OAuthTokens, by refreshToken: Secret) async throws(MFWSError) -> OAuthTokens {
    let form = Form([("grant_type", Secret("refresh_token")), ("refresh_token", refreshToken)])
    return try OAuthTokens(try await granted(tokenForm(form)), after: tokens)
  }

  /// A form for the token endpoint, as M-Files' own clients send it: with the secret in the body.
  func tokenForm(_ form: Form) -> Form {
    var form = form
    form.add("client_id", Secret(configuration.tokenClientID))
    form.add("client_secret", configuration.clientSecret)
    form.add("resource", configuration.resource)
    if form["grant_type"] != Secret(DeviceFlow.grantType) { form.add("scope", configuration.scope) }
    return form
  }

  private func granted(_ form: Form) async throws(MFWSError) -> JSONValue {
    switch try await post(form, to: configuration.tokenEndpoint) {
    case .granted(let answer): return answer
    case .refused(let refusal): throw refusal.error
    }
  }

  /// Sends a form.
  ///
  /// - Throws: what the network brings, `server.busy`, `server.failed`, `server.too_large`, and `server.bad_response` for
  ///   what is no answer of an OAuth provider.
  func post(_ form: Form, to endpoint: OAuthEndpoint) async throws(MFWSError) -> Answer {
    let headers = [
      HTTPRequest.Field("Accept", "application/json"),
      HTTPRequest.Field("Content-Type", "application/x-www-form-urlencoded"),
    ]
    let request = HTTPRequest(method: "POST", url: endpoint.address, headers: headers, body: form.body)
    let response = try await send(request, to: endpoint)
    let answer = JSONText.value(response.body)
    if response.status < 300, let answer, answer.object != nil, answer["error"] == nil {
      return .granted(answer)
    }
    guard let refusal = ProviderRefusal(answer, response.status, hiding: form.secrets, from: endpoint) else {
      throw unexpected(response, from: endpoint, "POST")
    }
    return .refused(refusal)
  }

  /// The provider's description of itself; nil when there is none at `address`.
  func metadata(at address: String) async throws(MFWSError) -> JSONValue? {
    let endpoint = try OAuthEndpoint(address, of: "the address of the sign-in provider's metadata")
    let accept = HTTPRequest.Field("Accept", "application/json")
    let response = try await send(HTTPRequest(url: address, headers: [accept]), to: endpoint)
    guard response.status == 200 else { return nil }
    return JSONText.value(response.body).flatMap { $0.object == nil ? nil : $0 }
  }

  private func send(
    _ request: HTTPRequest, to endpoint: OAuthEndpoint
  ) async throws(MFWSError) -> HTTPResponse {
    let name = "\(request.method) \(endpoint)"
    let response: HTTPResponse
    do {
      response = try await http.send(request)
    } catch {
      var failure = ErrorClassifier.error(for: error, to: name, at: endpoint.base)
      if failure.code == .serverNotMFWS { failure.code = .serverBadResponse }
      throw failure
    }
    guard response.body.count <= Self.largestAnswer else {
      throw noted(
        MFWSError(.serverTooLarge, "the sign-in provider's answer is larger than 1 MiB"), response, name)
    }
    return response
  }

  /// The error for an answer that no OAuth provider gives.
  private func unexpected(
    _ response: HTTPResponse, from endpoint: OAuthEndpoint, _ method: String
  )
    -> MFWSError
  {
    let origin = endpoint.base.origin
    let error =
      switch response.status {
      case 408, 429, 502, 503, 504:
        MFWSError(
          .serverBusy,
          "the sign-in provider at \(origin) is not available (\(response.status)): try again later")
      case 500...:
        MFWSError(.serverFailed, "the sign-in provider at \(origin) failed (\(response.status))")
      default:
        MFWSError(
          .serverBadResponse,
          "\(endpoint) answers with \(Self.kind(of: response)) (status \(response.status)), as no sign-in provider does: check the plug-in's configuration"
        )
      }
    return noted(error, response, "\(method) \(endpoint)")
  }

  private static func kind(of response: HTTPResponse) -> String {
    if (300..<400).contains(response.status) { return "a redirection" }
    if let title = JSONText.title(response.body) { return "a page titled \"\(title.printable)\"" }
    return JSONText.firstByte(response.body) == nil ? "nothing" : "something else"
  }

  private func noted(_ error: MFWSError, _ response: HTTPResponse, _ request: String) -> MFWSError {
    var error = error
    error.status = response.status
    error.request = request
    return error
  }
}
