import Glibc

/// How a program ended.
package enum ExitStatus: Equatable, Sendable {
  /// By itself, with this status.
  case exited(Int32)
  /// By this signal.
  case signalled(Int32)

  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    self = signal == 0 ? .exited(waitStatus >> 8 & 0xFF) : .signalled(signal)
  }
}

/// A child of this process, reaped once.
struct Child: ~Copyable {
  let id: pid_t
  private(set) var status: ExitStatus?

  init(id: pid_t) { self.id = id }

  /// Looks whether it has ended.
  mutating func poll() -> ExitStatus? {
    if let status { return status }
    var code: Int32 = 0
    guard waitpid(id, &code, WNOHANG) == id else { return nil }
    status = ExitStatus(waitStatus: code)
    return status
  }

  /// Sends a signal unless it has ended.
  mutating func signal(_ number: Int32) {
    if poll() == nil { kill(id, number) }
  }

  deinit {
    guard status == nil else { return }
    kill(id, SIGKILL)
    var code: Int32 = 0
    waitpid(id, &code, 0)
  }
}
