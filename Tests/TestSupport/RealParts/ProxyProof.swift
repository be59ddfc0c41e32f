/// How an authenticating proxy tells the server behind it whom it has let in, and proves that it is the proxy.
package struct ProxyProof: Sendable {
  /// The field with the user's name.
  package static let userField = "X-Remote-User"
  /// The field with `secret`.
  package static let secretField = "X-Proxy-Secret"

  /// What proxy and server know, and nobody else.
  package let secret: String

  /// A new secret.
  package init() {
    secret = (0..<32).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined()
  }
}
