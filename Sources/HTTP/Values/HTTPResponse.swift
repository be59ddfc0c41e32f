/// One HTTP response, whole.
public struct HTTPResponse: Sendable {
  /// The status code, such as 200.
  public var status: Int
  /// The header fields.
  public var headers: HTTPHeaders
  /// The body as it came, after content decoding.
  public var body: [UInt8]
  /// Seconds from the start of the request to the end of the response.
  public var seconds: Double

  /// The version of HTTP that was spoken, such as `1.1` or `2`; empty when unknown.
  public var httpVersion = ""
  /// The server's certificate, for a request that wanted it and a connection with TLS.
  public var certificate: ServerCertificate?

  /// The words behind the status code; only for clients whose observers want details, and empty with HTTP/2, which has none.
  public var statusText = ""
  /// The address that answered, the proxy's where there is one; only for clients whose observers want details, else empty.
  public var serverAddress = ""
  /// How long each part took; only for clients whose observers want details.
  public var timings: HTTPTimings?

  /// A response.
  public init(status: Int, headers: HTTPHeaders = .init(), body: [UInt8] = [], seconds: Double = 0) {
    self.status = status
    self.headers = headers
    self.body = body
    self.seconds = seconds
  }
}
