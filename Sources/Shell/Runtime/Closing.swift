import Glibc
import HTTP
import LuaKit
import MFWS

/// The logouts at the program's end. Used on the main thread.
final class Closing {
  /// How long the end of the program waits for them.
  static let seconds = 5.0
  /// After so many seconds whoever waits is told, and may end it.
  private static let patience = 1.0

  private let sessions: OpenSessions
  private let loop: EventLoop
  /// Called first: ends what would log in further sessions.
  var atBegin: () -> Void = {}
  /// When a run that was stopped has to be over; nil: there is none.
  var deadline: Double?
  private var start = 0.0
  private var isTold = false
  private var isAbandoned = false
  /// The signals that came meanwhile.
  private var signals: Set<Int32> = []

  init(_ sessions: OpenSessions, _ loop: EventLoop) {
    self.sessions = sessions
    self.loop = loop
  }

  /// Logs out every session that is still open, waiting no longer than these seconds.
  func logOut(within seconds: Double = seconds) {
    start = Clock.now
    atBegin()
    sessions.closeAll()
    let deadline = min(Clock.now + seconds, self.deadline.map { max($0, Clock.now + 0.5) } ?? .infinity)
    while sessions.pending > 0, Clock.now < deadline, !isAbandoned {
      loop.step(limit: 0.1)
      // A login that was under way may have ended.
      sessions.closeAll()
      // Nobody is told of a wait that is over.
      if Clock.now < deadline { watch() }
    }
  }

  /// Those that came since the end began, but for Ctrl-C.
  func takeSignals() -> Set<Int32> {
    defer { signals = [] }
    return signals.union(Signals.take()).subtracting([SIGINT])
  }

  private func watch() {
    let arrived = Signals.take()
    signals.formUnion(arrived)
    if isTold, arrived.contains(SIGINT) { isAbandoned = true }
    guard !isTold, Clock.now - start > Self.patience else { return }
    isTold = true
    if isatty(STDERR_FILENO) == 1 {
      OutputStream.error("mfsh: logging out… (Ctrl-C ends at once; the session ends by itself later)")
    }
  }
}
