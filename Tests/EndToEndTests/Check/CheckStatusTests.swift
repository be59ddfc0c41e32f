import Glibc
import Sandbox
import TestSupport
import Testing

/// How checks end, and that all that is wrong beforehand is told before anybody is logged in.
struct CheckStatusTests {
  /// Rows, options, and the status that they bring.
  private static let runs: [(rows: [String], options: [String], status: Int32)] = [
    (["a,u0,Sales,allow,Sales,pw,"], [], 0),
    (["a,u0,Staff,allow,,pw,"], [], 1),
    (["a,u9,,deny,,pw,"], [], 2),
    (["a,u9,,deny,,pw,"], ["--accept-unproved"], 0),
    (["a,u9,,allow,,pw,", "b,u9,,any,,pw,"], [], 1),
    (["a,u9,,any,,pw,", "b,u9,Sales,any,,pw,"], [], 2),
    (["a,u0,Sales,allow,,pw,x"], ["--tag", "y"], 4),
    (
      ["a,u0,Sales,deny,,pw,", "b,u1,Sales,allow,,pw,", "c,u2,Sales,allow,,pw,"],
      ["--fail-fast", "--jobs", "1"], 5
    ),
    (["a,u9,Sales,allow,,pw,", "b,u19,Sales,allow,,pw,"], ["--abort-refused", "2"], 5),
  ]

  @Test(arguments: runs.indices) func theStatusTellsHowItCameOut(_ index: Int) throws {
    let run = Self.runs[index]
    let bench = try CheckBench()
    try bench.write(run.rows)
    let outcome = try bench.shell.run(["check", "roster.csv"] + CheckBench.options + run.options)
    #expect(outcome.status == .exited(run.status), "\(outcome.output)\(outcome.error)")
    #expect(bench.server.stats.liveSessions == 0)
  }

  /// Rows, options, the status, and what standard error begins or ends with.
  private static let refusals: [(rows: [String], options: [String], status: Int32, error: String)] = [
    (
      ["a,u0,Sales,alow,,pw,", "a,,Sales,,,pw,"], [], 65,
      "roster.csv:2:12: expect \"alow\" is unknown: did you mean allow?\n"
    ),
    (
      ["a,u0,Sales,alow,,pw,", "a,,Sales,,,pw,"], [], 65,
      "mfsh: 2 mistakes in the roster; nobody was logged in\n"
    ),
    (
      ["a,u0,,,,pw,", "a,u1,,,,pw,"], [], 65,
      "roster.csv:3: the id \"a\" is that of roster.csv:2 already: give each row its own\n"
    ),
    (["a,u0,,,,none,"], [], 65, "mfsh: 1 mistake in the roster; nobody was logged in\n"),
    (["a,u0,,,,,"], [], 78, "or name a secret in each row\n"),
    (
      ["a,u0,,,,pw,"], ["-r", "tap:none/r.tap"], 78,
      "mfsh: the report none/r.tap cannot be written: No such file or directory; check the path\n"
    ),
    (
      ["a,u0,,,,pw,"], ["--run-dir", "none/run"], 78,
      "mfsh: --run-dir none/run: No such file or directory; name a folder that can be made\n"
    ),
    (
      ["a,u0,,,,pw,"], ["--baseline", "none"], 78,
      "mfsh: --baseline none: the journal none cannot be used: No such file or directory; check the path\n"
    ),
    (
      ["a,u0,,,,pw,"], ["--only", "failed", "--from", "none"], 78,
      "mfsh: --from none: the journal none cannot be used: No such file or directory; check the path\n"
    ),
    (
      ["a,u0,,,,pw,"], ["--waivers", "none.csv"], 65,
      "mfsh: --waivers none.csv cannot be read: No such file or directory; check the path\n"
    ),
    (["a,u0,,,,pw,"], ["--secret", "x=file:none"], 0, ""),
    (
      ["a,u0,,,,x,"], ["--secret", "x=file:none"], 78,
      "mfsh: the secret 'x': none: No such file or directory\n"
    ),
    (
      ["a,u0,,,,pw,"], ["--resume"], 64,
      "mfsh: --resume needs the folder of the run to go on with; add --run-dir FOLDER\n"
    ),
    (
      ["a,u0,,,,pw,"], ["--waivers", "-"], 64,
      "mfsh: --waivers reads a file, and standard input is for rosters and passwords; name a file\n"
    ),
    (
      ["a,u0,,,,pw,"], ["-r", "tap:."], 78,
      "mfsh: the report . cannot be written: Is a directory; check the path\n"
    ),
    (
      ["a,u0,,,,pw,"], ["-r", "junit:x.xml", "-r", "tap:./x.xml"], 64,
      "mfsh: two reports would be written to ./x.xml; give each its own file\n"
    ),
    (["a,u0,,,,pw,"], ["--shards", "1/2"], 64, "mfsh: unknown option --shards; did you mean --shard?\n"),
  ]

  @Test(arguments: refusals.indices) func whatIsWrongIsToldBeforeAnyLogin(_ index: Int) throws {
    let refusal = Self.refusals[index]
    let bench = try CheckBench()
    try bench.write(refusal.rows)
    let outcome = try bench.shell.run(["check", "roster.csv"] + CheckBench.options + refusal.options)
    #expect(outcome.status == .exited(refusal.status))
    #expect(
      outcome.error.hasPrefix(refusal.error) || outcome.error.hasSuffix(refusal.error), "\(outcome.error)")
    if refusal.status != 0 { #expect(bench.server.stats.requests == 0 && outcome.output.isEmpty) }
  }

  @Test(arguments: ["./roster.csv", "w.csv", "run/journal.ndjson"])
  func noReportOverwritesWhatTheRunNeeds(_ path: String) throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,pw,"])
    try bench.shell.home.write("w.csv", "id,reason\n")
    let outcome = try bench.check("roster.csv", "--run-dir", "run", "--waivers", "w.csv", "-r", "tap:\(path)")
    #expect(outcome.status == .exited(78))
    #expect(outcome.error.hasPrefix("mfsh: the report \(path) would overwrite "))
    #expect(bench.server.stats.requests == 0)
  }

  @Test func aServerThatIsNotAllowedIsAMistake() throws {
    let bench = try CheckBench()
    let other = try SandboxServer()
    let roster = "account,server,secret\nu0,\(other.url),pw\n"
    try bench.shell.home.write("roster.csv", roster)
    let refused = try bench.check("roster.csv")
    #expect(refused.status == .exited(65) && refused.error.contains("roster.csv:2:4: "))
    #expect(other.stats.requests == 0 && bench.server.stats.requests == 0)
    let allowed = try bench.check("roster.csv", "--allow-server", other.url)
    #expect(allowed.status == .exited(1))
    #expect(other.stats.requests > 0 && bench.server.stats.requests == 0)
  }

  @Test func plainHTTPToOtherMachinesIsRefusedBeforeAPasswordIsSent() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,pw,"])
    var shell = bench.shell
    shell.options = ["--url", "http://mfiles.invalid"]
    let outcome = try shell.run(["check", "roster.csv"] + CheckBench.options)
    #expect(outcome.status == .exited(78) && outcome.error.hasPrefix("mfsh: http://mfiles.invalid: "))
  }

  @Test func aReportThatCannotBeFinishedIsToldAndTheOthersAreWritten() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,pw,"])
    let outcome = try bench.check("roster.csv", "-r", "tap:/dev/full", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(70))
    #expect(
      outcome.error
        == "mfsh: the report /dev/full cannot be written: No space left on device; check the path\n")
    #expect(try bench.statuses() == ["a": "pass"])
    #expect(outcome.output.hasPrefix("1 row: 1 as ordered\n"))
  }

  @Test func aFullDiskLosesNothingThatWasWritten() throws {
    let bench = try CheckBench()
    try bench.write(CheckBench.rows(9))
    // The limit stands for the disk's end: room for a few rows.
    let full = try bench.shell.run(
      inScript: "ulimit -f 6; exec \"$0\" \"$@\"",
      ["check", "roster.csv", "--run-dir", "run"] + CheckBench.options)
    #expect(full.status == .exited(70))
    #expect(full.error.hasSuffix("nothing that was written is lost: make room, then go on with --resume\n"))
    #expect(bench.server.stats.liveSessions == 0)
    let kept = try bench.results("run/journal.ndjson").count
    #expect(kept > 0 && kept < 9)
    let resumed = try bench.check("roster.csv", "--run-dir", "run", "--resume", "-r", "ndjson:r.ndjson")
    #expect(resumed.status == .exited(0))
    #expect(try bench.statuses().count == 9)
    #expect(bench.server.stats.liveSessions == 0)
  }

  @Test func standardOutputThatIsClosedLosesNoReport() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,pw,"])
    let outcome = try bench.shell.run(
      inScript: "\"$0\" \"$@\" | true", ["check", "roster.csv", "-r", "ndjson:r.ndjson"] + CheckBench.options)
    #expect(outcome.error.isEmpty)
    #expect(try bench.statuses() == ["a": "pass"])
  }

  @Test func aPipeThatNobodyReadsIsTold() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,pw,"])
    try #require(mkfifo(bench.shell.home.path("pipe"), 0o600) == 0)
    let outcome = try bench.check("roster.csv", "-r", "tap:pipe")
    #expect(outcome.status == .exited(78))
    #expect(
      outcome.error
        == "mfsh: the report pipe cannot be written: No such device or address; check the path\n")
  }

  /// A file of waivers, and what is said of it; none: it is right.
  private static let waivers: [(text: String, error: String)] = [
    ("ID;Reason;Until\na;ticket 1;2099-02-28\n", ""),
    ("id,reason,until\na,ticket 1,2096-02-29\n", ""),
    ("", "w.csv:1: the file is empty: begin it with a line such as id,reason,until\n"),
    (
      "id,reason,until\na,x,2030-02-31\n",
      "w.csv:2:5: until needs a day such as 2030-01-31, not '2030-02-31'\n"
    ),
    (
      "id,reason,until\na,x,2100-02-29\n",
      "w.csv:2:5: until needs a day such as 2030-01-31, not '2100-02-29'\n"
    ),
    ("id,reason,ID\na,x,b\n", "w.csv:1:11: the name of this column is there twice: take one out\n"),
    ("id,reason,\na,x,b\n", "w.csv:1:11: a column has no name: name it, or take it out\n"),
    (
      "id,reason,note\na,x,b\n",
      "w.csv:1:11: the column \"note\" means nothing: the columns are id, reason, until\n"
    ),
  ]

  @Test(arguments: waivers.indices) func aFileOfWaiversIsRead(_ index: Int) throws {
    let (text, error) = Self.waivers[index]
    let bench = try CheckBench()
    try bench.write(["a,u0,Staff,allow,,pw,"])
    try bench.shell.home.write("w.csv", text)
    let outcome = try bench.check("roster.csv", "--waivers", "w.csv")
    #expect(outcome.status == .exited(error.isEmpty ? 0 : 65), "\(outcome.error)")
    #expect(error.isEmpty ? outcome.error.isEmpty : outcome.error.contains(error), "\(outcome.error)")
    #expect(error.isEmpty || bench.server.stats.requests == 0)
  }
}
