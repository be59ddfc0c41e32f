import Glibc

/// Seconds on the system's clocks.
package enum Clock {
  /// Never set back.
  package static var now: Double { seconds(CLOCK_MONOTONIC) }

  package static var secondsSince1970: Double { seconds(CLOCK_REALTIME) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
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

  var isEmpty: Bool { heap.isEmpty }

  /// nil without looking at the clock when there is none.
  func secondsToNext() -> Double? { heap.first.map { max(0, $0.due - Clock.now) } }

  mutating func insert(due: Double, number: UInt64, _ continuation: CheckedContinuation<Void, Never>) {
    heap.append(Entry(due: due, number: number, continuation: continuation))
    siftUp(heap.count - 1)
  }

  /// Takes an entry out before its time; unknown numbers are ignored.
  mutating func cancel(number: UInt64) -> CheckedContinuation<Void, Never>? {
    heap.firstIndex { $0.number == number }.map { remove(at: $0) }
  }

  /// Takes out the next entry that is due.
  mutating func popDue(now: Double) -> CheckedContinuation<Void, Never>? {
    guard let first = heap.first, first.due <= now else { return nil }
    return remove(at: 0)
  }

  private mutating func remove(at index: Int) -> CheckedContinuation<Void, Never> {
    heap.swapAt(index, heap.count - 1)
    let entry = heap.removeLast()
    if index < heap.count {
      siftDown(index)
      siftUp(index)
    }
    return entry.continuation
  }

  private mutating func siftUp(_ index: Int) {
    var child = index
    while child > 0, heap[child].due < heap[(child - 1) / 2].due {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func siftDown(_ index: Int) {
    var parent = index
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].due < heap[least].due {
        least = child
      }
      guard least != parent else { return }
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
