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

/// What is to be done at moments in time, the nearest first (a heap with four children each, which is flat).
struct TimerQueue {
  private struct Entry {
    let due: Double
    let number: UInt64
  }
  /// Also what was cancelled, until it comes to the top or is too much.
  private var heap: [Entry] = []
  private var waiting: [UInt64: () -> Void] = [:]

  var isEmpty: Bool { waiting.isEmpty }

  /// The moment of the next entry.
  mutating func nextDue() -> Double? {
    dropCancelled()
    return heap.first?.due
  }

  mutating func insert(due: Double, number: UInt64, _ action: @escaping () -> Void) {
    waiting[number] = action
    heap.append(Entry(due: due, number: number))
    siftUp(heap.count - 1)
  }

  /// Takes an entry out before its time; unknown numbers are ignored.
  mutating func cancel(number: UInt64) -> (() -> Void)? {
    guard let action = waiting.removeValue(forKey: number) else { return nil }
    if heap.count > 2 * waiting.count + 64 { rebuild() }
    return action
  }

  /// Takes out the next entry that is due.
  mutating func popDue(now: Double) -> (() -> Void)? {
    dropCancelled()
    guard let first = heap.first, first.due <= now else { return nil }
    removeFirst()
    return waiting.removeValue(forKey: first.number)
  }

  private mutating func dropCancelled() {
    while let first = heap.first, waiting[first.number] == nil { removeFirst() }
  }

  /// A sorted array is a heap.
  private mutating func rebuild() {
    heap.removeAll { waiting[$0.number] == nil }
    heap.sort { $0.due < $1.due }
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    if !heap.isEmpty { place(last) }
  }

  private mutating func siftUp(_ index: Int) {
    var child = index
    while child > 0, heap[child].due < heap[(child - 1) / 4].due {
      heap.swapAt(child, (child - 1) / 4)
      child = (child - 1) / 4
    }
  }

  /// Puts an entry in the place of the first one and below what comes before it.
  private mutating func place(_ entry: Entry) {
    var parent = 0
    while 4 * parent + 1 < heap.count {
      var least = 4 * parent + 1
      for child in least + 1..<min(least + 4, heap.count) where heap[child].due < heap[least].due {
        least = child
      }
      guard heap[least].due < entry.due else { break }
      heap[parent] = heap[least]
      parent = least
    }
    heap[parent] = entry
  }
}

extension EventLoop {
  /// Waits without blocking the loop. Returns early, without an error, when the task is cancelled.
  package func sleep(seconds: Double) async {
    let number = nextTimerNumber()
    let due = Clock.now + max(0, seconds)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        perform { self.timers.insert(due: due, number: number) { continuation.resume() } }
        if Task.isCancelled { perform { self.timers.cancel(number: number)?() } }
      }
    } onCancel: {
      perform { self.timers.cancel(number: number)?() }
    }
  }

  /// Runs `action` after these seconds; both on the loop's thread only.
  ///
  /// - Returns: its number for `cancelTimer`.
  package func after(seconds: Double, _ action: @escaping () -> Void) -> UInt64 {
    let number = nextTimerNumber()
    timers.insert(due: Clock.now + max(0, seconds), number: number, action)
    return number
  }

  /// Takes back what `after` has announced, unless it has run. On the loop's thread only.
  package func cancelTimer(_ number: UInt64) { _ = timers.cancel(number: number) }
}
