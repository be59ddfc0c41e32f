import Check
import MFWS
import TestSupport
import Testing

@Suite(.needs(JUnitReader.self)) struct JUnitReportTests {
  @Test func isWhatBuildServicesRead() throws {
    let report = try SampleRun().report(.junit)
    let cases = try JUnitReader.read(report)
    #expect(
      cases.map { "\($0.suite) | \($0.package) | \($0.class) | \($0.name) | \($0.outcome)" } == [
        "http://localhost:8080/files |  | localhost:8080/files | gina [allow] | error",
        "http://localhost:8080/files |  | localhost:8080/files | hugo [allow] | error",
        "https://m.example.com | m_example_com | Sample Vault | anna [allow] | passed",
        "https://m.example.com |  | m_example_com | ben [allow] | failure",
        "https://m.example.com |  | m_example_com | carl [allow] | failure",
        "https://m.example.com | m_example_com | Sample Vault | dora [allow] | failure",
        "https://m.example.com |  | m_example_com | emil [deny] | passed",
        "https://m.example.com |  | m_example_com | fred [deny] | error",
        "https://m.example.com |  | m_example_com | ida [allow] | skipped",
        "https://m.example.com |  | m_example_com | jan [allow] | skipped",
      ])
    for element in cases where element.outcome != "passed" {
      let message = try #require(element.message)
      #expect(!message.isEmpty && element.text?.hasPrefix(message + "\n") == true)
    }
  }

  @Test func saysWhatWasExpectedAndFound() throws {
    let report = try SampleRun([SampleRun.missingVault("r2", "ben")]).report(.junit)
    #expect(
      report == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="mfsh check" tests="1" failures="1" errors="0" skipped="0" time="12.500" \
        timestamp="2026-03-04T05:06:07.000Z">
          <testsuite name="https://m.example.com" tests="1" failures="1" errors="0" skipped="0" time="0.250" \
        timestamp="2026-03-04T05:06:07.000Z">
            <properties>
              <property name="mfsh.version" value="1.2.3"/>
              <property name="roster.sha256" value="c0ffee"/>
              <property name="ending" value="complete"/>
            </properties>
            <testcase classname="m_example_com" name="ben [allow]" file="roster.csv" line="3" time="0.250">
              <failure message="other vaults than ordered: missing HR" type="vaults">\
        other vaults than ordered: missing HR
        vaults
          expected: HR, Sales
          found: Sales
          missing: HR
        id: r2
        code: allowed</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """)
    _ = try JUnitReader.read(report)
  }

  @Test func isValidWithoutAnyRow() throws {
    #expect(try JUnitReader.read(SampleRun([]).report(.junit)).isEmpty)
  }

  @Test func hostileTextStaysText() throws {
    let results = HostileText.all.enumerated().map { index, text in
      var result = SampleRun.missingVault("\(index)", text)
      result.message = text
      result.server = "https://\(index).example.com/\(text)"
      result.vault = .init(name: text)
      result.findings = [.init(text, .difference, expected: .string(text), actual: nil, extra: [text])]
      return result
    }
    let report = try SampleRun(results).report(.junit)
    #expect(!report.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    let cases = try JUnitReader.read(report)
    #expect(cases.count == results.count)
    #expect(cases.contains { $0.message == "\\x1B[31mred\\x1B[0m" && $0.outcome == "failure" })
    #expect(cases.contains { $0.message == "]]>" && $0.class == "]]>" && $0.name == "]]> [allow]" })
    #expect(cases.contains { $0.message == "a\\nb\\r\\nc\\td" })
  }

  /// Different rows may be called the same: both have the account, the vault and the order.
  @Test func noTwoCasesAreCalledTheSame() throws {
    var other = SampleRun.passed("%20b c", "anna")
    other.auth = .windows
    let results = [
      SampleRun.passed("a", "anna"), other, SampleRun.passed("c", "anna [allow] (id a)"),
      SampleRun.passed("d", "\u{1}"), SampleRun.passed("e", "\\x01"),
    ]
    let names = try JUnitReader.read(SampleRun(results).report(.junit)).map(\.name)
    #expect(
      names == [
        "anna [allow] (id %2520b%20c)", "anna [allow] (id a)", "anna [allow] (id a) [allow]",
        "\\x01 [allow] (id d)", "\\x01 [allow] (id e)",
      ])
  }

  /// Services show what they find: rows without a result would not be missed.
  @Test(arguments: [
    (RunSummary.Ending.interrupted, 3, "interrupted: before all rows were checked; 2 rows without a result"),
    (.aborted, 1, "aborted: the time of --max-time is over"), (.complete, 2, "1 row without a result"),
  ])
  func halfARunIsAnError(ending: RunSummary.Ending, selected: Int, message: String) throws {
    var sample = SampleRun([SampleRun.passed("1", "anna")])
    sample.run.selectedRows = selected
    sample.summary.ending = ending
    if ending == .aborted { sample.summary.reason = "the time of --max-time is over" }
    let cases = try JUnitReader.read(sample.report(.junit))
    #expect(cases.map(\.outcome) == ["passed", "error"])
    #expect(cases.last?.name == "the run is whole" && cases.last?.suite == "mfsh check")
    #expect(cases.last?.message == message)
    #expect(
      cases.last?.text == "\(message)\n1 of \(selected) \(selected == 1 ? "row has" : "rows have") a result")
  }

  @Test func unprovedRowsThatAreAcceptedAreNeitherPassedNorErrors() throws {
    var sample = SampleRun([SampleRun.refused("1", "fred", .unproved)])
    sample.run.rules = ["--accept-unproved"]
    #expect(try JUnitReader.read(sample.report(.junit)).map(\.outcome) == ["skipped"])
  }
}
