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
  /// A folder of certificate authorities, named by their hashes as `openssl rehash` does, instead of the system's.
  public var certificateAuthorityFolder: String?
  /// A file with the client's certificate (PEM).
  public var clientCertificateFile: String?
  /// A file with the client's private key (PEM); the certificate's file when nil.
  public var clientKeyFile: String?
  /// The passphrase of an encrypted private key.
  public var clientKeyPassphrase: Secret?
  /// The oldest version of TLS that is spoken.
  public var minimumTLSVersion = TLSVersion.tls12
  /// Accepts any certificate. For tests only.
  public var skipsCertificateVerification = false
  /// The proxy's URL instead of the environment's `http_proxy`, `https_proxy` and `no_proxy`; "" for none.
  public var proxy: String?
  /// The user at the proxy.
  public var proxyUser: String?
  /// The password at the proxy. It is sent by Basic, Digest or NTLM, the strongest that the proxy offers.
  public var proxyPassword: Secret?
  /// Hosts that are reached without the proxy, separated by commas, instead of the environment's `no_proxy`.
  public var noProxy: String?
  /// Addresses to use in place of a name's: `host:port:address` with one literal address, as curl's `--resolve`. A proxy
  /// is told the address too.
  public var resolve: [String] = []
  /// The versions of HTTP that are offered over TLS.
  public var httpVersion = HTTPVersion.automatic
  /// The User-Agent field.
  public var userAgent = "mfsh"

  /// The defaults.
  public init() {}
}

/// A version of TLS.
public enum TLSVersion: String, Sendable, CaseIterable {
  /// TLS 1.0, for servers that have not been looked after.
  case tls10 = "1.0"
  /// TLS 1.1.
  case tls11 = "1.1"
  /// TLS 1.2.
  case tls12 = "1.2"
  /// TLS 1.3.
  case tls13 = "1.3"
}

/// Which versions of HTTP are offered.
public enum HTTPVersion: String, Sendable, CaseIterable {
  /// HTTP/2 where the server chooses it in the TLS handshake, else HTTP/1.1.
  case automatic = "auto"
  /// HTTP/1.1 only.
  case http11 = "1.1"
  /// HTTP/2, offered in the TLS handshake; a server without it is spoken to by HTTP/1.1.
  case http2 = "2"
}
