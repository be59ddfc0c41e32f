import HTTP

/// A login that goes on when nobody waits any more: the server may have granted it already, and then it must be logged
/// out.
final class PendingLogin: Sendable {
  typealias Outcome = Result<OpenedSession, MFWSError>
  private struct State {
    var outcome: Outcome?
    var waiter: CheckedContinuation<Outcome, Never>?
    var isAbandoned = false
  }
  private let state = Locked(State())

  func finish(_ outcome: Outcome) {
    let (waiter, isAbandoned) = state.withLock { state in
      state.outcome = outcome
      defer { state.waiter = nil }
      return (state.waiter, state.isAbandoned)
    }
    waiter?.resume(returning: outcome)
    if isAbandoned, case .success(let opened) = outcome { opened.session.close() }
  }

  func value() async throws(MFWSError) -> OpenedSession {
    let outcome: Outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known: Outcome? = state.withLock { state in
          if let outcome = state.outcome { return outcome }
          if state.isAbandoned { return Self.cancelled }
          state.waiter = continuation
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      abandon()
    }
    return try outcome.get()
  }

  private static var cancelled: Outcome { .failure(MFWSError(.clientCancelled, "cancelled")) }

  private func abandon() {
    let waiter = state.withLock { state in
      state.isAbandoned = state.outcome == nil
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: Self.cancelled)
  }
}
