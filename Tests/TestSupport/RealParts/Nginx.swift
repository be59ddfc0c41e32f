/// An nginx with one server, in a folder of its own, on a free port of loopback.
package final class Nginx: RealPart {
  package static let needs = ["nginx"]

  /// Its port.
  package var port: UInt16 { server.port }
  private let folder: TemporaryFolder
  private let server: ServerProcess

  /// Starts it.
  ///
  /// - Parameters:
  ///   - listening: what follows the port in `listen`, such as `ssl http2`.
  ///   - directives: the other directives of the server.
  package init(listening: String = "", server directives: String) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    server = try ServerProcess { port in
      let text = Self.configuration(folder.path, listening: "127.0.0.1:\(port) \(listening)", directives)
      return ["nginx", "-e", "stderr", "-p", folder.path, "-c", try folder.write("nginx.conf", text)]
    }
  }

  private static func configuration(_ folder: String, listening: String, _ directives: String) -> String {
    """
    daemon off;
    master_process off;
    pid \(folder)/pid;
    error_log stderr crit;
    events { worker_connections 256; }
    http {
      access_log off;
      client_body_temp_path \(folder)/body;
      proxy_temp_path \(folder)/proxy;
      fastcgi_temp_path \(folder)/fastcgi;
      uwsgi_temp_path \(folder)/uwsgi;
      scgi_temp_path \(folder)/scgi;
      server {
        listen \(listening);
        \(directives)
      }
    }

    """
  }
}
