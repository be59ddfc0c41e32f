/// What a server's certificate says.
public struct ServerCertificate: Sendable, Hashable {
  /// Whom it was issued to, such as `O=Example, CN=mfiles.example.com`.
  public var subject: String
  /// Who issued it.
  public var issuer: String
  /// Since when it is valid, in seconds since 1970.
  public var notBefore: Double
  /// Until when it is valid, in seconds since 1970.
  public var notAfter: Double

  /// A certificate.
  public init(subject: String, issuer: String, notBefore: Double, notAfter: Double) {
    self.subject = subject
    self.issuer = issuer
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// Whole days until it ends, negative after its end.
  ///
  /// - Parameter now: seconds since 1970.
  public func daysLeft(at now: Double) -> Int { Int(((notAfter - now) / 86400).rounded(.down)) }
}
