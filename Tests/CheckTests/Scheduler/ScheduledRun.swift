import Check

/// A run without clock and socket: feeds a scheduler and checks at each step what must never happen.
struct ScheduledRun {
  var scheduler: Scheduler
  let groups: [GroupFacts]
  let limits: SchedulerLimits
  var now = 0.0
  private var nextGroup = 0
  private let facts: [Int: RowFacts]
  private let accounts: [Int: Int]

  private(set) var running: Set<Int> = []
  private(set) var wake: Double?
  private(set) var finished: [Int: Bool] = [:]
  private(set) var skipped: [Int: SkipReason] = [:]
  private(set) var forgotten: Set<Int> = []
  private(set) var attempts: [Int: Int] = [:]
  private(set) var starts: [(row: Int, at: Double)] = []
  private(set) var ending: Scheduler.Ending?
  private(set) var isCancelled = false
  /// What should not have happened.
  private(set) var faults: [String] = []
  private(set) var largest = (running: 0, slots: 0, reads: 0)

  init(_ groups: [GroupFacts], _ limits: SchedulerLimits = .init(), seed: UInt64 = 1) {
    self.groups = groups
    self.limits = limits
    scheduler = Scheduler(limits, seed: seed)
    let rows = groups.enumerated().flatMap { group in group.element.rows.map { (group.offset, $0) } }
    facts = Dictionary(uniqueKeysWithValues: rows.map { ($0.1.index, $0.1) })
    accounts = Dictionary(uniqueKeysWithValues: rows.map { ($0.1.index, $0.0) })
    feed(.start)
  }

  /// The rows that run, the one that began first in front.
  var inOrder: [Int] {
    starts.map(\.row).filter { running.contains($0) }.reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  mutating func feed(_ event: Scheduler.Event) {
    var events = [event]
    while let event = events.popLast() {
      for action in scheduler.handle(event, now: now) {
        if let event = perform(action) { events.append(event) }
      }
    }
  }

  mutating func end(_ row: Int, _ ending: RowEnding) {
    running.remove(row)
    feed(.ended(row: row, ending))
  }

  /// Lets the time come for which the scheduler waits.
  mutating func passTime() {
    guard let wake else { return fault("nothing is waited for") }
    now = max(now, wake)
    self.wake = nil
    feed(.tick)
  }

  private mutating func fault(_ text: String) { faults.append(text) }

  private mutating func perform(_ action: Scheduler.Action) -> Scheduler.Event? {
    if ending != nil { fault("\(action) after the end") }
    switch action {
    case .readGroup:
      guard nextGroup < groups.count else { return .noMoreGroups }
      nextGroup += 1
      largest.reads = max(largest.reads, nextGroup)
      return .group(groups[nextGroup - 1])
    case .start(let row, let attempt): start(row, attempt)
    case .finish(let row, let isProved):
      if !isNew(row) || attempts[row] == nil { fault("row \(row) was finished, but not before tried once") }
      finished[row] = isProved
    case .skip(let row, let reason):
      if !isNew(row) { fault("row \(row) ended twice") }
      skipped[row] = reason
    case .forget(let row): forgotten.insert(row)
    case .cancelRows: isCancelled = true
    case .wake(let moment):
      if moment < now { fault("woken in the past") }
      wake = moment
    case .end(let ending):
      if !running.isEmpty { fault("ended with rows under way") }
      self.ending = ending
    }
    return nil
  }

  private func isNew(_ row: Int) -> Bool { finished[row] == nil && skipped[row] == nil }

  private mutating func start(_ row: Int, _ attempt: Int) {
    if !isNew(row) || running.contains(row) { fault("row \(row) was started after its end, or twice") }
    attempts[row, default: 0] += 1
    if attempts[row] != attempt { fault("attempt \(attempt) of row \(row) is number \(attempts[row] ?? 0)") }
    if running.contains(where: { accounts[$0] == accounts[row] }) {
      fault("two rows of one account at a time")
    }
    running.insert(row)
    starts.append((row, now))
    checkLimits()
  }

  private mutating func checkLimits() {
    let slots = running.count { facts[$0]?.holdsLicense == true }
    largest.running = max(largest.running, running.count)
    largest.slots = max(largest.slots, slots)
    if running.count > limits.jobs { fault("more rows than jobs") }
    if slots > limits.licenseSlots { fault("more licences than slots") }
    let servers = Dictionary(grouping: running) { facts[$0]?.server ?? 0 }
    if let limit = limits.perServer, servers.values.contains(where: { $0.count > limit }) {
      fault("more rows at a server than allowed")
    }
  }
}

extension RowEnding {
  static let allowed = RowEnding(.allowed, isLoggedIn: true)
  static let refused = RowEnding(.deniedCredentials)
  static let vaultRefused = RowEnding(.deniedVault, isLoggedIn: true)
  static let failed = RowEnding(.none)

  static func passing(after seconds: Double? = nil, loginIsLost: Bool = false) -> RowEnding {
    var ending = RowEnding(.none)
    ending.retry.mayPass = true
    ending.retry.after = seconds
    ending.retry.isLoginLost = loginIsLost
    return ending
  }

  static var cancelled: RowEnding {
    var ending = RowEnding(.none)
    ending.retry.isCancelled = true
    return ending
  }

  func with(secret mark: Int) -> RowEnding {
    var ending = self
    ending.secretMark = mark
    return ending
  }
}

/// Groups of one row each, numbered from 0.
func singles(_ count: Int, server: (Int) -> Int = { _ in 0 }, licensed: Bool = false) -> [GroupFacts] {
  (0..<count).map {
    GroupFacts(rows: [RowFacts(index: $0, server: server($0), holdsLicense: licensed)])
  }
}
