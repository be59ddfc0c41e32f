import Check
import Testing

/// What runs when.
@Suite struct SchedulerTests {
  private func limits(_ change: (inout SchedulerLimits) -> Void) -> SchedulerLimits {
    var limits = SchedulerLimits()
    change(&limits)
    return limits
  }

  @Test func anEmptyRosterEndsAtOnce() {
    #expect(ScheduledRun([]).ending == .complete)
  }

  @Test func asManyRowsRunAsThereAreJobsAndTheRestIsNotEvenRead() {
    var run = ScheduledRun(singles(100), limits { $0.jobs = 3 })
    #expect(run.inOrder == [0, 1, 2])
    #expect(run.largest.reads == 3)
    run.end(1, .allowed)
    #expect(run.inOrder == [0, 2, 3])
    #expect(run.largest.reads == 4)
    #expect(run.faults == [])
  }

  @Test func aServerGetsNoMoreRowsThanItsLimit() {
    var run = ScheduledRun(singles(9) { $0 < 6 ? 0 : 1 }, limits { $0.perServer = 2 })
    #expect(run.running == [0, 1, 6, 7])
    run.end(0, .allowed)
    #expect(run.running == [1, 2, 6, 7])
    run.end(6, .allowed)
    #expect(run.running == [1, 2, 7, 8])
    #expect(run.faults == [])
  }

  @Test func rowsThatHoldALicenseWaitForASlotAndOthersPassThem() {
    var groups = singles(6, licensed: true)
    groups.append(GroupFacts(rows: [RowFacts(index: 6)]))
    var run = ScheduledRun(groups, limits { $0.licenseSlots = 2 })
    #expect(run.running == [0, 1, 6])
    run.end(6, .allowed)
    #expect(run.running == [0, 1])
    run.end(0, .allowed)
    #expect(run.running == [1, 2])
    #expect(run.faults == [])
  }

  @Test func noMoreIsReadAheadThanTheLimit() {
    let run = ScheduledRun(
      singles(5000, licensed: true),
      limits {
        $0.licenseSlots = 1
        $0.lookAhead = 10
      })
    #expect(run.running == [0])
    #expect(run.largest.reads == 11)
  }

  @Test func loginsAreSpacedEvenlyByTheRate() {
    var run = ScheduledRun(singles(5), limits { $0.rate = 4 })
    for row in 0..<5 {
      while !run.running.contains(row) { run.passTime() }
      run.end(row, .allowed)
    }
    #expect(run.starts.map(\.at) == [0, 0.25, 0.5, 0.75, 1])
    #expect(run.ending == .complete)
  }

  @Test func theRowsOfAnAccountRunOneAfterTheOther() {
    let group = GroupFacts(rows: [RowFacts(index: 0), RowFacts(index: 1, server: 1), RowFacts(index: 2)])
    var run = ScheduledRun([group])
    for row in 0..<3 {
      #expect(run.running == [row])
      run.end(row, .allowed)
    }
    #expect(run.ending == .complete)
    #expect(run.faults == [])
  }

  @Test func aRefusedAccountIsNotTriedAgain() {
    let group = GroupFacts(rows: (0..<4).map { RowFacts(index: $0, server: $0) })
    var run = ScheduledRun([group])
    run.end(0, .allowed)
    run.end(1, .refused)
    #expect(run.skipped == [2: .accountRefused, 3: .accountRefused])
    #expect(run.finished.keys.sorted() == [0, 1])
    #expect(run.ending == .complete)
  }

  @Test func anAccountThatWasRefusedBeforeIsNotTriedAtAll() {
    var group = GroupFacts(rows: [RowFacts(index: 0), RowFacts(index: 1)])
    group.isRefused = true
    let run = ScheduledRun([group])
    #expect(run.starts.isEmpty)
    #expect(run.skipped == [0: .accountRefused, 1: .accountRefused])
    #expect(run.ending == .complete)
  }

  @Test func aRefusedVaultEndsNothing() {
    var run = ScheduledRun([GroupFacts(rows: [RowFacts(index: 0), RowFacts(index: 1)])])
    run.end(0, .vaultRefused)
    #expect(run.running == [1])
  }

  // MARK: proof

  private func deny(_ secret: String? = nil) -> GroupFacts {
    GroupFacts(rows: [
      RowFacts(index: 0, secret: "a"), RowFacts(index: 1, server: 1, expect: .deny, secret: secret ?? "a"),
    ])
  }

  @Test func aRefusalIsProvedByTheSameSecretElsewhere() {
    var run = ScheduledRun([deny()])
    run.end(0, .allowed.with(secret: 7))
    run.end(1, .refused.with(secret: 7))
    #expect(run.finished == [0: true, 1: true])
  }

  @Test func aRefusedVaultProvesTheSecretToo() {
    var run = ScheduledRun([deny()])
    run.end(0, .vaultRefused.with(secret: 7))
    run.end(1, .refused.with(secret: 7))
    #expect(run.finished[1] == true)
  }

  @Test func anotherSecretProvesNothing() {
    var run = ScheduledRun([deny()])
    run.end(0, .allowed.with(secret: 7))
    run.end(1, .refused.with(secret: 8))
    #expect(run.finished[1] == false)
  }

  @Test(arguments: [("a", true), ("b", false)])
  func anEarlierPartOfTheRunProvesByTheAlias(_ secret: String, _ isProved: Bool) {
    var group = GroupFacts(rows: [RowFacts(index: 0, expect: .deny, secret: secret)])
    group.provedSecrets = [.init(alias: "a")]
    var run = ScheduledRun([group])
    run.end(0, .refused.with(secret: 7))
    #expect(run.finished == [0: isProved])
  }

  // MARK: giving up

  @Test func aServerThatDoesNotAnswerIsGivenUp() {
    var groups = singles(8) { $0 % 2 }
    groups.append(GroupFacts(rows: [RowFacts(index: 8), RowFacts(index: 9, server: 1)]))
    var run = ScheduledRun(
      groups,
      limits {
        $0.jobs = 2
        $0.abortAfter = 2
      })
    run.end(0, .failed)
    run.end(2, .failed)
    for row in [1, 3, 5, 7, 9] { run.end(row, .allowed) }
    #expect(run.skipped == [4: .serverGivenUp, 6: .serverGivenUp, 8: .serverGivenUp])
    #expect(run.finished.keys.sorted() == [0, 1, 2, 3, 5, 7, 9])
    #expect(run.ending == .complete)
    #expect(run.faults == [])
  }

  @Test func anAnswerInBetweenKeepsAServer() {
    var run = ScheduledRun(
      singles(4),
      limits {
        $0.jobs = 1
        $0.abortAfter = 2
      })
    run.end(0, .failed)
    run.end(1, .refused)
    run.end(2, .failed)
    run.end(3, .allowed)
    #expect(run.skipped == [:])
  }

  @Test func refusalsInARowAbortTheRun() {
    var run = ScheduledRun(
      singles(9),
      limits {
        $0.jobs = 2
        $0.abortRefused = 3
      })
    run.end(0, .refused)
    run.end(1, .refused)
    run.end(2, .refused)
    #expect(run.running == [3])
    #expect(!run.isCancelled)
    #expect(run.skipped.keys.sorted() == [4, 5, 6, 7, 8])
    #expect(Set(run.skipped.values) == [.runAborted])
    run.end(3, .allowed)
    #expect(run.finished.keys.sorted() == [0, 1, 2, 3])
    #expect(run.ending == .aborted(.refused(3)))
    #expect(run.faults == [])
  }

  @Test func whatIsToBeRefusedDoesNotAbort() {
    let groups = (0..<9).map { GroupFacts(rows: [RowFacts(index: $0, expect: $0 % 2 == 0 ? .deny : .any)]) }
    var run = ScheduledRun(groups, limits { $0.abortRefused = 2 })
    while let row = run.inOrder.first { run.end(row, .refused) }
    #expect(run.ending == .complete)
  }

  @Test func anAccountThatGetsInBreaksTheRowOfRefusals() {
    var run = ScheduledRun(
      singles(5),
      limits {
        $0.jobs = 1
        $0.abortRefused = 2
      })
    for (row, ending) in [RowEnding.refused, .allowed, .refused, .failed].enumerated() {
      run.end(row, ending)
    }
    #expect(run.running == [4])
    run.end(4, .refused)
    #expect(run.ending == .aborted(.refused(2)))
  }

  @Test func theFirstDifferenceCanEndTheRun() {
    var run = ScheduledRun(
      singles(5),
      limits {
        $0.jobs = 2
        $0.failFast = true
      })
    run.end(0, .allowed)
    #expect(run.running == [1])
    run.feed(.judged(isDifferent: false))
    #expect(run.running == [1, 2])
    run.end(1, .allowed)
    run.feed(.judged(isDifferent: true))
    #expect(run.running == [2])
    run.end(2, .allowed)
    run.feed(.judged(isDifferent: false))
    #expect(run.skipped == [3: .runAborted, 4: .runAborted])
    #expect(run.ending == .aborted(.failFast))
  }

  @Test func whenTheTimeIsOverRowsAreCancelledAndNotRun() {
    var run = ScheduledRun(
      singles(6),
      limits {
        $0.jobs = 3
        $0.maxTime = 60
      })
    run.end(0, .allowed)
    run.end(1, .passing())
    run.now = 59
    run.end(2, .passing())
    run.now = 60
    run.feed(.tick)
    #expect(run.isCancelled)
    // A row that was tried keeps what was found.
    #expect(run.finished.keys.sorted() == [0, 2])
    while let row = run.inOrder.first { run.end(row, .cancelled) }
    #expect(Set(run.finished.keys).union(run.skipped.keys) == Set(0..<6))
    #expect(Set(run.skipped.values) == [.timeUp])
    #expect(run.ending == .aborted(.timeUp))
    #expect(run.faults == [])
  }

  @Test func aStopTellsOfAnswersOnly() {
    var run = ScheduledRun(singles(50), limits { $0.jobs = 4 })
    run.end(0, .passing())
    run.feed(.stop)
    #expect(run.isCancelled)
    run.feed(.stop)
    run.end(1, .cancelled)
    run.end(2, .refused)
    run.end(3, .allowed)
    run.end(4, .failed)
    #expect(run.finished.keys.sorted() == [2, 3])
    #expect(run.skipped == [:])
    #expect(run.forgotten == [0, 1, 4])
    #expect(run.ending == .interrupted)
    #expect(run.faults == [])
  }
}
