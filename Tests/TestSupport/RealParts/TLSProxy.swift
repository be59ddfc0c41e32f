import Glibc

/// nginx in front of a server: `https` as a test wants it.
package final class TLSProxy: RealPart {
  package static let needs = ["nginx"]

  /// What it offers and demands.
  package struct Settings: Sendable {
    /// Certificate and key of the server.
    package var identity: TestCertificates.Identity
    /// The CA file that clients' certificates have to come from; nil demands none.
    package var clientAuthority: String?
    /// Whether it speaks HTTP/2.
    package var http2 = false
    /// Of `TLSv1`, `TLSv1.1`, `TLSv1.2` and `TLSv1.3`.
    package var protocols = ["TLSv1.2", "TLSv1.3"]

    /// Settings.
    package init(_ identity: TestCertificates.Identity) { self.identity = identity }
  }

  /// The address without a slash at the end.
  package var url: String { "https://localhost:\(server.port)" }

  private let folder: TemporaryFolder
  private let server: ServerProcess

  /// Starts it.
  /// - Parameter upstream: an `http` URL without a slash at the end.
  package init(upstream: String, _ settings: Settings) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    server = try ServerProcess(log: folder.path("error.log")) { port in
      let text = Self.configuration(folder: folder.path, port: port, upstream: upstream, settings)
      return [
        "nginx", "-p", folder.path, "-e", folder.path("error.log"), "-c",
        try folder.write("nginx.conf", text),
      ]
    }
  }

  private static func configuration(
    folder: String, port: UInt16, upstream: String, _ settings: Settings
  ) -> String {
    let demand = settings.clientAuthority.map { "ssl_client_certificate \($0); ssl_verify_client on;" }
    let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
      "\($0)_temp_path \(folder)/\($0);"
    }
    return """
      daemon off;
      master_process off;
      pid \(folder)/nginx.pid;
      events {}
      http {
        access_log off;
        \(places.joined(separator: " "))
        server {
          listen 127.0.0.1:\(port) ssl\(settings.http2 ? " http2" : "");
          ssl_certificate \(settings.identity.certificate);
          ssl_certificate_key \(settings.identity.key);
          ssl_protocols \(settings.protocols.joined(separator: " "));
          ssl_ciphers ALL:@SECLEVEL=0;
          \(demand ?? "")
          location / {
            proxy_pass \(upstream);
            proxy_set_header Host $http_host;
          }
        }
      }

      """
  }
}
