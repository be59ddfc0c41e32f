public import FoundationEssentials
public import HTTP

/// What a sign-in provider gave.
public struct OAuthTokens: Sendable {
  /// The token for the resource.
  public let accessToken: Secret
  /// Who signed in (OpenID Connect).
  public let idToken: Secret?
  /// What new tokens are had for.
  public let refreshToken: Secret?
  /// When they came.
  public let received: Date
  /// When the access token ends; nil when the provider did not say.
  public let expires: Date?

  /// Reads a token response (RFC 6749, 5.1).
  ///
  /// - Parameters:
  ///   - answer: the JSON object.
  ///   - previous: the tokens that were refreshed; what the answer leaves out stays as it was.
  /// - Throws: `server.bad_response` when there is no token, or one of a kind that cannot be used.
  init(_ answer: JSONValue, after previous: OAuthTokens? = nil, now: Date = Date()) throws(MFWSError) {
    guard let access = Self.secret(answer["access_token"]) else {
      throw MFWSError(.serverBadResponse, "the sign-in provider answered without a token")
    }
    // Providers that leave the type out mean bearer too.
    guard (answer["token_type"]?.string ?? "Bearer").equalsIgnoringCase("Bearer") else {
      throw MFWSError(.serverBadResponse, "the sign-in provider gave a token that is no bearer token")
    }
    accessToken = access
    idToken = Self.secret(answer["id_token"]) ?? previous?.idToken
    refreshToken = Self.secret(answer["refresh_token"]) ?? previous?.refreshToken
    received = now
    expires = Self.seconds(answer["expires_in"]).map { now.addingTimeInterval($0) }
  }

  /// The token that M-Files wants.
  ///
  /// - Throws: `server.bad_response` when that is the ID token and the provider gave none.
  public func bearer(_ configuration: OAuthConfiguration) throws(MFWSError) -> Secret {
    guard configuration.usesIDTokenAsAccessToken else { return accessToken }
    guard let idToken else {
      throw MFWSError(
        .serverBadResponse,
        "the sign-in provider gave no ID token, which the plug-in \"\(configuration.pluginName.printable)\" needs: its scope has to hold openid"
      )
    }
    return idToken
  }

  /// When the bearer ends; nil when unknown.
  func bearerExpires(_ configuration: OAuthConfiguration) -> Date? {
    guard configuration.usesIDTokenAsAccessToken else { return expires }
    return idToken.flatMap { IDTokenClaims($0)?.expires } ?? expires
  }

  /// Whether new tokens are due at `now`: a minute early, and for short ones when three quarters are over.
  func isStale(_ configuration: OAuthConfiguration, now: Date = Date()) -> Bool {
    guard let end = bearerExpires(configuration) else { return false }
    return now >= end.addingTimeInterval(-min(60, max(0, end.timeIntervalSince(received)) / 4))
  }

  /// Whether the bearer has ended at `now`.
  func isExpired(_ configuration: OAuthConfiguration, now: Date = Date()) -> Bool {
    bearerExpires(configuration).map { now >= $0 } ?? false
  }

  private static func secret(_ value: JSONValue?) -> Secret? {
    guard let text = value?.string, !text.isEmpty else { return nil }
    return Secret(text)
  }

  /// A number of seconds, also as text; no more than ten years unless told.
  static func seconds(_ value: JSONValue?, limit: Double = 315_360_000) -> Double? {
    let number: Double? =
      switch value {
      case .integer(let number): Double(number)
      case .number(let number): number
      case .string(let text): Double(text)
      default: nil
      }
    return number.flatMap { $0.isFinite && $0 >= 0 ? min($0, limit) : nil }
  }
}
