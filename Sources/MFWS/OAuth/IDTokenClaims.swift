import FoundationEssentials
import HTTP

/// What an ID token says. Its signature is not checked: it comes from the token endpoint itself, over TLS (OpenID
/// Connect Core, 3.1.3.7, 6), and M-Files checks it.
struct IDTokenClaims {
  let nonce: String?
  let expires: Date?

  /// nil when the token cannot be read, since it is encrypted or none.
  init?(_ token: Secret) {
    let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Base64URL.decode(parts[1]), let claims = JSONText.value(payload),
      claims.object != nil
    else { return nil }
    nonce = claims["nonce"]?.string
    expires = OAuthTokens.seconds(claims["exp"], limit: 1e11).map { Date(timeIntervalSince1970: $0) }
  }
}

/// Base64 with `-` and `_`, without padding (RFC 4648, 5).
enum Base64URL {
  static func encode(_ bytes: [UInt8]) -> String {
    let text = Data(bytes).base64EncodedString()
    return text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// nil when `text` is no base64.
  static func decode(_ text: Substring) -> [UInt8]? {
    let standard = text.replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    return Data(base64Encoded: String(standard) + padding).map { Array($0) }
  }

  /// A text that nobody can guess, of `count` random bytes.
  static func random(_ count: Int) -> String {
    encode((0..<count).map { _ in UInt8.random(in: .min ... .max) })
  }
}
