/// Why no HTTP response was had.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
  /// The layer that failed.
  public enum Code: Sendable {
    /// The URL cannot be used.
    case badURL
    /// The host's name has no address.
    case dns
    /// No connection could be made.
    case connect
    /// The connection broke before the response was whole.
    case reset
    /// TLS failed: the certificate, the key, the handshake.
    case tls
    /// The proxy refused or cannot be found.
    case proxy
    /// A time limit passed.
    case timeout
    /// The response is larger than the limit.
    case tooLarge
    /// What came is no HTTP response.
    case badResponse
    /// The caller ended the request.
    case cancelled
    /// A setting that libcurl does not take, or memory or another means of this computer that ran out.
    case failed
  }
  /// What is the matter with TLS, where it can be told.
  public enum Reason: String, Sendable, CaseIterable {
    /// The server's certificate has ended, or this computer's clock is wrong.
    case certificateExpired
    /// The server's certificate is not valid yet, or this computer's clock is wrong.
    case certificateNotYetValid
    /// No authority that is trusted here has signed the server's certificate.
    case untrustedAuthority
    /// The server's certificate is for another host.
    case wrongHostName
    /// The port does not speak TLS: perhaps `http://` is meant.
    case notTLS
    /// The port speaks TLS, and `http://` was used.
    case needsTLS
    /// The server wants a certificate of the client, and none was given.
    case clientCertificateRequired
    /// The server does not accept the client's certificate.
    case clientCertificateRefused
    /// Server and client have no version of TLS in common.
    case protocolVersion
  }
  /// The layer that failed.
  public var code: Code
  /// The cause inside TLS, as far as it is known; `HTTPClient.explain` looks further.
  public var reason: Reason?
  /// What happened, in one line, without secrets.
  public var message: String

  /// An error.
  public init(_ code: Code, _ message: String, reason: Reason? = nil) {
    self.code = code
    self.reason = reason
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
