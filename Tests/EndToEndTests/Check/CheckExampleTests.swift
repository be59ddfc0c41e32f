import MFWS
import Sandbox
import TestSupport
import Testing

/// The roster in `examples/`, and what stands in its reports.
struct CheckExampleTests {
  private static let statuses = [
    "F-01": "pass", "F-02": "diff", "F-03": "diff", "F-04": "diff", "F-05": "pass", "X-01": "pass",
    "X-02": "pass", "L-01": "diff", "L-02": "unproved", "S-01": "inconclusive",
  ]

  private let bench: CheckBench
  private let outcome: Shell.Outcome

  init() throws {
    var bench = try CheckBench(accounts: 1)
    bench.shell.options = []
    let roster = "\(Documentation.root)/examples/roster.csv"
    outcome = try bench.shell.run(["check", roster, "--sandbox"] + ReportFiles.options)
    self.bench = bench
  }

  @Test func itShowsWhatEachVerdictLooksLike() throws {
    #expect(outcome.status == .exited(1))
    #expect(outcome.error.isEmpty)
    #expect(try bench.statuses() == Self.statuses)
    let proved = try bench.results().first { $0["id"]?.string == "X-02" }
    #expect(proved?["code"]?.string == "denied.vault")
    for text in [
      "missing   Finance", "extra     CanDestroyObjects",
      "license     expected  named\n              found     readonly",
      "novault [deny]", "1 row: network.connect, http://127.0.0.1:9",
      "10 rows: 4 as ordered, 4 different, 1 inconclusive, 1 unproved\n",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
  }

  @Test func itsReportsSuitTheirReaders() throws {
    try ReportFiles.expectWhole(in: bench)
    let home = bench.shell.home
    #expect(try ReportFiles.xpath("count(//testsuite)", in: home) == "2")
    #expect(try ReportFiles.xpath("count(//failure)", in: home) == "4")
    #expect(try ReportFiles.xpath("count(//error)", in: home) == "2")
    // Jenkins shows the attribute, GitLab the text.
    #expect(
      try ReportFiles.xpath("count(//failure[contains(., @message)])", in: home) == "4",
      "the message stands in the text too")
    #expect(try ReportFiles.xpath("string(/testsuites/@tests)", in: home) == "10")
    // A dot in a name would be a package to Jenkins.
    #expect(
      try ReportFiles.xpath(
        "count(//testcase[starts-with(@classname, '127_0_0_1')])", in: home) == "10")
    let tap = try home.read("r.tap")
    #expect(tap.contains("\nnot ok 2 - ") && tap.contains("\n1..10\n"))
  }

  @Test func everyRowOfTheRosterHasItsPlaceInTheReports() throws {
    for result in try bench.results() {
      #expect(result["file"]?.string?.hasSuffix("examples/roster.csv") == true)
      #expect(result["meta"]?["department"]?.string?.isEmpty == false)
      #expect(
        result["logout"]?.string
          == (result["code"]?.string == "allowed" || result["code"]?.string == "denied.vault" ? "ok" : "n/a"))
    }
  }
}
