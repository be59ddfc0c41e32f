import Glibc

/// An nginx with one server, in a folder of its own, on a free port of loopback.
package final class Nginx {
  /// Its port.
  package let port: UInt16
  private let folder: TemporaryFolder
  private let process: ChildProcess

  /// Whether there is an nginx.
  package static let isThere = (try? ChildProcess.run([program, "-v"]).status) == .exited(0)
  /// Not in everyone's PATH.
  private static let program = access("/usr/sbin/nginx", X_OK) == 0 ? "/usr/sbin/nginx" : "nginx"

  /// Starts it.
  ///
  /// - Parameters:
  ///   - listening: what follows the port in `listen`, such as `ssl http2`.
  ///   - server: the other directives of the server.
  package init(listening: String = "", server: String) throws {
    folder = try TemporaryFolder()
    port = try Listener.freePort()
    let configuration = """
      daemon off;
      master_process off;
      pid \(folder.path)/pid;
      error_log stderr crit;
      events { worker_connections 256; }
      http {
        access_log off;
        client_body_temp_path \(folder.path)/body;
        proxy_temp_path \(folder.path)/proxy;
        fastcgi_temp_path \(folder.path)/fastcgi;
        uwsgi_temp_path \(folder.path)/uwsgi;
        scgi_temp_path \(folder.path)/scgi;
        server {
          listen 127.0.0.1:\(port) \(listening);
          \(server)
        }
      }
      """
    try folder.write("nginx.conf", configuration)
    process = try ChildProcess([
      Self.program, "-e", "stderr", "-p", folder.path, "-c", folder.path("nginx.conf"),
    ])
    guard waitForPort(port, within: 10) else {
      _ = try? process.waitForExit(within: 1)
      throw SupportError("nginx does not listen: \(process.errorText)")
    }
  }

  deinit {
    process.signal(SIGKILL)
    _ = try? process.waitForExit(within: 5)
  }
}

/// Waits until somebody listens on the port of loopback.
package func waitForPort(_ port: UInt16, within seconds: Double) -> Bool {
  let deadline = Deadline(within: seconds)
  while !deadline.hasPassed {
    let attempt = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(attempt) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(attempt, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if status == 0 { return true }
    usleep(10_000)
  }
  return false
}
