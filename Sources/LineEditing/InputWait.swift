import Glibc

/// What ended the wait for the terminal.
package enum InputWait: Sendable {
  /// The terminal has something to read, or is gone.
  case ready
  /// Drop what was typed, as Ctrl-C does.
  case interrupted
  /// The program ends: stop reading.
  case stop

  /// Waits for the descriptor alone; for programs without a loop of their own.
  package static func polling(_ descriptor: Int32) -> InputWait {
    while true {
      switch poll(descriptor, milliseconds: -1) {
      case .some: return .ready
      case nil: continue
      }
    }
  }

  /// Whether the descriptor is readable within the time; nil when a signal came.
  static func poll(_ descriptor: Int32, milliseconds: Int32) -> Bool? {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let count = unsafe Glibc.poll(&entry, 1, milliseconds)
    if count < 0, errno == EINTR || errno == EAGAIN { return nil }
    return count != 0
  }
}
