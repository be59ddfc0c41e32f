import MFWS
import Sandbox
import TestSupport
import Testing

/// The jobs in `examples/` that run checks: their own commands, in a folder with a roster.
struct CheckJobTests {
  private let bench: CheckBench
  private let environment: [String: String]

  init() throws {
    bench = try CheckBench()
    let rows = CheckBench.rows(40).map { $0.replacing(",pw,", with: ",staff,") }
    try bench.write(rows)
    try bench.write(rows.filter { !$0.hasPrefix("r9,") && !$0.contains("9,u") }, to: "good.csv")
    environment = Documentation.environment.merging([
      "MFILES_URL": bench.server.url, "STAFF_PASSWORD": CheckBench.password, "HOME": bench.shell.home.path,
      "TMPDIR": bench.shell.home.path, "no_proxy": "*",
    ]) { $1 }
  }

  private func sh(_ command: String, _ more: [String: String] = [:]) throws -> Shell.Outcome {
    try ChildProcess.run(
      ["sh", "-c", command], environment: environment.merging(more) { $1 }, folder: bench.shell.home.path,
      within: Shell.patience)
  }

  /// The documents of a YAML file.
  private func yaml(_ name: String) throws -> [JSONValue] {
    let program = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))"
    let outcome = try ChildProcess.run(
      ["/usr/bin/python3", "-c", program], input: try Documentation.read("examples/\(name)"))
    return try #require(JSONText.value(Array(outcome.output.utf8))?.array, "\(outcome.error)")
  }

  private func count(_ path: String) throws -> String { try ReportFiles.xpath(path, in: bench.shell.home) }

  @Test func gitLabShowsTheReportOfItsJob() throws {
    let job = try #require(try yaml("gitlab-ci.yml").first?["provisioning"])
    let command = try #require(job["script"]?.array?.first?.string)
    #expect(try sh(command.replacing("-r junit:check.xml", with: "-r junit:r.xml")).status == .exited(1))
    #expect(command.contains("-r junit:\(job["artifacts"]?["reports"]?["junit"]?.string ?? "?") "))
    #expect(job["artifacts"]?["when"]?.string == "always")
    #expect(try count("count(//testcase)") == "40" && count("count(//failure)") == "4")
    #expect(try bench.shell.home.read("check.html").hasSuffix("</html>\n"))
  }

  @Test func jenkinsShowsTheReportOfItsStage() throws {
    let file = try Documentation.read("examples/Jenkinsfile")
    let command = try #require(file.split(separator: "sh '").dropFirst().first?.prefix { $0 != "'" })
    let junit = try #require(file.split(separator: "junit '").dropFirst().first?.prefix { $0 != "'" })
    #expect(command.contains("-r junit:\(junit) "))
    let stage = String(command).replacing("junit:\(junit)", with: "junit:r.xml")
    // Jenkins makes the build unstable for failures in the report by itself.
    #expect(try sh(stage).status == .exited(0))
    #expect(try count("count(//failure)") == "4")
    #expect(try sh(stage, ["MFILES_URL": "http://127.0.0.1:9"]).status == .exited(1))
  }

  @Test func aJobOfKubernetesRunsPartsAndPutsThemTogether() throws {
    let jobs = try yaml("kubernetes-job.yaml")
    try #require(jobs.count == 2)
    let home = bench.shell.home.path
    #expect(try sh("mkdir runs").status == .exited(0))
    func run(_ job: JSONValue, index: Int) throws -> Shell.Outcome {
      let container = job["spec"]?["template"]?["spec"]?["containers"]?.array?.first
      let words = container?["command"]?.array?.compactMap(\.string) ?? []
      try #require(words.count == 3 && words[0] == "sh" && words[1] == "-c")
      let command = words[2].replacing("/roster/", with: "\(home)/").replacing(
        "/runs/", with: "\(home)/runs/"
      )
      .replacing("/runs/check.xml", with: "/r.xml")
      return try sh(command, ["JOB_COMPLETION_INDEX": "\(index)"])
    }
    let parts = jobs[0]["spec"]?["completions"]?.integer ?? 0
    for index in 0..<Int(parts) {
      let outcome = try run(jobs[0], index: index)
      #expect(outcome.status == .exited(0), "\(outcome.error)")
    }
    let logins = bench.server.stats.requests
    // A pod that is started again finds its work done.
    #expect(try run(jobs[0], index: 0).status == .exited(0) && bench.server.stats.requests == logins)
    #expect(try run(jobs[1], index: 0).status == .exited(1))
    #expect(try count("count(//testcase)") == "40" && count("count(//failure)") == "4")
  }

  @Test func gnuParallelRunsPartsAndPutsThemTogether() throws {
    let script = "\(Documentation.root)/examples/shards.sh"
    let more = "--secret staff=env:STAFF_PASSWORD"
    let outcome = try sh(
      "\(script) roster.csv 4 \(more) && mv check.xml r.xml || { s=$?; mv check.xml r.xml; exit $s; }")
    #expect(outcome.status == .exited(1) && outcome.error.isEmpty, "\(outcome.error)")
    #expect(try count("count(//testcase)") == "40" && count("count(//failure)") == "4")
    #expect(try sh("\(script) good.csv 3 \(more)").status == .exited(0))
    #expect(try sh("ls -d tmp.* 2> /dev/null").output.isEmpty)
  }

  @Test func cronMailsOnlyWhatDiffers() throws {
    let lines = try Documentation.read("examples/nightly.cron").split(separator: "\n")
    let line = try #require(lines.last { $0.first?.isNumber == true })
    let fields = line.split(separator: " ", maxSplits: 5)
    try #require(
      fields.count == 6 && !fields[5].replacing("\\%", with: "").contains("%"), "cron ends a command at %")
    let command = String(fields[5]).replacing("\\%", with: "%").replacing("leavers.csv", with: "roster.csv")
    let home = bench.shell.home
    #expect(try sh("mkdir -p .config/mfsh check && cp roster.csv good.csv check").status == .exited(0))
    try home.write(
      ".config/mfsh/profiles.lua", "return { prod = { url = '\(bench.server.url)' } }", mode: 0o600)
    try home.write("check/staff.password", CheckBench.password + "\n", mode: 0o600)
    let mail = try sh(command)
    #expect(mail.output.contains("40 rows: 36 as ordered, 4 different"), "\(mail.output)\(mail.error)")
    let silence = try sh(command.replacing("roster.csv", with: "good.csv"))
    #expect(silence.output.isEmpty && silence.error.isEmpty && silence.status == .exited(0))
    #expect(try sh("ls check/leavers-*.html").status == .exited(0))
  }

  @Test func theLeaversAreRefusedInTheSandbox() throws {
    let outcome = try ChildProcess.run(
      [
        BuiltBinary.mfsh, "check", "\(Documentation.root)/examples/leavers.csv", "--sandbox", "--secret",
        "staff=env:DEMO", "--accept-unproved",
      ], environment: environment.merging(["DEMO": "demo"]) { $1 }, folder: bench.shell.home.path)
    #expect(
      outcome.status == .exited(0) && outcome.output.contains("3 rows"), "\(outcome.output)\(outcome.error)")
  }
}
