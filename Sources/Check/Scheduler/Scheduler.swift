/// Decides what happens when in a run: events in, actions out; no clock, no socket, no file.
///
/// A group (the rows of one account) is at one place at a time, and so one account is never tried by two rows at a time:
///
/// ```text
/// read ──► queued in its server's lane ──► running ──► queued for its next row, or gone
///                      ▲                      │
///                      └────── waiting ◄──────┘  a retry
/// ```
///
/// It reads groups only when nothing that it knows of can run, and no more than `lookAhead` before they can.
package struct Scheduler: Sendable {
  enum Phase: Equatable {
    case running
    /// What has not begun is skipped; what runs ends.
    case aborting(Abort)
    /// What runs is cancelled; nothing else is told of.
    case stopping
    case ended
  }

  let limits: SchedulerLimits
  var phase = Phase.running
  var lanes: [Lane] = []
  /// Lanes that may have something to run, each once.
  var ring = Queue<Int>()
  /// Lanes that wait for a licence only.
  var slotWaiters = Queue<Int>()
  var freeSlots: Int
  /// By the row that runs.
  var running: [Int: Group] = [:]
  var timers = TimeHeap<Timed>()
  var queued = 0
  var waiting = 0
  var isReading = false
  var hasReadAll = false
  /// Numbers the groups in the order in which they are queued.
  var lastTicket: UInt64 = 0
  /// Rate: nothing starts before.
  var nextStart = -Double.infinity
  var deadline: Double?
  var refusedInARow = 0
  /// Whether a row was finished whose result is not known yet, and matters.
  var isJudging = false
  var announcedWake: Double?
  var random: SplitMix
  var actions: [Action] = []

  /// What is due at a moment.
  enum Timed: Sendable {
    case retry(Group)
    /// A server that wanted to be left alone until then.
    case lane(Int)
  }

  /// - Parameter seed: of the jitter.
  package init(_ limits: SchedulerLimits, seed: UInt64) {
    self.limits = limits
    freeSlots = max(1, limits.licenseSlots)
    random = SplitMix(state: seed)
  }

  /// What to do now, in this order.
  ///
  /// - Parameter now: seconds on a clock that is never set back.
  package mutating func handle(_ event: Event, now: Double) -> [Action] {
    guard phase != .ended else { return [] }
    if let deadline, now >= deadline { abort(.timeUp) }
    switch event {
    case .start: deadline = limits.maxTime.map { now + $0 }
    case .group(let facts): take(facts)
    case .noMoreGroups: (isReading, hasReadAll) = (false, true)
    case .ended(let row, let ending): end(row, ending, now)
    case .tick: announcedWake = nil
    case .stop: stop()
    case .judged(let isDifferent):
      isJudging = false
      if isDifferent { abort(.failFast) }
    }
    fireTimers(now)
    startRows(now)
    conclude(now)
    defer { actions = [] }
    return actions
  }

  private mutating func fireTimers(_ now: Double) {
    while let timed = timers.popDue(now) {
      switch timed {
      case .lane(let lane): turn(lane)
      case .retry(let group):
        waiting -= 1
        enqueue(group)
      }
    }
  }

  private mutating func startRows(_ now: Double) {
    guard phase == .running else { return readOn() }
    guard !isJudging else { return }
    while running.count < limits.jobs, nextStart <= now {
      guard var group = nextGroup(now), let row = group.rows.first else { return readOn() }
      group.attempt += 1
      lanes[row.server].running += 1
      if row.holdsLicense { freeSlots -= 1 }
      if let rate = limits.rate { nextStart = max(nextStart, now) + 1 / rate }
      running[row.index] = group
      actions.append(.start(row: row.index, attempt: group.attempt))
    }
    // While the rate holds rows back: whether there are any.
    if queued == 0, running.count < limits.jobs { readOn() }
  }

  private mutating func readOn() {
    guard !isReading, !hasReadAll, phase != .stopping, queued < limits.lookAhead else { return }
    isReading = true
    actions.append(.readGroup)
  }

  /// Ends the run when nothing is left, else says when to come back.
  private mutating func conclude(_ now: Double) {
    guard !isJudging || phase == .stopping else { return }
    if running.isEmpty, phase == .stopping || hasReadAll && queued == 0 && waiting == 0 {
      if case .aborting(let abort) = phase {
        actions.append(.end(.aborted(abort)))
      } else {
        actions.append(.end(phase == .stopping ? .interrupted : .complete))
      }
      phase = .ended
      return
    }
    guard phase == .running else { return }
    let isHeldByRate = nextStart > now && running.count < limits.jobs && (queued > 0 || !hasReadAll)
    let wake = [timers.next, deadline, isHeldByRate ? nextStart : nil].compactMap { $0 }.min()
    guard let wake, wake != announcedWake else { return }
    announcedWake = wake
    actions.append(.wake(at: wake))
  }
}
