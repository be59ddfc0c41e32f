import Glibc

/// Which signals end the program, and with which status.
enum EndOfProgram {
  private static let statuses: [(number: Int32, status: ExitStatus)] = [
    (SIGTERM, .terminated), (SIGHUP, .hangUp), (SIGPIPE, .closedPipe), (SIGINT, .interrupted),
  ]

  static func status(of signals: Set<Int32>) -> Int32? {
    statuses.first { signals.contains($0.number) }?.status.rawValue
  }

  /// The signal to end by instead of with a status; nil: there is none for the status.
  static func signal(of status: Int32) -> Int32? {
    statuses.first { $0.status.rawValue == status && $0.number != SIGPIPE }?.number
  }

  /// Ends the program by a signal after all, once everything is in order: whoever started it, such as a loop of a shell,
  /// sees by that that Ctrl-C was pressed, and ends too. Returns where a signal ends nothing: in the first process of a
  /// container.
  static func end(by number: Int32) {
    Glibc.signal(number, SIG_DFL)
    raise(number)
  }
}
