/// How requests are made: time limits, sizes, TLS, proxy.
public struct HTTPConfiguration: Sendable {
  /// Seconds until a connection must stand. 10 unless told.
  public var connectTimeout: Double = 10
  /// Seconds that a whole request may take. 60 unless told.
  public var requestTimeout: Double = 60
  /// Seconds without a single byte after which a transfer is given up. 30 unless told.
  public var stallTimeout: Double = 30
  /// The largest response body in bytes, after content decoding. 64 MiB unless told.
  public var maximumBodySize = 64 << 20
  /// A file of certificate authorities (PEM) instead of the system's.
  public var certificateAuthorityFile: String?
  /// A file with the client's certificate (PEM).
  public var clientCertificateFile: String?
  /// A file with the client's private key (PEM); the certificate's file when nil.
  public var clientKeyFile: String?
  /// Accepts any certificate. For tests only.
  public var skipsCertificateVerification = false
  /// The proxy's URL instead of the environment's `http_proxy`, `https_proxy` and `no_proxy`; "" for none.
  public var proxy: String?
  /// The User-Agent field.
  public var userAgent = "mfsh"

  /// The defaults.
  public init() {}
}
