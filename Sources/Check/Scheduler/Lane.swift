/// What waits and runs at one server.
struct Lane: Sendable {
  /// Groups whose next row takes no licence.
  var plain = Queue<Group>()
  /// Groups whose next row holds a licence until its logout.
  var licensed = Queue<Group>()
  var running = 0
  var pausedUntil = -Double.infinity
  /// Rows in a row that the server, or the way to it, failed.
  var unanswered = 0
  var isGivenUp = false
  var isInRing = false
  var isWaitingForSlot = false

  var isEmpty: Bool { plain.isEmpty && licensed.isEmpty }
}

extension Scheduler {
  /// Notes that a lane may have something to run.
  mutating func turn(_ lane: Int) {
    guard !lanes[lane].isInRing, !lanes[lane].isEmpty else { return }
    lanes[lane].isInRing = true
    ring.append(lane)
  }

  /// The next group that may run, the servers by turns.
  mutating func nextGroup(_ now: Double) -> Group? {
    while let lane = nextInRing() ?? nextSlotWaiter() {
      guard let group = takeGroup(lane, now) else { continue }
      queued -= 1
      turn(lane)
      return group
    }
    return nil
  }

  private mutating func nextInRing() -> Int? {
    guard let lane = ring.popFirst() else { return nil }
    lanes[lane].isInRing = false
    return lane
  }

  private mutating func nextSlotWaiter() -> Int? {
    guard freeSlots > 0, let lane = slotWaiters.popFirst() else { return nil }
    lanes[lane].isWaitingForSlot = false
    return lane
  }

  /// Nil: the lane is out of the ring until something changes for it.
  private mutating func takeGroup(_ lane: Int, _ now: Double) -> Group? {
    guard lanes[lane].running < limits.perServer ?? .max, lanes[lane].pausedUntil <= now else { return nil }
    let licensed = lanes[lane].licensed.first
    if freeSlots > 0, let licensed, licensed.ticket < lanes[lane].plain.first?.ticket ?? .max {
      return lanes[lane].licensed.popFirst()
    }
    if let plain = lanes[lane].plain.popFirst() { return plain }
    if licensed != nil, !lanes[lane].isWaitingForSlot {
      lanes[lane].isWaitingForSlot = true
      slotWaiters.append(lane)
    }
    return nil
  }
}
