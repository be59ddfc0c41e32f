import Check
import HTTP
import LuaKit

/// Results on their way to the script's function, one after the other. Used on the loop's thread only.
final class ScriptResults: @unchecked Sendable {
  private let scheduler: LuaKit.Scheduler
  private var records: [[UInt8]] = []
  private var next = 0
  private var isOver = false
  private var waiters = LuaWaiters()
  /// A script that is slow holds the rows up rather than having results pile up.
  private static let limit = 1024

  init(_ scheduler: LuaKit.Scheduler) { self.scheduler = scheduler }

  func add(_ result: RowResult) {
    records.append(result.record)
    waiters.resumeOne(scheduler)
  }

  /// No more will come.
  func end() {
    isOver = true
    waiters.resumeAll(scheduler)
  }

  /// The next result as a table; false: there is no further one. Nothing: ask again, after a wait.
  func take() -> LuaOutcome {
    if next < records.count {
      return .result(.json(takeRecord(), secrets: .none, source: CheckRunArguments.function))
    }
    if isOver { return .result(.bool(false)) }
    return .begin { [self] number in
      waiters.add(number)
      return { self.waiters.remove(number) }
    }
  }

  private func takeRecord() -> [UInt8] {
    defer {
      records[next] = []
      next += 1
      if next == records.count {
        records.removeAll(keepingCapacity: true)
        next = 0
      }
    }
    return records[next]
  }

  /// Returns when the script has taken enough of them, or the row is cancelled.
  func waitForRoom(on loop: EventLoop) async {
    while records.count - next > Self.limit, !Task.isCancelled { await loop.sleep(seconds: 0.02) }
  }
}
