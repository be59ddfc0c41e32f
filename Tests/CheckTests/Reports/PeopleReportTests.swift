import Check
import MFWS
import TestSupport
import Testing

@Suite struct PeopleReportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func showsWhatIsNotAsOrderedAndWhatToDo() throws {
    let report = try PeopleReport.text(SampleRun().journal(in: folder))
    #expect(
      report == """
        Different: 3 rows

        2 rows: vaults: missing HR, https://m.example.com
          ben (roster.csv:3), carl (roster.csv:4)
          -> change who may enter these vaults (M-Files Admin: vault, Users), or correct
             the roster

        dora [allow], vault Sample Vault of https://m.example.com
          roster.csv:5, id r4
          license     expected  named
                      found     readonly
          -> change the licence of the login account, or correct the roster

        Inconclusive: 2 rows
        Not settled: each row says what could not be found out.

        2 rows: network.timeout, http://localhost:8080/files
          gina (roster.csv:8), hugo (roster.csv:9)
          -> no answer within 10 s; the server is slow or cannot be reached: try fewer
             --jobs, or later

        Unproved: 1 row
        Refused, as ordered, but a wrong password looks the same. A row in which the
        account gets in with this secret, or --baseline with a run in which it did,
        would prove it.

        1 row: https://m.example.com
          fred (roster.csv:7)

        Not run: 1 row

        1 row: not tried: the account was refused before in this run,
            https://m.example.com
          jan (roster.csv:2)

        Waived: 1 row

        1 row: ticket 17 (until 2026-12-31), https://m.example.com
          ida (roster.csv:10)

        10 rows: 2 as ordered, 3 different, 2 inconclusive, 1 unproved, 1 waived, 1 not
            run
        9 requests in 12.5 s, roster c0ffee, mfsh 1.2.3

        """)
  }

  @Test func acceptedRowsAreToldSo() throws {
    var sample = SampleRun([SampleRun.refused("1", "fred", .unproved)])
    sample.run.rules = ["--accept-unproved"]
    let text = try PeopleReport.text(sample.journal(in: folder), width: .max)
    #expect(text.contains("accepted without proof, because of --accept-unproved: a wrong password"))
    #expect(!text.contains("would prove it"))
  }

  @Test func aSecretThatCannotBeHadIsNoReasonToRunAgain() throws {
    var result = SampleRun.passed("1", "anna")
    (result.status, result.code, result.message) = (.inconclusive, "client.secret", "the program failed")
    let text = try PeopleReport.text(SampleRun([result]).journal(in: folder), width: .max)
    #expect(text.contains("the program failed; look at what gives the secret; mfsh help roster"))
    #expect(!text.contains("run these rows again"))
  }

  /// Its account was found to be as ordered: the heading must not say that nothing is known of it.
  @Test func aRowThatOnlyLacksItsLogoutIsNotSaidToTellNothing() throws {
    var result = SampleRun.passed("1", "anna")
    (result.status, result.logout) = (.inconclusive, .ok)
    result.findings = [.init("logout", .unknown, expected: "proved", actual: "ok")]
    result.message = "nothing shows that the session is over"
    let sample = SampleRun([result])
    let texts = [try PeopleReport.text(sample.journal(in: folder), width: .max), try sample.report(.html)]
    for text in texts {
      #expect(text.contains("Not settled: each row says what could not be found out."))
      #expect(text.contains("nothing shows that the session is over"))
    }
  }

  @Test func isShortWhenAllIsAsOrdered() throws {
    let report = try PeopleReport.text(SampleRun([SampleRun.passed("1", "anna")]).journal(in: folder))
    #expect(report == "1 row: 1 as ordered\n1 request in 12.5 s, roster c0ffee, mfsh 1.2.3\n")
  }

  @Test func namesAFewOfManyEqualRows() throws {
    let results = (100..<300).map { SampleRun.missingVault("\($0)", "user\($0)") }
    let report = try PeopleReport.text(SampleRun(results).journal(in: folder), width: .max)
    #expect(
      report.hasPrefix(
        """
        Different: 200 rows

        200 rows: vaults: missing HR, https://m.example.com
          user100 (roster.csv:101), user101 (roster.csv:102), user102 (roster.csv:103), user103 (roster.csv:104), \
        user104 (roster.csv:105) and 195 more

        """))
  }

  @Test func saysWhyARunEnded() throws {
    var sample = SampleRun([SampleRun.passed("1", "anna")])
    sample.run.selectedRows = 3
    sample.summary.ending = .aborted
    sample.summary.reason = "5 accounts were refused one after the other"
    let aborted = try PeopleReport.text(sample.journal(in: folder, "aborted"))
    #expect(aborted.contains("\n2 rows without a result yet\n"))
    #expect(aborted.hasSuffix("\nAborted: 5 accounts were refused one after the other\n"))
    sample.summary.ending = .interrupted
    sample.summary.reason = nil
    let interrupted = try PeopleReport.text(sample.journal(in: folder, "interrupted"))
    #expect(interrupted.hasSuffix("\nInterrupted: before all rows were checked; go on with --resume\n"))
  }

  @Test(arguments: [20, 33, 80, 200])
  func fitsTheTerminal(_ width: Int) throws {
    let results = HostileText.all.map { text in
      var result = SampleRun.wrongLicense(text, text)
      result.findings = [.init(text, .difference, expected: .string(text), actual: nil, missing: [text])]
      return result
    }
    let journal = try SampleRun(results + SampleRun.all).journal(in: folder)
    var bytes: [UInt8] = []
    let safety = TextSafety(
      line: { text in String(text.map { $0.isNewline || $0.isASCII && $0 < " " ? "?" : $0 }) },
      logLine: { $0 }, width: { $0.count })
    try PeopleReport(journal, width: width, safety).render { bytes += $0 }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.filter { $0.count > width } == [])
    #expect(lines.count > 100)
  }

  @Test func everyTextGoesThroughTheCallersHands() throws {
    let text = "\u{1B}[31m"
    var result = SampleRun.wrongLicense(text, text)
    result.findings = [.init(text, .difference, expected: .string(text), actual: nil, missing: [text])]
    (result.server, result.file, result.vault) = (text, text, .init(name: text))
    var waived = SampleRun.waived(text + "2", text)
    waived.waiver?.reason = text
    var sample = SampleRun([result, waived])
    (sample.run.version, sample.run.rosterHash) = (text, text)
    (sample.summary.ending, sample.summary.reason) = (.aborted, text)
    let journal = try sample.journal(in: folder)
    var bytes: [UInt8] = []
    let safety = TextSafety(
      line: { $0.replacing("\u{1B}", with: "ESC") }, logLine: { "[\($0)]" }, width: { $0.count })
    try PeopleReport(journal, width: 60, safety).render { bytes += $0 }
    #expect(!bytes.contains(0x1B))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("[") && $0.hasSuffix("]") })
  }
}
