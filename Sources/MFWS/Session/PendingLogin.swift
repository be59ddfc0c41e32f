import HTTP

/// A login that goes on when nobody waits any more: the server may have granted it already, and then it must be logged
/// out. Several may wait for the same one.
final class PendingLogin<Value: Sendable>: Sendable {
  typealias Outcome = Result<Value, MFWSError>
  private struct State {
    var outcome: Outcome?
    var waiters: [UInt64: CheckedContinuation<Outcome, Never>] = [:]
    var cancelled: Set<UInt64> = []
    var lastWaiter: UInt64 = 0
    var isAbandoned = false
  }
  private let state = Locked(State())

  /// Ends the wait of all.
  ///
  /// - Returns: whether somebody gave up waiting before.
  @discardableResult
  func finish(_ outcome: Outcome) -> Bool {
    let (waiters, isAbandoned) = state.withLock { state in
      state.outcome = outcome
      defer { state.waiters = [:] }
      return (state.waiters.values, state.isAbandoned)
    }
    for waiter in waiters { waiter.resume(returning: outcome) }
    return isAbandoned
  }

  /// What came of it. Throws `client.cancelled` at once when the waiting task is cancelled.
  func value() async throws(MFWSError) -> Value {
    let number = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    let outcome: Outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known: Outcome? = state.withLock { state in
          if let outcome = state.outcome { return outcome }
          if state.cancelled.contains(number) { return Self.cancelled }
          state.waiters[number] = continuation
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      giveUp(number)
    }
    return try outcome.get()
  }

  private static var cancelled: Outcome { .failure(MFWSError(.clientCancelled, "cancelled")) }

  private func giveUp(_ number: UInt64) {
    let waiter = state.withLock { state in
      state.isAbandoned = state.isAbandoned || state.outcome == nil
      state.cancelled.insert(number)
      return state.waiters.removeValue(forKey: number)
    }
    waiter?.resume(returning: Self.cancelled)
  }
}
