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
    /// A setting that libcurl does not take, or memory that ran out.
    case failed
  }
  /// The layer that failed.
  public var code: Code
  /// What happened, in one line, without secrets.
  public var message: String

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
