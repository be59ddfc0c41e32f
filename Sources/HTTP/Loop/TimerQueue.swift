import Glibc

/// Seconds on the monotonic clock.
package enum Clock {
  package static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Waits for moments in time, the nearest first (a binary heap).
struct TimerQueue {
  @safe private struct Entry {
    let due: Double
    let number: UInt64
    let continuation: CheckedContinuation<Void, Never>
  }
  private var heap: [Entry] = []
  private var cancelled: Set<UInt64> = []
  private var pending: Set<UInt64> = []

  var isEmpty: Bool { heap.isEmpty }

  func secondsToNext(now: Double) -> Double? { heap.first.map { max(0, $0.due - now) } }

  mutating func insert(due: Double, number: UInt64, _ continuation: CheckedContinuation<Void, Never>) {
    pending.insert(number)
    heap.append(Entry(due: due, number: number, continuation: continuation))
    var child = heap.count - 1
    while child > 0, heap[child].due < heap[(child - 1) / 2].due {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Makes the entry due at once; unknown numbers are ignored.
  mutating func cancel(number: UInt64) -> CheckedContinuation<Void, Never>? {
    guard pending.remove(number) != nil else { return nil }
    cancelled.insert(number)
    return heap.first { $0.number == number }?.continuation
  }

  /// Takes out the next entry that is due.
  mutating func popDue(now: Double) -> CheckedContinuation<Void, Never>? {
    while let first = heap.first {
      let isCancelled = cancelled.contains(first.number)
      guard isCancelled || first.due <= now else { return nil }
      removeFirst()
      cancelled.remove(first.number)
      pending.remove(first.number)
      if !isCancelled { return first.continuation }
    }
    return nil
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let least = children.min(by: { heap[$0].due < heap[$1].due }), heap[least].due < heap[parent].due
      else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}

extension EventLoop {
  /// Waits without blocking the loop. Returns early, without an error, when the task is cancelled.
  package func sleep(seconds: Double) async {
    let number = nextTimerNumber()
    let due = Clock.now + max(0, seconds)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        perform { self.timers.insert(due: due, number: number, continuation) }
        if Task.isCancelled { perform { self.cancelTimer(number) } }
      }
    } onCancel: {
      perform { self.cancelTimer(number) }
    }
  }

  private func cancelTimer(_ number: UInt64) {
    timers.cancel(number: number)?.resume()
  }
}
