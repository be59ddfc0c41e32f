/// How the program ends, after sysexits. `os.exit(n)` in a script gives any other number.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case success = 0
  /// The script failed.
  case scriptFailed = 1
  /// Wrong usage of the command line.
  case usage = 64
  /// The network or the server failed.
  case unavailable = 69
  /// The server is busy: try again later.
  case tryAgain = 75
  /// Access denied.
  case denied = 77
  /// A bad configuration, profile or secret.
  case configuration = 78
  /// Ended by SIGHUP: the terminal was closed.
  case hangUp = 129
  /// Ended by Ctrl-C.
  case interrupted = 130
  /// Who read standard output has closed it.
  case closedPipe = 141
  /// Ended by SIGTERM.
  case terminated = 143

  /// One line for the help text.
  package var meaning: String {
    switch self {
    case .success: "fine"
    case .scriptFailed: "the script failed"
    case .usage: "wrong usage"
    case .unavailable: "the network or the server failed"
    case .tryAgain: "the server is busy, try again later"
    case .denied: "access denied"
    case .configuration: "bad configuration or secret"
    case .hangUp: "the terminal was closed"
    case .interrupted: "interrupted by Ctrl-C"
    case .closedPipe: "standard output was closed by its reader"
    case .terminated: "terminated"
    }
  }
}
