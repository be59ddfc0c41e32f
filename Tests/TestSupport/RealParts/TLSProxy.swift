/// nginx in front of a server: `https` as a test wants it.
package final class TLSProxy: RealPart {
  package static let needs = ["nginx"]

  /// What it offers and demands.
  package struct Settings: Sendable {
    /// Certificate and key of the server.
    package var identity: TestCertificates.Pair
    /// The CA file that clients' certificates have to come from; nil demands none.
    package var clientAuthority: String?
    /// Whether it speaks HTTP/2.
    package var http2 = false
    /// Of `TLSv1`, `TLSv1.1`, `TLSv1.2` and `TLSv1.3`.
    package var protocols = ["TLSv1.2", "TLSv1.3"]

    /// Settings.
    package init(_ identity: TestCertificates.Pair) { self.identity = identity }
  }

  /// The address without a slash at the end.
  package var url: String { "https://localhost:\(nginx.port)" }

  private let nginx: Nginx

  /// Starts it.
  /// - Parameter upstream: an `http` URL without a slash at the end.
  package init(upstream: String, _ settings: Settings) throws {
    let demand = settings.clientAuthority.map { "ssl_client_certificate \($0); ssl_verify_client on;" }
    nginx = try Nginx(
      listening: settings.http2 ? "ssl http2" : "ssl",
      server: """
        ssl_certificate \(settings.identity.certificate);
        ssl_certificate_key \(settings.identity.key);
        ssl_protocols \(settings.protocols.joined(separator: " "));
        # OpenSSL counts the versions before TLS 1.2 as too weak.
        ssl_ciphers ALL:@SECLEVEL=0;
        \(demand ?? "")
        location / {
          proxy_pass \(upstream);
          proxy_set_header Host $http_host;
        }
        """)
  }
}
