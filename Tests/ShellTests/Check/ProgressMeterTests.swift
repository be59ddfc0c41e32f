import Check
import Testing

@testable import Shell

@Suite struct ProgressMeterTests {
  @Test func `a redrawn line tells how far it is, how fast, what came of it and what is left`() {
    var meter = ProgressMeter(.redrawn, total: 100, now: 10)
    #expect(meter.line(now: 10) == "0/100, 0.0/s, 0 pass, 0 diff, 0 inconclusive")
    for _ in 1...18 { meter.add(.pass) }
    meter.add(.diff)
    meter.add(.unproved)
    #expect(meter.line(now: 10.1) == nil)
    #expect(
      meter.line(now: 20) == "20/100, 2.0/s, 18 pass, 1 diff, 0 inconclusive, 1 unproved, 40 s left")
    for _ in 1...80 { meter.add(.pass) }
    #expect(meter.line(now: 21) == "100/100, 9.1/s, 98 pass, 1 diff, 0 inconclusive, 1 unproved")
  }

  @Test func `a plain line comes after 30 s or 5 percent, whichever is later, and none at the end`() {
    var meter = ProgressMeter(.plain, total: 100, now: 0)
    for _ in 1...5 { meter.add(.pass) }
    #expect(meter.line(now: 29) == nil && meter.line(now: 30)?.hasPrefix("5/100, ") == true)
    for _ in 1...4 { meter.add(.pass) }
    #expect(meter.line(now: 300) == nil)
    meter.add(.pass)
    #expect(meter.line(now: 301)?.hasPrefix("10/100, ") == true)
    for _ in 1...90 { meter.add(.pass) }
    #expect(meter.line(now: 400) == nil)
  }
}
