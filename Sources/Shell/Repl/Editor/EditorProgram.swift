import Glibc
import LineEditing
import LuaKit

/// A program that has the terminal until it ends. Ctrl-Z in it stops this program too, and `fg` continues both.
struct EditorProgram {
  enum End {
    case exited(Int32)
    /// By a signal that is no wish of ours.
    case killed(signal: Int32)
  }

  private let child: pid_t
  private let loan: TerminalLoan
  /// Microseconds: nobody sees its end but who asks.
  private static let interval: UInt32 = 10_000
  /// Rounds that it has to end when the program must.
  private var patience = 100

  /// Runs it to its end.
  static func run(_ words: [String]) throws(ChildProgram.Failure) -> End {
    OutputStream.saveCursor()
    let stopped = Signals.setInterruptStops(false)
    defer {
      // It was the editor's, or nobody's.
      Signals.forget(SIGINT)
      Signals.setInterruptStops(stopped)
    }
    var program = try EditorProgram(words)
    return program.wait()
  }

  private init(_ words: [String]) throws(ChildProgram.Failure) {
    loan = TerminalLoan()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    loan.add(to: &actions)
    do {
      child = try ChildProgram.start(words, &actions, hasOwnGroup: loan.needsOwnGroup)
    } catch {
      loan.takeBack()
      throw error
    }
  }

  private mutating func wait() -> End {
    defer { loan.takeBack() }
    var status: Int32 = 0
    while true {
      let found = waitpid(child, &status, WNOHANG | WUNTRACED)
      if found < 0, errno != EINTR { return .exited(0) }
      if found == child {
        let signal = status & 0x7F
        if signal == 0 { return .exited(status >> 8 & 0xFF) }
        guard signal == 0x7F else {
          OutputStream.restoreScreen()
          return .killed(signal: signal)
        }
        resume(after: status >> 8 & 0xFF)
      } else {
        usleep(Self.interval)
      }
      endIfNeeded()
    }
  }

  /// It was stopped: by Ctrl-Z, or for touching the terminal while that was not its own.
  private func resume(after signal: Int32) {
    if signal != SIGTTIN, signal != SIGTTOU, Watchdog.shared.endStatus == nil {
      loan.takeBack()
      loan.stopHere()
    }
    loan.lend(to: child)
    send(SIGCONT)
  }

  private mutating func endIfNeeded() {
    guard Watchdog.shared.endStatus != nil else { return }
    send(patience > 0 ? SIGTERM : SIGKILL)
    patience -= 1
  }

  /// To all that it has started.
  private func send(_ signal: Int32) { kill(loan.needsOwnGroup ? -child : child, signal) }
}
