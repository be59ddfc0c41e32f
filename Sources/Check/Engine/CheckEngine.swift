package import HTTP
package import MFWS

/// Runs rows against their servers. Keeps of a row only what is needed while it is tried.
package final class CheckEngine: Sendable {
  private let options: CheckOptions
  private let loop: EventLoop
  private let sessions: OpenSessions
  private let events: AsyncStream<RunEvent>
  private let post: AsyncStream<RunEvent>.Continuation

  /// An engine for one run.
  ///
  /// - Parameters:
  ///   - loop: drives the requests, and everything else.
  ///   - sessions: where the sessions are listed until they are logged out.
  package init(_ options: CheckOptions, loop: EventLoop, sessions: OpenSessions) {
    self.options = options
    self.loop = loop
    self.sessions = sessions
    (events, post) = AsyncStream.makeStream()
  }

  /// Tries the rows and tells each result as soon as it is final, in no particular order, on the loop.
  ///
  /// A task that is cancelled stops the run, as `stop` does.
  ///
  /// - Parameter sink: what it throws ends the run and is thrown.
  /// - Returns: when every row is told, or after a stop, when no session is left or its grace is over.
  package func run(
    _ source: any RowSource, _ sink: @escaping @Sendable (RowResult) throws -> Void
  ) async throws -> RunOutcome {
    let driver = Task(executorPreference: loop) { [self] in
      var driver = RunDriver(options: options, probe: probe, source: source, sink: sink, post: post)
      return try await driver.run(events)
    }
    return try await withTaskCancellationHandler {
      try await driver.value
    } onCancel: {
      stop()
    }
  }

  /// Ends the run: rows under way are cancelled and their sessions logged out; rows without an answer are not told of.
  /// From any thread, also before the run.
  package func stop() { post.yield(.stop) }

  private var probe: Probe { Probe(settings: options.probe, loop: loop, sessions: sessions) }
}

/// What happens to a run.
enum RunEvent: Sendable {
  case scheduler(Scheduler.Event)
  case observed(row: Int, RowObservation)
  case stop
  case graceIsOver
  /// What a row may have left on the server is logged out.
  case closed
}
