import Check
import Glibc
import HTTP

/// Drives the engine on the main thread's loop, shows progress, and looks at the signals.
final class EngineRun {
  /// How the rows came to their end.
  struct Ending {
    /// nil: rows under way were given up.
    var outcome: RunOutcome?
    /// The signal that ended it.
    var signal: CheckStatus?
    var failure: (any Error)?
    var seconds: Double
  }

  /// From the first signal until the logouts of the program's end are given up, half a second before it: whoever sends the
  /// signal may kill after five.
  private static let secondsToStop = 3.5

  private let runtime: Runtime
  private let engine: CheckEngine
  private let journal: RunJournal
  private let end = Locked<Result<RunOutcome, any Error>?>(nil)
  private var signal: CheckStatus?
  private var isGivenUp = false

  init(_ runtime: Runtime, _ options: CheckOptions, _ journal: RunJournal) {
    self.runtime = runtime
    self.journal = journal
    engine = CheckEngine(options, loop: runtime.loop, sessions: runtime.sessions)
  }

  /// Runs the rows to their end, or until a second signal comes.
  func run(_ source: any RowSource, progress: ProgressDisplay) -> Ending {
    Watchdog.shared.leaveSignals()
    let start = Clock.now
    let sink = ResultSink(journal, progress)
    Task(executorPreference: runtime.loop) { [engine, end] in
      do {
        let outcome = try await engine.run(source) { result in try sink.take(result) }
        end.withLock { $0 = .success(outcome) }
      } catch {
        end.withLock { $0 = .failure(error) }
      }
    }
    while end.withLock({ $0 == nil }), !isGivenUp {
      runtime.loop.step(limit: progress.pause)
      progress.show()
      lookAtSignals(progress)
    }
    progress.clear()
    let seconds = Clock.now - start
    switch end.withLock({ $0 }) {
    case .success(let outcome): return Ending(outcome: outcome, signal: signal, seconds: seconds)
    case .failure(let error): return Ending(signal: signal, failure: error, seconds: seconds)
    case nil: return Ending(signal: signal, seconds: seconds)
    }
  }

  /// The first one stops the run in order, the second one gives up on rows that do not end.
  private func lookAtSignals(_ progress: ProgressDisplay) {
    guard let status = RunSignals.take() else { return }
    isGivenUp = signal != nil
    runtime.closing.deadline = Clock.now + (isGivenUp ? 0 : Self.secondsToStop)
    signal = signal ?? status
    engine.stop()
    progress.clear()
    if isatty(STDERR_FILENO) == 1, !isGivenUp {
      OutputStream.error("mfsh: stopping, sessions are logged out (Ctrl-C again does not wait for them)")
    }
  }
}

/// Takes results on the loop's thread.
private final class ResultSink: @unchecked Sendable {
  private let journal: RunJournal
  private let progress: ProgressDisplay

  init(_ journal: RunJournal, _ progress: ProgressDisplay) {
    self.journal = journal
    self.progress = progress
  }

  func take(_ result: RowResult) throws(CheckFailure) {
    try journal.add(result)
    progress.add(result.status)
  }
}
