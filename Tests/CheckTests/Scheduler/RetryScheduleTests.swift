import Check
import Testing

/// When rows are tried again.
@Suite struct RetryScheduleTests {
  private func limits(_ change: (inout SchedulerLimits) -> Void) -> SchedulerLimits {
    var limits = SchedulerLimits()
    change(&limits)
    return limits
  }

  @Test func aRowIsTriedAgainAfterAPauseThatGrows() {
    var run = ScheduledRun(singles(1))
    run.end(0, .passing())
    #expect(run.running.isEmpty)
    run.passTime()
    run.end(0, .passing())
    run.passTime()
    run.end(0, .passing())
    #expect(run.attempts == [0: 3])
    #expect(run.finished == [0: false])
    #expect(run.ending == .complete)
    let pauses = zip(run.starts.dropFirst(), run.starts).map { $0.at - $1.at }
    #expect((0.375...0.625).contains(pauses[0]))
    #expect((1.125...1.875).contains(pauses[1]))
    #expect(run.faults == [])
  }

  @Test func pausesOfDifferentRowsDiffer() {
    var run = ScheduledRun(singles(8))
    for row in 0..<8 { run.end(row, .passing()) }
    while run.running.count < 8 { run.passTime() }
    #expect(Set(run.starts.dropFirst(8).map(\.at)).count == 8)
  }

  @Test func othersRunMeanwhile() {
    var run = ScheduledRun(singles(3), limits { $0.jobs = 1 })
    run.end(0, .passing())
    #expect(run.running == [1])
    run.end(1, .allowed)
    run.end(2, .allowed)
    run.passTime()
    #expect(run.running == [0])
  }

  @Test func whatTheServerAsksForWinsAndHoldsAllOfItsRows() {
    var run = ScheduledRun(singles(4) { $0 == 3 ? 1 : 0 }, limits { $0.jobs = 1 })
    run.end(0, .passing(after: 30))
    #expect(run.running == [3])
    run.end(3, .allowed)
    #expect(run.running.isEmpty)
    run.passTime()
    #expect(run.now == 30)
    #expect(run.running == [1])
  }

  @Test func aServerThatAsksForTooMuchEndsTheRow() {
    var run = ScheduledRun(singles(1))
    run.end(0, .passing(after: 3600))
    #expect(run.finished == [0: false])
    #expect(run.ending == .complete)
  }

  @Test(arguments: [RowEnding.failed, .refused, .vaultRefused, .allowed])
  func nothingElseIsTriedAgain(_ ending: RowEnding) {
    var run = ScheduledRun(singles(1))
    run.end(0, ending)
    #expect(run.attempts == [0: 1])
    #expect(run.ending == .complete)
  }

  @Test func noRetriesMeansNone() {
    var run = ScheduledRun(singles(1), limits { $0.retries = 0 })
    run.end(0, .passing())
    #expect(run.ending == .complete)
  }

  /// Each of the two may have been refused, and accounts lock out.
  @Test func twoLoginsWithoutAnAnswerAreEnough() {
    var run = ScheduledRun(
      [GroupFacts(rows: [RowFacts(index: 0), RowFacts(index: 1), RowFacts(index: 2, server: 1)])],
      limits { $0.retries = 9 })
    run.end(0, .passing(loginIsLost: true))
    run.passTime()
    run.end(0, .passing(loginIsLost: true))
    #expect(run.attempts == [0: 2])
    #expect(run.finished == [0: false])
    #expect(run.skipped == [1: .accountUnsure, 2: .accountUnsure])
    #expect(run.ending == .complete)
  }

  @Test func aLoginThatWorksMakesUpForALostOne() {
    var run = ScheduledRun([GroupFacts(rows: (0..<3).map { RowFacts(index: $0) })])
    for row in 0..<3 {
      run.end(row, .passing(loginIsLost: true))
      run.passTime()
      run.end(row, .allowed)
    }
    #expect(run.finished.count == 3)
    #expect(run.skipped == [:])
  }

  @Test func aRowThatWaitsKeepsItsAccountToItself() {
    var run = ScheduledRun([GroupFacts(rows: [RowFacts(index: 0), RowFacts(index: 1)])])
    run.end(0, .passing())
    #expect(run.running.isEmpty)
    run.passTime()
    #expect(run.running == [0])
  }

  @Test func aLicenseIsNotHeldWhileARowWaits() {
    var run = ScheduledRun(singles(2, licensed: true), limits { $0.licenseSlots = 1 })
    run.end(0, .passing())
    #expect(run.running == [1])
  }

  @Test func anAbortEndsRowsThatWaitWithWhatWasFound() {
    var run = ScheduledRun(
      singles(4),
      limits {
        $0.jobs = 2
        $0.abortRefused = 1
      })
    run.end(0, .passing())
    run.end(1, .refused)
    #expect(run.finished.keys.sorted() == [0, 1])
    run.end(2, .passing())
    #expect(run.finished.keys.sorted() == [0, 1, 2])
    #expect(run.skipped == [3: .runAborted])
    #expect(run.ending == .aborted(.refused(1)))
    #expect(run.faults == [])
  }
}
