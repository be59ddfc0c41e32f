import Check
import LuaKit
import MFWS

/// Rows whose open sessions wait for the script's own rule. Used on the loop's thread only.
final class ScriptVisits: @unchecked Sendable {
  private typealias Answer = Result<[RowResult.Finding], MFWSError>

  private struct Visit {
    let record: [UInt8]
    let session: Session
    let answer: CheckedContinuation<Answer, Never>
  }

  private unowned let runtime: Runtime
  private var visits: [Int64: Visit] = [:]
  /// Those that nobody has taken, the last one first.
  private var queue: [Int64] = []
  private var lastNumber: Int64 = 0
  private var isOver = false
  private var waiters = LuaWaiters()

  init(_ runtime: Runtime) { self.runtime = runtime }

  /// Asks the script about each account that got in.
  var rule: OwnRule {
    OwnRule { [self] row, vault, session throws(MFWSError) in
      var result = RowResult(row, status: .pass, code: "allowed")
      if let vault { result.vault = vault }
      return try await ask(result.orderRecord, session).get()
    }
  }

  private func ask(_ record: [UInt8], _ session: Session) async -> Answer {
    lastNumber += 1
    let number = lastNumber
    return await withTaskCancellationHandler {
      await withCheckedContinuation { answer in
        guard !Task.isCancelled, !isOver else { return answer.resume(returning: Self.cancelled) }
        visits[number] = Visit(record: record, session: session, answer: answer)
        queue.insert(number, at: 0)
        waiters.resumeOne(runtime.scheduler)
      }
    } onCancel: {
      answer(number, Self.cancelled)
    }
  }

  private static let cancelled: Answer = .failure(MFWSError(.clientCancelled, "cancelled"))

  /// A number, the row and its session; false: there is nothing more to ask. Nothing: ask again, after a wait.
  func take() -> LuaOutcome {
    while let number = queue.popLast() {
      guard let visit = visits[number] else { continue }
      let object = SessionObject(visit.session, way: "check", seen: runtime.seenVaults)
      return .results([
        .integer(number), .json(visit.record, secrets: .none, source: CheckRunArguments.function),
        .object(object),
      ])
    }
    if isOver { return .result(.bool(false)) }
    return .begin { [self] number in
      waiters.add(number)
      return { self.waiters.remove(number) }
    }
  }

  func answer(_ number: Int64, findings: [RowResult.Finding]) { answer(number, .success(findings)) }

  func answer(_ number: Int64, failure: MFWSError) { answer(number, .failure(failure)) }

  /// Rows that have gone on meanwhile need none.
  private func answer(_ number: Int64, _ answer: Answer) {
    visits.removeValue(forKey: number)?.answer.resume(returning: answer)
  }

  /// The run has ended.
  func end() {
    isOver = true
    for number in visits.keys.sorted() { answer(number, Self.cancelled) }
    waiters.resumeAll(runtime.scheduler)
  }
}
