import LuaKit

/// Lua tasks that wait for something to happen, by their numbers.
struct LuaWaiters {
  private var numbers: [UInt64] = []

  mutating func add(_ number: UInt64) { numbers.append(number) }

  mutating func remove(_ number: UInt64) { numbers.removeAll { $0 == number } }

  /// Lets one of them go on.
  mutating func resumeOne(_ scheduler: Scheduler) {
    if let number = numbers.popLast() { scheduler.resume(suspended: number) }
  }

  mutating func resumeAll(_ scheduler: Scheduler) {
    while !numbers.isEmpty { resumeOne(scheduler) }
  }
}
