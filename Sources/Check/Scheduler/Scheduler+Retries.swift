import Glibc

/// When a row is tried again.
extension Scheduler {
  /// Seconds until the next attempt; nil: there is none.
  func retryDelay(_ group: Group, _ row: RowFacts, _ ending: RowEnding) -> Double? {
    guard phase == .running, !lanes[row.server].isGivenUp, ending.answer == .none, ending.retry.mayPass,
      group.attempt <= limits.retries,
      group.lostLogins < Group.lostLoginLimit
    else { return nil }
    guard let after = ending.retry.after else { return Self.backOff * pow(3, Double(group.attempt - 1)) }
    return after <= Self.longestPause ? after : nil
  }

  mutating func retry(_ group: Group, _ row: RowFacts, _ ending: RowEnding, _ now: Double, _ delay: Double) {
    // What the server asks for wins, and who asks for it wants it of all; only spread over the time after it.
    let jitter =
      ending.retry.after == nil ? random.next(in: 0.75...1.25) * delay : delay + random.next(in: 0...0.1)
    if ending.retry.after != nil { pause(row.server, until: now + delay) }
    waiting += 1
    timers.insert(.retry(group), at: now + jitter)
  }

  private mutating func pause(_ lane: Int, until moment: Double) {
    guard moment > lanes[lane].pausedUntil else { return }
    lanes[lane].pausedUntil = moment
    timers.insert(.lane(lane), at: moment)
  }

  /// Seconds before the first retry; three times that before the next.
  static let backOff = 0.5
  /// Seconds that a server is waited for; whoever wants longer ends the row.
  static let longestPause = 120.0
}

/// A small generator of random numbers (splitmix64), to be had with a seed.
struct SplitMix: Sendable, RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func next(in range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }
}
