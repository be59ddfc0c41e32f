import Glibc
import HTTP
import LuaKit
import MFWS

/// Ends the program in order when Lua cannot: a thread that waits for the signals that end a program and, when the code
/// does not return from a C function in time, logs the sessions out itself.
final class Watchdog: Sendable {
  static let shared = Watchdog()

  private struct State {
    var sessions: OpenSessions?
    /// Since when code runs; nil: Lua has returned.
    var isRunning = false
    /// At the prompt a single Ctrl-C ends a statement, not the program.
    var isPrompt = false
    /// Ctrl-C is meant for a program that runs in front of this one.
    var ignoresInterrupts = false
    /// A statement was interrupted and has not ended yet.
    var isUnheard = false
    /// What runs sees to all signals itself.
    var isOrderly = false
    var mustEnd: Int32?
    /// Whether the program ends by the signal, not with its status.
    var endsBySignal = false
    /// What is left to be done when the program ends here.
    var cleanUp: (@Sendable () -> Void)?
  }
  private let state = Locked(State())

  /// Seconds that code has to return after a signal.
  private static let grace = 1.0

  /// Starts the thread.
  ///
  /// - Parameter endsBySignal: whether whoever started the program is to see the signal that ends it.
  func start(sessions: OpenSessions, endsBySignal: Bool) {
    state.withLock { ($0.sessions, $0.endsBySignal) = (sessions, endsBySignal) }
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in Watchdog.shared.watch() }, nil)
  }

  /// From now on a signal ends the program with a status.
  func keepStatuses() { state.withLock { $0.endsBySignal = false } }

  func luaRuns(atPrompt: Bool) {
    Signals.forgetFirstInterrupt()
    state.withLock { state in
      state.isRunning = true
      state.isPrompt = atPrompt
    }
  }

  /// What runs now looks at the signals itself and ends in order, however long that takes.
  func leaveSignals() { state.withLock { $0.isOrderly = true } }

  /// Has something done before the program is ended here; nil: nothing is left to be done.
  func atEnd(_ cleanUp: (@Sendable () -> Void)?) { state.withLock { $0.cleanUp = cleanUp } }

  /// Lets Ctrl-C be while `body` runs: it is meant for the program that `body` waits for.
  func leavingInterruptsToOthers<Result>(_ body: () -> Result) -> Result {
    state.withLock { $0.ignoresInterrupts = true }
    defer {
      // In one go: those that the thread has not seen yet were that program's as well.
      state.withLock { state in
        Self.judgeSignals(&state)
        Signals.forgetFirstInterrupt()
        state.ignoresInterrupts = false
      }
    }
    return body()
  }

  /// The Ctrl-C before has done its work: the next one is not its second.
  func luaHasReturned() {
    // In one go: the thread must not find a statement unheard that has ended.
    state.withLock { state in
      // A second one may have ended the code before the thread has seen it.
      if state.isPrompt { Self.judgeSignals(&state) }
      Signals.forgetFirstInterrupt()
      state.isRunning = false
      state.isOrderly = false
      state.isUnheard = false
    }
  }

  /// The status with which the program must end, when a signal asked for it.
  var endStatus: Int32? { state.withLock { $0.mustEnd } }

  private func watch() -> Never {
    while true {
      let isSignal = Signals.wait(seconds: state.withLock { $0.isUnheard } ? Self.grace : nil)
      judgeSignals()
      if let status = endStatus { end(status) }
      if !isSignal { tellThatItGoesOn() }
    }
  }

  /// Lua sees a stop only when it returns from a function of C.
  private func tellThatItGoesOn() {
    let isUnheard = state.withLock { state in
      defer { state.isUnheard = false }
      return state.isUnheard
    }
    guard isUnheard, isatty(STDERR_FILENO) == 1 else { return }
    Self.write("\nmfsh: a library function holds this up; Ctrl-C twice within a second ends mfsh\n")
  }

  private static func write(_ text: String) {
    _ = text.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
  }

  private func judgeSignals() { state.withLock { Self.judgeSignals(&$0) } }

  /// Takes them under the lock: else they could be held against the statement after the one that they came in.
  private static func judgeSignals(_ state: inout State) {
    if let status = status(of: Signals.takeForWatchdog(), &state) { state.mustEnd = status }
  }

  /// The exit status that the signals ask for; nil: the program goes on.
  private static func status(of signals: Set<Int32>, _ state: inout State) -> Int32? {
    if state.isOrderly { return nil }
    if signals.contains(SIGTERM) { return ExitStatus.terminated.rawValue }
    if signals.contains(SIGHUP) { return ExitStatus.hangUp.rawValue }
    if signals.contains(SIGPIPE) { return ExitStatus.closedPipe.rawValue }
    guard signals.contains(SIGINT), state.isRunning, !state.ignoresInterrupts else { return nil }
    state.isUnheard = state.isPrompt
    let ends = !state.isPrompt || signals.contains(Signals.secondInterrupt)
    return ends ? ExitStatus.interrupted.rawValue : nil
  }

  /// The main thread ends the program itself when it can; the process is gone before this returns, or at the latest then,
  /// unless what runs has begun to look at the signals itself.
  private func end(_ status: Int32) {
    let start = Clock.now
    while state.withLock({ $0.isRunning && !$0.isOrderly }), Clock.now - start < Self.grace { usleep(20_000) }
    if state.withLock({ $0.isOrderly }) { return }
    if state.withLock({ $0.isRunning }) {
      if let sessions = state.withLock({ $0.sessions }) { logOut(sessions) }
    } else {
      while Clock.now - start < Closing.seconds + 2 { usleep(50_000) }
    }
    state.withLock { $0.cleanUp }?()
    if state.withLock({ $0.endsBySignal }), let signal = EndOfProgram.signal(of: status) {
      EndOfProgram.end(by: signal)
    }
    // The shell's prompt is not to stand behind the echo of Ctrl-C.
    if status == ExitStatus.interrupted.rawValue, isatty(STDERR_FILENO) == 1 { Self.write("\n") }
    _exit(status)
  }

  /// On a loop of this thread: the program's own is held up.
  private func logOut(_ sessions: OpenSessions) {
    let loop = EventLoop()
    let left = Locked(0)
    for ticket in sessions.tickets() {
      left.withLock { $0 += 1 }
      Task(executorPreference: loop) {
        await ticket.send(on: loop)
        left.withLock { $0 -= 1 }
      }
    }
    let deadline = Clock.now + Closing.seconds - Self.grace
    while left.withLock({ $0 }) > 0, Clock.now < deadline { loop.step(limit: 0.1) }
  }
}
