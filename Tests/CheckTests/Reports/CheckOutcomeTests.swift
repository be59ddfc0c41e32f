import Check
import Testing

@Suite struct CheckOutcomeTests {
  private func outcome(
    _ counts: [RowResult.Status: Int], _ ending: RunSummary.Ending = .complete, missing: Int = 0,
    acceptsUnproved: Bool = false
  ) -> CheckOutcome {
    var summary = RunSummary()
    summary.counts = Dictionary(counts.map { ($0.rawValue, $1) }) { $1 }
    summary.ending = ending
    return CheckOutcome(
      summary, selectedRows: summary.rows + missing, acceptsUnproved: acceptsUnproved)
  }

  @Test func saysHowARunCameOut() {
    #expect(outcome([.pass: 3, .waived: 1]) == .asOrdered)
    #expect(outcome([.pass: 3, .diff: 1, .inconclusive: 1]) == .differences)
    #expect(outcome([.pass: 3, .inconclusive: 1]) == .inconclusive)
    #expect(outcome([.pass: 3, .notRun: 1]) == .inconclusive)
    #expect(outcome([.pass: 3, .unproved: 1]) == .inconclusive)
    #expect(outcome([.pass: 3, .unproved: 1], acceptsUnproved: true) == .asOrdered)
    #expect(outcome([.pass: 0]) == .nothingSelected)
    #expect(outcome([:]) == .nothingSelected)
    #expect(outcome([.pass: 3], missing: 1) == .inconclusive)
    #expect(outcome([.pass: 3, .diff: 1], missing: 1) == .differences)
    #expect(outcome([:], missing: 1) == .inconclusive)
    #expect(outcome([.diff: 1], .aborted) == .aborted)
  }
}
