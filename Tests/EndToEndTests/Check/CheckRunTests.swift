import MFWS
import Sandbox
import TestSupport
import Testing

/// What a run asks of the server, and what its reports depend on.
struct CheckRunTests {
  @Test(arguments: ["token", "session"]) func rowsTakeAsFewRequestsAsThereCanBe(_ way: String) throws {
    let bench = try CheckBench()
    try bench.write((0..<8).map { "r\($0),u\($0),\($0 < 4 ? "" : "Sales"),allow,,pw," })
    #expect(try bench.check("roster.csv", "--via", way).status == .exited(0))
    #expect(bench.server.stats.requests == (way == "token" ? 36 : 28))
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func theProofOfLogoutsIsOneRequestMore() throws {
    let bench = try CheckBench()
    try bench.write(["r,u0,,allow,,pw,"])
    #expect(try bench.check("roster.csv", "--prove-logout", "-r", "ndjson:r.ndjson").status == .exited(0))
    #expect(bench.server.stats.requests == 5)
    #expect(try bench.results().first?["logout"]?.string == "proved")
  }

  @Test func anAccountThatIsRefusedIsTriedOnce() throws {
    let bench = try CheckBench()
    try bench.write(
      (0..<5).map { "r\($0),u9,,\($0 == 0 ? "allow" : "any"),,pw,\($0)" }.enumerated().map { $1 + "\($0)" })
    let outcome = try bench.check("roster.csv", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(1))
    #expect(bench.server.stats.refusedLogins == 1)
    #expect(try bench.statuses().values.count { $0 == "not_run" } == 4)
  }

  @Test func licensesAreNotTakenByMoreRowsThanThereAreSlots() throws {
    let bench = try CheckBench { $0.licenses = 2 }
    let rows = (0..<10).map { "r\($0),u\($0 * 3 + 1),Sales,\($0 * 3 + 1 == 19 ? "any" : "allow"),,pw," }
    try bench.write(rows)
    let outcome = try bench.check("roster.csv", "--license-slots", "2", "--jobs", "8")
    #expect(outcome.status == .exited(0), "\(outcome.output)")
    #expect(bench.server.stats.liveLicenses == 0)
  }

  @Test(arguments: ["reset", "status=503", "reset_midway", "wrong_node", "garbage"])
  func faultsAreNeverTakenForAWrongPassword(_ kind: String) throws {
    let bench = try CheckBench { $0.faults = [try Fault("\(kind),probability=0.05")] }
    try bench.write(CheckBench.rows(40).filter { !$0.contains("9,u") })
    let outcome = try bench.check("roster.csv", "-r", "ndjson:r.ndjson")
    #expect([.exited(0), .exited(2)].contains(outcome.status), "\(outcome.output)")
    let results = try bench.results()
    #expect(results.count == 36)
    #expect(results.allSatisfy { ["pass", "inconclusive"].contains($0["status"]?.string) })
    #expect(results.allSatisfy { $0["code"]?.string?.hasPrefix("denied.") == false })
    // What is said to be logged out is. A fault may hit each logout, too, and of a row at most two logins.
    let report = try bench.shell.home.read("r.ndjson")
    let left = results.count { $0["logout"]?.string != "ok" }
    #expect(bench.server.stats.liveSessions <= 2 * left, "\(report)")
  }

  @Test func theOrderOfTheRowsIsOfNoMatterToTheReports() throws {
    let bench = try CheckBench()
    let rows = CheckBench.rows(40)
    var reports: [[JSONValue]] = []
    for order in [rows, rows.reversed(), rows.shuffled()] {
      try bench.write(order)
      #expect(
        try bench.check("roster.csv", "--abort-refused", "0", "-r", "ndjson:r.ndjson").status == .exited(1))
      reports.append(try bench.records("r.ndjson").dropFirst().dropLast().map(\.withoutTimesAndPlaces))
      #expect(try bench.records("r.ndjson").first?["roster_rows"] == .integer(40))
    }
    #expect(reports[0].count == 41 && reports[1] == reports[0] && reports[2] == reports[0])
  }

  @Test func tagsAndDryRunsAndEarlierRunsChooseRows() throws {
    let bench = try CheckBench()
    try bench.write(CheckBench.rows(12))
    let plan = try bench.check("roster.csv", "--dry-run", "--tag", "even", "-r", "ndjson:r.ndjson")
    #expect(
      plan.output == """
        6 rows of 12 in the roster
        6 rows to check, of 6 accounts
          \(bench.server.url): 6 rows, about 30 requests
        Nothing was sent: --dry-run

        """)
    #expect(plan.status == .exited(0) && bench.server.stats.requests == 0)
    try bench.shell.home.write("more.csv", "account,team,secret\njo,red,pw\n")
    #expect(
      try bench.check("more.csv", "--dry-run").output.contains(
        "\nColumns that order nothing and only travel along: team\nNothing was sent"))
    #expect(try bench.check("roster.csv", "--run-dir", "run").status == .exited(1))
    let again = try bench.check("roster.csv", "--only", "failed", "--from", "run", "-r", "ndjson:r.ndjson")
    #expect(again.status == .exited(1))
    #expect(try bench.statuses() == ["r9": "diff"])
  }

  @Test func aBaselineProvesThatASecretIsRight() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,allow,,pw,", "b,u9,,deny,,pw,"])
    #expect(try bench.check("roster.csv").status == .exited(2))
    // The same account, when it still got in.
    let before = try CheckBench(accounts: 1)
    var shell = bench.shell
    shell.options = ["--url", before.server.url]
    try bench.write(["a,u0,,allow,,pw,"], to: "before.csv")
    let run = try shell.run(["check", "before.csv", "--run-dir", "before"] + CheckBench.options)
    #expect(run.status == .exited(0))
    let journal = try bench.shell.home.read("before/journal.ndjson").replacing("\"u0\"", with: "\"u9\"")
    try bench.shell.home.write("before/journal.ndjson", journal)
    #expect(try bench.check("roster.csv", "--baseline", "before").status == .exited(0))
  }

  @Test func waiversAcceptUntilTheirDayIsOver() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,deny,,pw,", "b,u1,,deny,,pw,", "c,u2,,allow,,pw,"])
    try bench.shell.home.write(
      "waivers.csv", "id,reason,until\na,ticket 1,2999-12-31\nb,ticket 2,2020-01-01\nd,x,\n")
    let outcome = try bench.check("roster.csv", "--waivers", "waivers.csv", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(1))
    #expect(try bench.statuses() == ["a": "waived", "b": "diff", "c": "pass"])
    #expect(
      outcome.error == """
        mfsh: warning: waivers.csv:3: the waiver of 'b' ended on 2020-01-01: take it out, or agree on a later day
        mfsh: warning: waivers.csv:4: the waiver of 'd' is for no row of the roster: correct its id, or take it out

        """)
    try bench.shell.home.write("waivers.csv", "id,reason,until\na,,\nb,x,soon\n")
    let wrong = try bench.check("roster.csv", "--waivers", "waivers.csv")
    #expect(wrong.status == .exited(65))
    #expect(
      wrong.error == """
        waivers.csv:2: there is no reason: say why, or name a ticket
        waivers.csv:3:5: until needs a day such as 2030-01-31, not 'soon'
        mfsh: the waivers are wrong; nobody was logged in

        """)
  }

  @Test func accountsThatSignInElsewhereAreNotRefused() throws {
    let plugin = #"[{"Name": "Corporate", "AssemblyName": "MFiles.AuthenticationProviders.OAuth"}]"#
    let bench = try CheckBench { configuration in
      var fault = Fault(.status(200, .text(plugin)))
      fault.path = "/server/authenticationprotocols"
      configuration.faults = [fault]
    }
    try bench.write(["a,u9,,allow,,pw,", "b,u19,,deny,,pw,"])
    let outcome = try bench.check("roster.csv", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(2))
    #expect(try bench.results().allSatisfy { $0["code"]?.string == "unverifiable" })
    #expect(outcome.output.contains("2 rows: unverifiable, "))
  }

  @Test func timeThatIsUpEndsTheRun() throws {
    let bench = try CheckBench { $0.faults = [try Fault("delay=0.3")] }
    try bench.write(CheckBench.rows(20))
    let outcome = try bench.check("roster.csv", "--max-time", "0.5", "--jobs", "2", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(5))
    #expect(outcome.output.hasSuffix("Aborted: the time of --max-time is over\n"))
    #expect(try bench.results().contains { $0["code"]?.string == "time.up" })
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func aServerWithoutAnswersIsGivenUp() throws {
    let bench = try CheckBench { $0.faults = [try Fault("reset")] }
    try bench.write(CheckBench.rows(12))
    let outcome = try bench.check(
      "roster.csv", "--abort-after", "3", "--retries", "0", "--jobs", "1", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(2))
    let statuses = try bench.statuses().values
    #expect(statuses.count { $0 == "inconclusive" } == 3 && statuses.count { $0 == "not_run" } == 9)
  }
}

extension JSONValue {
  /// What depends on when it was measured and on where a row stands.
  private static let passing: Set<String> = ["started", "ms", "row", "line", "reference"]

  var withoutTimesAndPlaces: JSONValue {
    switch self {
    case .object(let fields):
      .object(fields.filter { !Self.passing.contains($0.key) }.mapValues(\.withoutTimesAndPlaces))
    case .array(let values): .array(values.map(\.withoutTimesAndPlaces))
    default: self
    }
  }
}
