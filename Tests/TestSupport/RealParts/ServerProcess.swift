import Glibc

/// A server program on a free port of loopback. It ends with this value, or with the tests if they are killed.
final class ServerProcess {
  let port: UInt16
  private let process: ChildProcess

  /// Starts the program in the foreground and waits until it accepts connections.
  ///
  /// The port is free when it is chosen but may be taken by the time the program listens; then another is tried.
  /// - Parameter command: makes the command for a port; its configuration file, too.
  /// - Parameter log: a file whose text tells why the program did not start.
  init(
    environment: [String: String] = [:], log: String? = nil, command: (UInt16) throws -> [String]
  ) throws {
    var failure = ""
    for _ in 1...3 {
      let port = try Listener.freePort()
      let process = try ChildProcess(
        Self.supervised(Installed.resolved(command(port))), environment: environment, keepsInputOpen: true)
      if try Self.answers(process, port) {
        (self.port, self.process) = (port, process)
        return
      }
      failure = process.outputText + process.errorText + Self.text(log)
    }
    throw SupportError("the server did not start: \(failure)")
  }

  /// Ends it and waits for its end.
  func stop() {
    process.signal(SIGTERM)
    if (try? process.waitForExit(within: 10)) == nil {
      // The process leads a session of its own, with the server and its workers.
      kill(-process.id, SIGKILL)
      _ = try? process.waitForExit(within: 10)
    }
  }

  deinit { stop() }

  /// The command under a shell that ends it when standard input closes, as it does when the tests are gone.
  private static func supervised(_ command: [String]) -> [String] {
    let script = """
      exec 3<&0 </dev/null
      "$@" 3<&- & server=$!
      { read -r _ <&3; kill "$server"; } 2>/dev/null & watcher=$!
      trap 'kill "$server"' TERM
      wait "$server"
      wait "$server"
      kill "$watcher"
      """
    return ["sh", "-c", script, "sh"] + command
  }

  /// False when the program ends before it listens.
  private static func answers(_ process: ChildProcess, _ port: UInt16) throws -> Bool {
    let deadline = Deadline(within: 60)
    while !deadline.hasPassed {
      if (try? process.waitForExit(within: 0.005)) != nil { return false }
      if accepts(port) { return true }
    }
    process.signal(SIGKILL)
    return false
  }

  private static func accepts(_ port: UInt16) -> Bool {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(connection) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func text(_ path: String?) -> String {
    path.flatMap { try? ChildProcess.run(["cat", $0]).output } ?? ""
  }
}
