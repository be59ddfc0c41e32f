import Glibc

/// A tinyproxy on a free port of loopback that lets one user pass.
package final class Tinyproxy {
  /// Its URL.
  package let url: String
  private let folder: TemporaryFolder
  private let process: ChildProcess

  /// Whether there is a tinyproxy.
  package static let isThere = (try? ChildProcess.run(["tinyproxy", "-v"]).status) == .exited(0)

  /// Starts it.
  package init(user: String, password: String) throws {
    folder = try TemporaryFolder()
    let port = try Listener.freePort()
    url = "http://127.0.0.1:\(port)"
    let configuration = """
      Port \(port)
      Listen 127.0.0.1
      Timeout 30
      BasicAuth \(user) \(password)

      """
    let file = try folder.write("tinyproxy.conf", configuration)
    process = try ChildProcess(["tinyproxy", "-d", "-c", file])
    guard waitForPort(port, within: 10) else {
      _ = try? process.waitForExit(within: 1)
      throw SupportError("tinyproxy does not listen: \(process.errorText)")
    }
  }

  deinit {
    process.signal(SIGKILL)
    _ = try? process.waitForExit(within: 5)
  }
}
