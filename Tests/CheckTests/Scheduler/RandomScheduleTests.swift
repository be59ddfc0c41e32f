import Check
import Testing

/// Whatever happens in whatever order: what must never happen does not.
@Suite struct RandomScheduleTests {
  /// A generator with a seed, so that a failure can be had again.
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private static func groups(_ random: inout Random) -> [GroupFacts] {
    var index = 0
    return (0..<Int.random(in: 0...60, using: &random)).map { _ in
      var group = GroupFacts(
        rows: (0..<Int.random(in: 0...4, using: &random)).map { _ in
          defer { index += 1 }
          return RowFacts(
            index: index, server: Int.random(in: 0...3, using: &random),
            holdsLicense: .random(using: &random),
            expect: RosterRow.Expectation.allCases.randomElement(using: &random) ?? .any)
        })
      group.isRefused = Int.random(in: 0..<20, using: &random) == 0
      return group
    }
  }

  private static func limits(_ random: inout Random) -> SchedulerLimits {
    var limits = SchedulerLimits()
    limits.jobs = Int.random(in: 1...9, using: &random)
    limits.perServer = [nil, 1, 2, 5].randomElement(using: &random) ?? nil
    limits.rate = [nil, 3, 50].randomElement(using: &random) ?? nil
    limits.licenseSlots = Int.random(in: 1...4, using: &random)
    limits.retries = Int.random(in: 0...3, using: &random)
    limits.failFast = .random(using: &random)
    limits.abortRefused = [0, 3, 50].randomElement(using: &random) ?? 0
    limits.abortAfter = [nil, 3, 20].randomElement(using: &random) ?? nil
    limits.maxTime = [nil, nil, 20].randomElement(using: &random) ?? nil
    limits.lookAhead = [2, 1024].randomElement(using: &random) ?? 2
    return limits
  }

  private static func ending(_ random: inout Random) -> RowEnding {
    let endings: [RowEnding] = [
      .allowed, .allowed, .allowed, .vaultRefused, .refused, .failed, .passing(), .passing(after: 2),
      .passing(after: 500), .passing(loginIsLost: true),
    ]
    return endings.randomElement(using: &random) ?? .failed
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func everyRowEndsOnceAndNoLimitIsExceeded(_ seed: UInt64) {
    var random = Random(state: seed &* 7919 &+ 3)
    let groups = Self.groups(&random)
    var run = ScheduledRun(groups, Self.limits(&random), seed: seed)
    let stopsAt = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 0...60, using: &random) : nil
    var refused: Set<Int> = []
    var steps = 0
    while run.ending == nil, steps < 10_000 {
      steps += 1
      if steps == stopsAt { run.feed(.stop) }
      guard let row = run.running.sorted().randomElement(using: &random),
        run.wake == nil || .random(using: &random)
      else {
        if run.ending == nil { run.passTime() }
        if !run.faults.isEmpty { break }
        continue
      }
      run.now += Double.random(in: 0...0.3, using: &random)
      let ending = run.isCancelled ? .cancelled : Self.ending(&random)
      if ending.answer == .deniedCredentials { refused.insert(row) }
      run.end(row, ending)
      if run.limits.failFast { run.feed(.judged(isDifferent: Int.random(in: 0..<40, using: &random) == 0)) }
    }
    #expect(run.faults == [])
    #expect(run.ending != nil)
    let all = Set(groups.flatMap { $0.rows.map(\.index) })
    if run.ending != .interrupted { #expect(Set(run.finished.keys).union(run.skipped.keys) == all) }
    for group in groups { checkRefusals(group, run, refused) }
  }

  /// After a refusal no row of the account was started.
  private func checkRefusals(_ group: GroupFacts, _ run: ScheduledRun, _ refused: Set<Int>) {
    let started = run.starts.map(\.row).filter { row in group.rows.contains { $0.index == row } }
    if group.isRefused { #expect(started.isEmpty) }
    guard let row = started.first(where: { refused.contains($0) }) else { return }
    #expect(started.last == row)
    #expect(run.finished[row] != nil)
  }

  @Test func manyRowsAreKnownOnlyWhileTheyRun() {
    var run = StreamedRun()
    run.run(rows: 20_000)
    #expect(run.ended == 20_000)
    #expect(run.largest <= 64)
  }
}

/// Makes up the groups as they are read, so that only the scheduler keeps any.
private struct StreamedRun {
  var scheduler: Scheduler
  var running: [Int] = []
  var ended = 0
  var largest = 0
  private var next = 0

  init() {
    var limits = SchedulerLimits()
    (limits.jobs, limits.licenseSlots) = (64, 64)
    scheduler = Scheduler(limits, seed: 1)
  }

  mutating func run(rows: Int) {
    feed(.start, rows)
    while let row = running.popLast() { feed(.ended(row: row, .allowed), rows) }
  }

  private mutating func feed(_ event: Scheduler.Event, _ rows: Int) {
    var event: Scheduler.Event? = event
    while let current = event {
      event = nil
      for action in scheduler.handle(current, now: 0) {
        switch action {
        case .readGroup:
          event = next < rows ? .group(singles(1)[0].numbered(next)) : .noMoreGroups
          next += 1
        case .start(let row, _): running.append(row)
        case .finish: ended += 1
        default: break
        }
      }
      largest = max(largest, running.count, next - ended - 1)
    }
  }
}

extension GroupFacts {
  fileprivate func numbered(_ index: Int) -> GroupFacts {
    GroupFacts(rows: [RowFacts(index: index, server: index % 3, holdsLicense: index % 2 == 0)])
  }
}
