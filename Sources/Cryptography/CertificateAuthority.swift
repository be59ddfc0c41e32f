import CGnuTLS
import Glibc

/// An authority that issues certificates with ECDSA keys (P-256), made at run time and kept in memory only.
package struct CertificateAuthority: Sendable {
  /// A certificate and its private key, both as PEM text. The key is a secret.
  package struct Identity: Sendable, CustomStringConvertible, CustomReflectable {
    /// The certificate.
    package let certificate: String
    /// Its private key, unencrypted.
    package let key: String

    /// Shows no key.
    package var description: String { "a certificate and its key" }
    /// A mirror without children, so that `dump` shows no key.
    package var customMirror: Mirror { Mirror(self, children: []) }
  }

  /// What a certificate is for.
  package enum Purpose: Sendable {
    /// A server with these names and numeric addresses.
    case server([String])
    /// A client.
    case client
  }

  private let identity: Identity

  /// The authority's own certificate as PEM text, for others to trust.
  package var certificate: String { identity.certificate }

  /// Makes an authority that is valid for ten years.
  ///
  /// - Parameter name: its common name.
  /// - Throws: `CertificateError` when GnuTLS has no memory or no random numbers.
  package init(name: String) throws(CertificateError) {
    let key = try PrivateKey()
    let certificate = try Certificate()
    try certificate.describe(name: name, key: key, from: Self.now - 86_400, to: Self.now + 3650 * 86_400)
    try certificate.makeAuthority()
    try certificate.sign(by: certificate, key)
    identity = Identity(certificate: try certificate.pem(), key: try key.pem())
  }

  /// Issues a certificate.
  ///
  /// - Parameters:
  ///   - name: its common name.
  ///   - purpose: what it is for.
  ///   - validity: seconds from now when it begins and ends; an end below 0 makes one that has expired.
  /// - Throws: `CertificateError` when GnuTLS has no memory, or a name cannot stand in a certificate.
  package func issue(
    _ name: String, for purpose: Purpose, validity: ClosedRange<Int> = -86_400...(30 * 86_400)
  ) throws(CertificateError) -> Identity {
    let (issuer, issuerKey) = (try Certificate(pem: identity.certificate), try PrivateKey(pem: identity.key))
    let key = try PrivateKey()
    let certificate = try Certificate()
    try certificate.describe(
      name: name, key: key, from: Self.now + validity.lowerBound, to: Self.now + validity.upperBound)
    try certificate.makeLeaf(for: purpose)
    try certificate.sign(by: issuer, issuerKey)
    return Identity(certificate: try certificate.pem(), key: try key.pem())
  }

  /// Whether a text holds a certificate in PEM.
  package static func holdsCertificate(_ text: String) -> Bool { (try? Certificate(pem: text)) != nil }

  private static var now: Int { time(nil) }
}

/// What GnuTLS could not do.
package struct CertificateError: Error, CustomStringConvertible {
  /// GnuTLS's own words.
  package let description: String

  init(_ status: Int32) { description = unsafe String(cString: gnutls_strerror(status)) }
}
