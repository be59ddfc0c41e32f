import Glibc
import Sandbox
import TestSupport
import Testing

/// Where secrets come from, and that they show up nowhere.
struct CheckSecretTests {
  private func expectSilence(_ bench: CheckBench, _ outcome: Shell.Outcome, except: [String] = []) throws {
    let found = try ChildProcess.run(["grep", "-rlaF", CheckBench.password, bench.shell.home.path]).output
    let files = found.split(separator: "\n").filter { file in !except.contains { file.hasSuffix("/\($0)") } }
    #expect(files.isEmpty, "\(files)")
    #expect(!outcome.output.contains(CheckBench.password) && !outcome.error.contains(CheckBench.password))
  }

  @Test func aSecretShowsUpNowhere() throws {
    let bench = try CheckBench {
      $0.faults = [try Fault("status=500,body=\(CheckBench.password),path=/session/vaults,count=3")]
    }
    try bench.write(CheckBench.rows(12))
    let outcome = try bench.shell.run(
      ["check", "roster.csv", "--run-dir", "run", "-v", "--har", "t.har"] + CheckBench.options
        + ReportFiles.options)
    #expect(outcome.status == .exited(1))
    try expectSilence(bench, outcome)
  }

  @Test func aFileForItsOwnerAloneIsTaken() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,file,"])
    try bench.shell.home.write("secret", "\(CheckBench.password)\n", mode: 0o600)
    #expect(try bench.check("roster.csv", "--secret", "file=file:secret").status == .exited(0))
    chmod(bench.shell.home.path("secret"), 0o644)
    let open = try bench.check("roster.csv", "--secret", "file=file:secret")
    #expect(open.status == .exited(78))
    #expect(open.error == "mfsh: the secret 'file': secret can be read by others: chmod 600 secret\n")
    try expectSilence(bench, open, except: ["secret"])
  }

  @Test func oneProgramAnswersForAllAccounts() throws {
    let bench = try CheckBench()
    try bench.write(
      (0..<8).map { "r\($0),u\($0),,allow,,ask," } + ["x,u8,,allow,,ask,", "y,u8,Sales,allow,,ask,"])
    let program = """
      echo start >>starts
      while read -r line; do
        echo "$line" >>asked
        case $line in
          *u7*) echo '{"error": "no such account"}' ;;
          *) printf '{"password": "%s"}\\n' "$CHECK_ANSWER" ;;
        esac
      done
      """
    try bench.shell.home.write("helper.sh", program)
    var shell = bench.shell
    shell.environment["CHECK_ANSWER"] = CheckBench.password
    let outcome = try shell.run(
      ["check", "roster.csv", "--secret", "ask=command:sh helper.sh", "-r", "ndjson:r.ndjson"]
        + CheckBench.options)
    #expect(outcome.status == .exited(2))
    #expect(try bench.statuses().filter { $0.value != "pass" } == ["r7": "inconclusive"])
    #expect(try bench.shell.home.read("starts") == "start\n")
    #expect(try bench.shell.home.read("asked").split(separator: "\n").count == 9)
    try expectSilence(bench, outcome)
  }

  @Test func thePasswordOfTheConnectionSettingsIsForRowsWithoutASecret() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,,"])
    let outcome = try bench.shell.run(
      ["check", "roster.csv", "--password-stdin"], input: CheckBench.password)
    #expect(outcome.status == .exited(0))
    try expectSilence(bench, outcome)
  }

  @Test func aProfilesSecretGoesToItsServerOnly() throws {
    let bench = try CheckBench()
    let other = try SandboxServer()
    var shell = bench.shell
    shell.options = ["--profile", "prod"]
    try shell.write(
      profiles:
        "return { prod = { url = '\(bench.server.url)', secrets = { staff = { file = '~/secret' } } } }")
    try shell.home.write("secret", CheckBench.password, mode: 0o600)
    try shell.home.write("roster.csv", "account,server,secret\nu0,,staff\n")
    #expect(try shell.run(["check", "roster.csv"]).status == .exited(0))
    try shell.home.write("roster.csv", "account,server,secret\nu0,,staff\nu0,\(other.url),staff\n")
    let before = bench.server.stats.requests
    let outcome = try shell.run(["check", "roster.csv", "--allow-server", other.url])
    #expect(outcome.status == .exited(78))
    #expect(
      outcome.error.hasPrefix("mfsh: the secret 'staff' of the profile belongs to \(bench.server.url), "))
    #expect(other.stats.requests == 0 && bench.server.stats.requests == before)
    try expectSilence(bench, outcome, except: ["secret"])
  }

  @Test func aSecretIsAskedForOnTheTerminal() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,ask,"])
    let terminal = try bench.shell.terminal(["check", "roster.csv", "--secret", "ask=prompt"])
    try terminal.show("Secret ask: ")
    terminal.send(CheckBench.password + "\r")
    try terminal.show("1 row: 1 as ordered")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func withoutATerminalAnotherSourceIsNamed() throws {
    let bench = try CheckBench()
    try bench.write(["a,u0,,,,ask,"])
    let outcome = try bench.shell.run(["check", "roster.csv", "--secret", "ask=prompt"])
    #expect(outcome.status == .exited(78) && bench.server.stats.requests == 0)
    #expect(
      outcome.error
        == "mfsh: the secret 'ask': there is no terminal to ask for the password on: "
        + "use --secret ask=env:VARIABLE, file:PATH or command:COMMAND\n")
  }

  /// What never reached the server says nothing about it.
  @Test func secretsThatCannotBeHadDoNotEndAServer() throws {
    let bench = try CheckBench()
    let rows = (0..<4).map { "a\($0),u\($0),,allow,,ask," } + ["b,u4,,allow,,pw,"]
    try bench.write(rows)
    let outcome = try bench.check(
      "roster.csv", "--secret", #"ask=command:while read -r line; do echo '{"error":"none"}'; done"#,
      "--abort-after", "2", "--jobs", "1", "-r", "ndjson:r.ndjson")
    #expect(outcome.status == .exited(2))
    let statuses = try bench.statuses()
    #expect(statuses["b"] == "pass" && statuses.values.count { $0 == "inconclusive" } == 4, "\(statuses)")
  }
}
