/// A forward proxy that demands Basic authentication, for plain requests and for `CONNECT` (Debian's `tinyproxy-bin`).
package final class AuthenticatingProxy: RealPart {
  package static let needs = ["tinyproxy"]

  /// The user that it lets in.
  package let user: String
  /// The password of `user`.
  package let password: String

  /// The address, without user and password.
  package var url: String { "http://127.0.0.1:\(server.port)" }

  private let folder: TemporaryFolder
  private let server: ServerProcess

  /// Starts it.
  /// - Parameter password: letters and digits.
  package init(user: String = "gate", password: String = "opensesame") throws {
    let folder = try TemporaryFolder()
    (self.folder, self.user, self.password) = (folder, user, password)
    server = try ServerProcess(log: folder.path("log")) { port in
      let text = """
        Port \(port)
        Listen 127.0.0.1
        Allow 127.0.0.1
        BasicAuth \(user) \(password)
        Timeout 60
        MaxClients 50
        LogLevel Connect
        LogFile "\(folder.path("log"))"
        PidFile "\(folder.path("pid"))"

        """
      return ["tinyproxy", "-d", "-c", try folder.write("tinyproxy.conf", text)]
    }
  }

  /// What it logged: a line such as `CONNECT localhost:8443 HTTP/1.1` for each request.
  package var log: String { (try? folder.read("log")) ?? "" }
}
