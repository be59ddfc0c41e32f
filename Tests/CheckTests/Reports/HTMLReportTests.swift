import Check
import MFWS
import TestSupport
import Testing

@Suite(.needs(PageReader.self)) struct HTMLReportTests {
  @Test func tellsWhenAgainstWhatAndByWhichRule() throws {
    var sample = SampleRun()
    sample.run.serverTimes = [SampleRun.server: "Wed, 04 Mar 2026 05:06:09 GMT"]
    sample.run.rules = ["--tag staff"]
    sample.run.shard = .init(index: 1, count: 2)
    sample.run.rosterRows = 20
    let report = try sample.report(.html)
    for fact in [
      #"<p class="verdict bad">✗ Not as ordered: 3 rows are different.</p>"#,
      "<dt>When</dt><dd><bdi>2026-03-04T05:06:07.000Z</bdi>, for 12.5 s</dd>",
      "<dt>Against</dt><dd><bdi>http://localhost:8080/files</bdi><br><bdi>https://m.example.com</bdi>"
        + #" <span class="soft">its clock: <bdi>Wed, 04 Mar 2026 05:06:09 GMT</bdi></span></dd>"#,
      "<dt>Roster</dt><dd><bdi>roster.csv</bdi></dd>",
      "<dt>Its rows</dt><dd>20, of which 10 were to be checked (part 1 of 2)</dd>",
      "<dt>Its SHA-256</dt><dd><code>c0ffee</code></dd>",
      "<dt>Options</dt><dd><code>--tag staff</code></dd>",
      "<dt>Checked by</dt><dd>mfsh <bdi>1.2.3</bdi>, with 9 requests</dd>",
      #"<label for="show-diff" class="bad"><b>3</b>✗ different</label>"#,
    ] { #expect(report.contains(fact), "\(fact)") }
  }

  @Test func showsRowsWithWhatWasFoundAndEqualOnesTogether() throws {
    let expected = [
      "diff": """
      ✗ different 3 rows 2 rows alike allowed at https://m.example.com , rule D3 Expected Found \
      Missing vaults HR, Sales Sales HR change who may enter these vaults (M-Files Admin: vault, \
      Users), or correct the roster 2 rows Account Ordered Row When Answers Logout ben allow \
      roster.csv:3 r2 2026-03-04T05:06:08.000Z , 0.250 s GET /session 200 n/a carl allow roster.csv:4 \
      r3 2026-03-04T05:06:08.000Z , 0.250 s GET /session 200 n/a dora [allow] allowed at vault Sample \
      Vault of https://m.example.com , rule D3 Expected Found license named readonly change the \
      licence of the login account, or correct the roster Account Ordered Row When Answers Logout dora \
      allow roster.csv:5 r4 2026-03-04T05:06:08.000Z , 0.250 s GET /session 200 n/a
      """,
      "inconclusive": """
      ? inconclusive 2 rows Not settled: each row says what could not be found out. 2 rows alike network.timeout at http://localhost:8080/files , rule I1 the server is \
      slow or cannot be reached: try fewer --jobs, or later 2 rows Account Ordered Row What came of it \
      When Answers Logout gina allow roster.csv:8 r7 no answer within 10 s 2026-03-04T05:06:08.000Z , \
      0.250 s GET /session 200 n/a hugo allow roster.csv:9 r8 no answer within 10 s \
      2026-03-04T05:06:08.000Z , 0.250 s GET /session 200 n/a
      """,
      "unproved": """
      ~ unproved 1 row Refused, as ordered, but a wrong password looks the same: these rows are not \
      settled. fred [deny] denied.credentials at https://m.example.com , rule U1 a wrong password \
      looks the same: add a row in which the account gets in with this secret, or name a run in which \
      it did with --baseline; --accept-unproved takes the refusal as it is Account Ordered Row What \
      came of it When Answers Logout fred deny roster.csv:7 r6 refused, as ordered, but nothing proves \
      the secret 2026-03-04T05:06:08.000Z , 0.250 s GET /session 200 n/a
      """,
      "not_run": """
      – not run 1 row jan [allow] account.refused at https://m.example.com , rule N1 the account was \
      refused before and is not tried again, so as not to lock it Account Ordered Row What came of it \
      When Answers Logout jan allow roster.csv:2 s1 not tried: the account was refused before in this \
      run n/a
      """,
      "waived": """
      ◇ waived 1 row ida [allow] allowed at https://m.example.com , rule W1 Expected Found Missing \
      vaults HR, Sales Sales HR Accepted until 2026-12-31: ticket 17 Account Ordered Row What came of \
      it When Answers Logout ida allow roster.csv:10 r9 other vaults than ordered: missing HR \
      2026-03-04T05:06:08.000Z , 0.250 s GET /session 200 n/a
      """,
      "pass": """
      ✓ as ordered 2 rows https://m.example.com : 2 rows Account Ordered Vault Row When Logout Rule \
      anna allow Sample Vault roster.csv:2 r1 2026-03-04T05:06:08.000Z , 0.250 s n/a P1 emil deny \
      roster.csv:6 r5 2026-03-04T05:06:08.000Z , 0.250 s n/a P3
      """,
    ]
    let sections = try PageReader.read(SampleRun().report(.html))
    #expect(sections.mapValues(\.text).filter { $0.key != "rules" } == expected)
  }

  @Test func nothingButWhatIsAsOrderedIsGreen() throws {
    for (name, section) in try PageReader.read(SampleRun().report(.html)) where name != "rules" {
      #expect(section.tones.contains("good") == (name == "pass"), "\(name)")
    }
    var sample = SampleRun([SampleRun.refused("1", "fred", .unproved)])
    sample.run.rules = ["--accept-unproved"]
    let report = try sample.report(.html)
    #expect(
      report.contains(
        #"<p class="verdict calm">◇ As ordered, but for 1 row accepted without proof, because of --accept-unproved.</p>"#
      ))
    #expect(report.contains("accepted without proof, because of --accept-unproved: a wrong password"))
    #expect(!report.contains("takes the refusal as it is"))
  }

  @Test(arguments: [
    (SampleRun([SampleRun.passed("1", "anna")]), "good", "✓ As ordered: 1 row."),
    (SampleRun([SampleRun.waived("1", "ida")]), "calm", "◇ As ordered, but for 1 row accepted by waivers."),
    (SampleRun([]), "open", "No row was checked."),
  ])
  func saysHowItCameOut(_ sample: SampleRun, _ tone: String, _ words: String) throws {
    #expect(try sample.report(.html).contains(#"<p class="verdict \#(tone)">\#(words)</p>"#))
  }

  @Test func aRunThatEndedEarlyIsNotGreen() throws {
    var sample = SampleRun([SampleRun.passed("1", "anna")])
    sample.run.selectedRows = 3
    sample.summary.ending = .interrupted
    #expect(
      try sample.report(.html).contains(
        #"<p class="verdict open">? Not settled: no row is different, but 2 rows without proof."#
          + "<small>The run was interrupted: before all rows were checked. "
          + "2 rows of the roster without a result.</small></p>"))
  }

  @Test func hostileTextStaysText() throws {
    let results = HostileText.all.enumerated().map { index, text in
      var result = SampleRun.missingVault("\(index)\(text)", text)
      (result.domain, result.file, result.code, result.message) = (text, text, text, text)
      result.server = text
      result.vault = .init(name: text)
      result.findings = [.init(text, .difference, expected: .string(text), actual: nil, extra: [text])]
      result.http[0].path = text
      result.http[0].exception = text
      return result
    }
    var sample = SampleRun(results + SampleRun.all)
    (sample.run.version, sample.run.rosterHash, sample.run.files) = (HostileText.joined, "</code>", ["<b>"])
    (sample.run.rules, sample.run.started) = (["\"><script>"], "</title>")
    sample.run.serverTimes = [HostileText.all[0]: "<b>"]
    (sample.summary.ending, sample.summary.reason) = (.aborted, HostileText.joined)
    let report = try sample.report(.html)
    #expect(!report.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    let sections = try PageReader.read(report)
    #expect(sections["diff"]?.text.contains("<script>alert(1)</script>") == true)
    #expect(sections["diff"]?.text.contains(#"\x1B[31mred\x1B[0m"#) == true)
  }
}
