import Check
import MFWS
import TestSupport
import Testing

@Suite struct TAPReportTests {
  @Test func hasAPointForEachRow() throws {
    let results = [
      SampleRun.passed("1", "anna"), SampleRun.missingVault("2", "ben"),
      SampleRun.refused("3", "fred", .unproved), SampleRun.waived("4", "ida"), SampleRun.notRun("5", "jan"),
    ]
    #expect(
      try SampleRun(results).report(.tap) == """
        TAP version 14
        1..5
        ok 1 - anna [allow], vault Sample Vault of https://m.example.com
        not ok 2 - ben [allow], https://m.example.com
          ---
          message: "other vaults than ordered: missing HR"
          status: "diff"
          code: "allowed"
          id: "2"
          at: "roster.csv:3"
          findings:
            - check: "vaults"
              expected: "HR, Sales"
              found: "Sales"
              missing: "HR"
          ...
        not ok 3 - fred [deny], https://m.example.com
          ---
          message: "refused, as ordered, but nothing proves the secret"
          status: "unproved"
          code: "denied.credentials"
          id: "3"
          at: "roster.csv:4"
          ...
        ok 4 - ida [allow], https://m.example.com # SKIP waived until 2026-12-31: ticket 17 (different: other \
        vaults than ordered: missing HR)
        ok 5 - jan [allow], https://m.example.com # SKIP not tried: the account was refused before in this run

        """)
  }

  @Test func tellsOfRowsAndSessionsThatAreLeft() throws {
    var sample = SampleRun([SampleRun.passed("1", "anna")])
    sample.results[0].logout = .failed
    sample.run.selectedRows = 3
    let end = """
      # 1 session could not be logged out: it expires by itself
      Bail out! 2 rows without a result

      """
    #expect(try sample.report(.tap).hasSuffix(end))
    #expect(try sample.report(.ndjson).contains(#""failed_logouts":1"#))
    #expect(try sample.report(.junit).contains(#"name="logouts" value="1 session could not"#))
    #expect(try sample.report(.html).contains("1 session could not be logged out: it expires by itself."))
    let folder = try TemporaryFolder()
    #expect(
      try PeopleReport.text(sample.journal(in: folder)).contains("1 session could not be logged out: it"))
  }

  @Test func hostileTextStaysText() throws {
    let results = HostileText.all.enumerated().map { index, text in
      var result = SampleRun.missingVault("\(100 + index)", text)
      (result.server, result.message, result.code, result.file) = (text, text, text, text)
      result.findings = [.init(text, .difference, expected: .string(text), actual: nil, extra: [text])]
      if index % 2 == 0 {
        result.status = .waived
        result.waiver = .init(reason: text, was: .diff)
      }
      return result
    }
    let report = try SampleRun(results).report(.tap)
    #expect(!report.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    let points = try TAPReader(report).points
    for (point, text) in zip(points, HostileText.all)
    where !text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      if text.contains("\u{202E}") { continue }
      #expect(point.description == "\(text) [allow], \(text)")
      #expect(point.isOK == (point.skipReason != nil))
    }
    let texts = points.flatMap(\.diagnostics).filter { !$0.hasSuffix("findings:") }.map { line in
      line.drop { $0 != "\"" }
    }
    #expect(texts.allSatisfy { JSONText.value(Array($0.utf8))?.string != nil })
  }

  @Test func bailsOutWhereTheRunDid() throws {
    var sample = SampleRun([SampleRun.passed("1", "anna")])
    sample.summary.ending = .aborted
    sample.summary.reason = "a row\ndiffers"
    let reader = try TAPReader(sample.report(.tap))
    #expect(reader.bailOut == "aborted: a row\\ndiffers")
    #expect(reader.points.count == 1)
  }

  @Test func acceptedRowsWithoutProofAreSkipped() throws {
    var sample = SampleRun([SampleRun.refused("1", "fred", .unproved)])
    sample.run.rules = ["--accept-unproved"]
    let reasons = try TAPReader(sample.report(.tap)).points.map(\.skipReason)
    #expect(reasons == ["refused, as ordered, but nothing proves the secret"])
  }

  @Test func aRunWithoutRowsIsSkipped() throws {
    #expect(try SampleRun([]).report(.tap) == "TAP version 14\n1..0 # SKIP no row was selected\n")
  }
}
