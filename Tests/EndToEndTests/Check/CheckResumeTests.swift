import Glibc
import HTTP
import MFWS
import Sandbox
import TestSupport
import Testing

/// Runs that are stopped, killed, gone on with, divided and put together.
@Suite(.timeLimit(.minutes(30)))
struct CheckResumeTests {
  private static let repetitions = CheckBench.isLong ? 100 : 3
  private static let signals: [(number: Int32, status: Int32)] = [(SIGINT, 130), (SIGTERM, 143)]

  /// A server that takes its time, so that a run lasts.
  private static func slowBench() throws -> CheckBench {
    try CheckBench { $0.faults = [try Fault("delay=0.03")] }
  }

  @Test(arguments: 0..<repetitions) func aRunThatIsKilledIsGoneOnWith(_ repetition: Int) throws {
    let bench = try Self.slowBench()
    try bench.write(CheckBench.rows(40))
    let options = ["--run-dir", "run", "--abort-refused", "0"]
    let killed = try bench.shell.start(
      ["check", "roster.csv"] + CheckBench.options + options + ReportFiles.options)
    try bench.waitForLines(1 + repetition * 7 % 38, in: "run/journal.ndjson")
    killed.signal(SIGKILL)
    #expect(try killed.waitPatiently() == .signalled(SIGKILL))
    let before = try bench.results("run/journal.ndjson").count
    #expect(try ChildProcess.run(["ls", "-A", bench.shell.home.path]).output == "roster.csv\nrun\n")
    let resumed = try bench.shell.run(
      ["check", "roster.csv", "--resume"] + CheckBench.options + options + ReportFiles.options)
    #expect(resumed.status == .exited(1), "\(resumed.error)")
    try ReportFiles.expectWhole(in: bench)
    let statuses = try bench.statuses()
    #expect(statuses.count == 40 && statuses.values.count { $0 == "pass" } == 36)
    // Reports that are there already are replaced.
    let again = try bench.shell.run(
      ["check", "roster.csv", "--resume"] + CheckBench.options + options + ReportFiles.options)
    #expect(again.status == .exited(1), "\(again.error)")
    try ReportFiles.expectWhole(in: bench)
    let files = try ChildProcess.run(["ls", "-A", bench.shell.home.path]).output.split(separator: "\n")
    #expect(
      files.filter { $0 != "junit.xsd" } == ["r.html", "r.ndjson", "r.tap", "r.xml", "roster.csv", "run"])
    // No row was run twice.
    #expect(try bench.results("run/journal.ndjson").count == 40, "\(before) before")
  }

  @Test(arguments: signals, 0..<repetitions)
  func aSignalEndsARunInOrder(_ signal: (number: Int32, status: Int32), _ repetition: Int) throws {
    let bench = try Self.slowBench()
    try bench.write(CheckBench.rows(40))
    let isKept = repetition % 2 == 0
    let process = try bench.shell.start(
      ["check", "roster.csv", "--jobs", "4"] + CheckBench.options + ReportFiles.options
        + (isKept ? ["--run-dir", "run"] : []))
    while bench.server.stats.logins < 1 + repetition * 5 % 20 { usleep(500) }
    process.signal(signal.number)
    #expect(try process.waitPatiently() == .exited(signal.status), "\(process.errorText)")
    #expect(bench.server.stats.liveSessions == 0)
    try ReportFiles.expectWhole(in: bench)
    #expect(try bench.records("r.ndjson").last?["ending"]?.string == "interrupted")
    #expect(try bench.results().count < 40)
    #expect(
      try ReportFiles.xpath("count(//testcase[@name='the run is whole']/error)", in: bench.shell.home) == "1")
    let word = signal.number == SIGINT ? "interrupted" : "terminated"
    #expect(
      process.errorText
        == (isKept ? "mfsh: \(word); go on with the same command and --resume\n" : "mfsh: \(word)\n"))
    #expect(process.outputText.contains("go on with --resume") == isKept)
  }

  /// Whatever goes on before the first login: nothing stays behind.
  @Test(arguments: [["-"], ["endless.lua"]]) func aSignalBeforeTheRunLeavesNothing(_ inputs: [String]) throws
  {
    let bench = try CheckBench()
    try bench.shell.home.write("endless.lua", "while true do end")
    let process = try ChildProcess(
      [BuiltBinary.mfsh, "check", "-r", "tap:r.tap", "--url", bench.server.url] + inputs,
      environment: ["HOME": bench.shell.home.path, "TMPDIR": bench.shell.home.path],
      folder: bench.shell.home.path, keepsInputOpen: true)
    let end = Clock.now + Shell.patience
    while try ChildProcess.run(["ls", bench.shell.home.path]).output.split(separator: "\n").count < 2 {
      try #require(Clock.now < end)
    }
    process.signal(SIGTERM)
    #expect(try process.waitPatiently() == .exited(143))
    #expect(try ChildProcess.run(["ls", bench.shell.home.path]).output == "endless.lua\n")
    #expect(bench.server.stats.requests == 0)
  }

  @Test func onlyRowsThatHaveChangedAreRunAgain() throws {
    let bench = try CheckBench()
    var rows = CheckBench.rows(8)
    try bench.write(rows)
    #expect(try bench.check("roster.csv", "--run-dir", "run").status == .exited(0))
    let twice = try bench.check("roster.csv", "--run-dir", "run")
    #expect(twice.status == .exited(78) && twice.error.contains("holds a run already"))
    let before = bench.server.stats.requests
    rows[2] = "r2,u2,Staff,deny,,pw,even"
    rows.removeLast()
    rows.append("new,u12,Sales,allow,,pw,even")
    try bench.write(rows.reversed())
    let resumed = try bench.check("roster.csv", "--run-dir", "run", "--resume", "-r", "ndjson:r.ndjson")
    #expect(resumed.status == .exited(0), "\(resumed.output)\(resumed.error)")
    #expect(bench.server.stats.requests - before == 9)
    #expect(try bench.statuses().keys.sorted() == ["new", "r0", "r1", "r2", "r3", "r4", "r5", "r6"])
    let other = try bench.check("roster.csv", "--run-dir", "run", "--resume", "--tag", "even")
    #expect(
      other.status == .exited(78) && other.error.contains("give the same ones, or name another --run-dir"))
  }

  /// Killed when it had begun to go on with another roster, before it had told which results count there.
  @Test func whatIsDoneCountsAfterAKillOverAnotherRoster() throws {
    let bench = try CheckBench()
    let options = ["roster.csv", "--run-dir", "run", "--resume"]
    for rows in [CheckBench.rows(8), CheckBench.rows(8) + ["new,u12,Sales,allow,,pw,even"]] {
      try bench.write(rows)
      #expect(try bench.shell.run(["check"] + CheckBench.options + options).status == .exited(0))
    }
    let lines = try bench.shell.home.read("run/journal.ndjson").split(separator: "\n")
    let end = try #require(lines.firstIndex { $0.contains(#""type":"summary""#) })
    try bench.shell.home.write(
      "run/journal.ndjson", lines[...(end + 1)].map { $0 + "\n" }.joined(), mode: 0o600)
    let resumed = try bench.shell.run(
      ["check", "-r", "ndjson:r.ndjson"] + CheckBench.options + options)
    #expect(resumed.status == .exited(0), "\(resumed.error)")
    #expect(try bench.statuses().count == 9)
  }

  @Test func aWaiverThatIsTakenBackCountsNoMore() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,Staff,allow,,pw,", "b,u1,Sales,allow,Sales,pw,", "c,u2,Staff,allow,,pw,"])
    func run(_ waivers: String) throws -> [String: String] {
      try bench.shell.home.write("waivers.csv", "id,reason,until\n\(waivers)")
      let outcome = try bench.check(
        "roster.csv", "--run-dir", "run", "--resume", "--waivers", "waivers.csv", "-r", "ndjson:r.ndjson")
      #expect(outcome.error.isEmpty)
      return try bench.statuses()
    }
    #expect(try run("a,ticket 7,\nc,ticket 8,\n") == ["a": "waived", "b": "pass", "c": "waived"])
    let logins = bench.server.stats.logins
    #expect(try run("c,ticket 8,\n") == ["a": "diff", "b": "pass", "c": "waived"])
    #expect(bench.server.stats.logins == logins + 1)
    #expect(try run("a,ticket 9,\nc,ticket 8,\n") == ["a": "waived", "b": "pass", "c": "waived"])
  }

  @Test func whatTheServerDidNotTellIsAskedOnceMore() throws {
    let bench = try CheckBench { $0.faults = [try Fault("status=500,path=/session/vaults,count=2")] }
    try bench.write(CheckBench.rows(6))
    let options = ["roster.csv", "--run-dir", "run", "--resume", "-r", "ndjson:r.ndjson"]
    #expect(try bench.shell.run(["check"] + CheckBench.options + options).status == .exited(2))
    let logins = bench.server.stats.logins
    #expect(try bench.shell.run(["check"] + CheckBench.options + options).status == .exited(0))
    #expect(try bench.statuses().values.allSatisfy { $0 == "pass" })
    #expect(bench.server.stats.logins == logins + 2)
  }

  @Test func aStopTellsAnswersOfWhichOnlyTheLogoutIsMissing() throws {
    let bench = try CheckBench { $0.faults = [try Fault("stall,path=/session,method=DELETE")] }
    try bench.write(CheckBench.rows(2))
    let process = try bench.start("roster.csv", "--jobs", "1", "-r", "ndjson:r.ndjson", "-r", "junit:r.xml")
    let end = Clock.now + Shell.patience
    while bench.server.stats.requestsByPath["DELETE /session"] ?? 0 < 1 {
      try #require(Clock.now < end)
      usleep(1_000)
    }
    process.signal(SIGTERM)
    #expect(try process.waitPatiently() == .exited(143))
    let results = try bench.results()
    #expect(results.map { $0["status"]?.string } == ["pass"])
    #expect(results.map { $0["logout"]?.string } == ["failed"])
    let told = "1 session could not be logged out: it expires by itself"
    #expect(process.outputText.contains(told))
    #expect(try bench.shell.home.read("r.xml").contains(told))
  }

  @Test func ctrlCTwiceDoesNotWaitForLogouts() throws {
    let bench = try CheckBench { $0.faults = [try Fault("stall,path=/session,method=DELETE")] }
    try bench.write(CheckBench.rows(2))
    let terminal = try bench.shell.terminal(["check", "roster.csv"] + CheckBench.options)
    let end = Clock.now + Shell.patience
    while bench.server.stats.requestsByPath["DELETE /session"] ?? 0 < 1 {
      try #require(Clock.now < end)
      usleep(1_000)
    }
    terminal.send("\u{3}")
    try terminal.show("Ctrl-C again does not wait for them")
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(130))
    #expect(!terminal.screenText.contains("logging out…"))
  }

  @Test func shardsTogetherAreOneRun() throws {
    var bench = try CheckBench()
    try bench.write(CheckBench.rows(40))
    let options = ["--abort-refused", "0"]
    let whole = try bench.shell.run(
      ["check", "roster.csv", "-r", "ndjson:r.ndjson"] + CheckBench.options + options)
    #expect(whole.status == .exited(1))
    let expected = try bench.results().map(\.withoutTimesAndPlaces)
    for shard in 1...2 {
      let part = try bench.shell.run(
        ["check", "roster.csv", "--shard", "\(shard)/2", "--run-dir", "part\(shard)"] + CheckBench.options
          + options)
      #expect(part.status == .exited(1) || part.status == .exited(0))
    }
    bench.shell.options = []
    let merged = try bench.shell.run(["check", "merge", "part2", "part1"] + ReportFiles.options)
    #expect(merged.status == .exited(1), "\(merged.error)")
    try ReportFiles.expectWhole(in: bench)
    #expect(try bench.results().map(\.withoutTimesAndPlaces) == expected)
    let gap = try bench.shell.run(["check", "merge", "part2"])
    #expect(gap.status == .exited(65))
    #expect(
      gap.error == "mfsh: there is a gap: shard 1/2 is missing: run mfsh check --shard 1/2\n")
    let overlap = try bench.shell.run(["check", "merge", "part1", "part1/journal.ndjson", "part2"])
    #expect(overlap.status == .exited(65) && overlap.error.contains(" overlap"))
  }

  @Test func shardsOfDifferentRostersAreNotPutTogether() throws {
    var bench = try CheckBench()
    for shard in 1...2 {
      try bench.write(CheckBench.rows(7 + shard))
      _ = try bench.check("roster.csv", "--shard", "\(shard)/2", "--run-dir", "part\(shard)")
    }
    bench.shell.options = []
    let outcome = try bench.shell.run(["check", "merge", "part1", "part2"])
    #expect(outcome.status == .exited(65) && outcome.error.contains("different rosters"))
  }

  @Test func whatIsNoRunIsNotMerged() throws {
    var bench = try CheckBench()
    try bench.write(["a,u0,,,,pw,"])
    bench.shell.options = []
    let outcome = try bench.shell.run(["check", "merge", "roster.csv"])
    #expect(outcome.status == .exited(65))
    #expect(outcome.error == "mfsh: roster.csv is no journal of a check: name the folder of a run\n")
  }

  /// Shards that cannot be.
  @Test(arguments: [(1, 0), (3, 2), (0, 2), (-1, -1), (1, 10_001)])
  func aJournalOfAnImpossibleShardIsDamaged(_ index: Int, _ count: Int) throws {
    var bench = try CheckBench()
    bench.shell.options = []
    try bench.shell.home.write(
      "j.ndjson",
      #"{"type":"run","schema":"mfsh.check/1","version":"1","started":"","started_at":0,"roster_hash":"h","#
        + #""roster_rows":0,"files":[],"servers":[],"server_times":{},"rules":[],"#
        + #""shard":{"index":\#(index),"count":\#(count)},"selected_rows":0}"# + "\n")
    let outcome = try bench.shell.run(["check", "merge", "j.ndjson"])
    #expect(outcome.status == .exited(65), "\(outcome.error)")
    #expect(outcome.error.hasPrefix("mfsh: the journal j.ndjson is damaged in line 1: "), "\(outcome.error)")
  }

  @Test func aShardWithoutRowsIsAsOrdered() throws {
    var bench = try CheckBench()
    try bench.write(["a,u0,Sales,allow,Sales,pw,x"])
    let options = CheckBench.options + ["--tag", "x"]
    let parts = try (1...3).map { part in
      try bench.shell.run(
        ["check", "roster.csv", "--shard", "\(part)/3", "--run-dir", "part\(part)"] + options)
    }
    #expect(parts.allSatisfy { $0.status == .exited(0) && $0.error.isEmpty }, "\(parts.map(\.error))")
    let empty = try bench.check("roster.csv", "--shard", "1/3", "--tag", "y")
    #expect(empty.status == .exited(4))
    let plan = try bench.check("roster.csv", "--shard", "1/3", "--tag", "y", "--dry-run")
    #expect(plan.status == .exited(4))
    bench.shell.options = []
    #expect(try bench.shell.run(["check", "merge", "part1", "part2", "part3"]).status == .exited(0))
  }

  @Test func aRunThatWroteNoWholeLineIsGoneOnWith() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,Sales,allow,Sales,pw,"])
    try #require(mkdir(bench.shell.home.path("run"), 0o700) == 0)
    try bench.shell.home.write("run/journal.ndjson", #"{"type":"run","schema":"mf"#)
    let outcome = try bench.check("roster.csv", "--run-dir", "run", "--resume", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(try bench.statuses() == ["a": "pass"])
  }
}
