import Sandbox
import TestSupport
import Testing

/// `mfsh check record`: what it writes can be checked again, and how it ends.
struct CheckRecordTests {
  /// A vault whose name a roster cannot spell, one that only its GUID tells from another, and plain ones.
  private static let vaults: [(name: String, guid: String)] = [
    ("Sales", "{0A1B2C3D-0000-4000-8000-000000000001}"),
    ("Sales", "{0A1B2C3D-0000-4000-8000-000000000002}"),
    ("A|B", "{0A1B2C3D-0000-4000-8000-000000000003}"),
    (#"\u009b31mRed"#, "{0A1B2C3D-0000-4000-8000-000000000004}"),
    ("*", "{0A1B2C3D-0000-4000-8000-000000000005}"),
    (" Edge", "{0A1B2C3D-0000-4000-8000-000000000006}"),
    ("Staff", "{0A1B2C3D-0000-4000-8000-000000000007}"),
  ]

  private static func bench() throws -> CheckBench {
    let vaults = vaults.map { #"{"name": "\#($0.name)", "guid": "\#($0.guid)"}"# }.joined(separator: ",")
    let guids = self.vaults.map { "\"\($0.guid)\"" }.joined(separator: ",")
    let seed = """
      {"vaults": [\(vaults)],
       "accounts": [{"name": "u0", "password": "\(CheckBench.password)", "vaults": [\(guids)]}]}
      """
    return try CheckBench { $0.seed = try SandboxSeed(json: Array(seed.utf8)) }
  }

  @Test func vaultsAreWrittenSoThatARosterMeansThem() throws {
    let bench = try Self.bench()
    try bench.shell.home.write(
      "accounts.csv", "account,vault,secret,id,note\nu0,,pw,all,\"a\u{1B}[2Jb\"\nu0,*,pw,each,\n")
    let recorded = try bench.check("record", "accounts.csv")
    #expect(recorded.status == .exited(0), "\(recorded.error)")
    #expect(
      recorded.output.unicodeScalars.allSatisfy { $0.value != 0x1B && $0.value != 0x9B }
        && recorded.output.contains(#"a\x1B[2Jb"#))
    try bench.shell.home.write("recorded.csv", recorded.output)
    let check = try bench.check("recorded.csv", "-r", "ndjson:r.ndjson")
    #expect(check.status == .exited(0), "\(recorded.output)\(check.output)\(check.error)")
    let statuses = try bench.statuses()
    let guids = Self.vaults.dropLast().map { "each/\($0.guid)" }
    #expect(Set(statuses.keys) == Set(["all", "each/Staff"] + guids))
  }

  @Test func aRowWithoutAnAnswerIsAsBefore() throws {
    let bench = try CheckBench { $0.faults = [try Fault("status=500,path=/session/vaults")] }
    try bench.shell.home.write(
      "accounts.csv", "account,secret,id,vaults_min,vaults_not\nu0,pw,one,Sales|Staff,Other\n")
    let recorded = try bench.check("record", "accounts.csv", "--retries", "0")
    #expect(recorded.status == .exited(2))
    let lines = recorded.output.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    try #require(lines.count == 2)
    let cells = Dictionary(zip(lines[0].map(String.init), lines[1].map(String.init))) { first, _ in first }
    #expect(cells["id"] == "one")
    #expect(cells["vaults_min"] == "Sales|Staff" && cells["vaults_not"] == "Other")
  }

  /// The roster, options, the status and what standard error ends with.
  private static let ends: [(roster: String, options: [String], status: Int32, error: String)] = [
    (
      "account\n", [], 4, "mfsh: no row was selected: look at the roster, --tag, --only and --shard\n"
    ),
    ("account,secret,tags\nu0,pw,x\n", ["--tag", "y"], 4, "look at the roster, --tag, --only and --shard\n"),
    ("account,secret,tags\nu0,pw,x\n", ["--tag", "y", "--dry-run"], 4, ""),
    ("account,secret,tags\nu0,pw,x\n", ["--dry-run"], 0, ""),
    (
      "account,secret\nu0,pw\nu1,pw\n", ["--max-time", "0.2"], 5,
      "mfsh: aborted: the time of --max-time is over\n"
    ),
  ]

  @Test(arguments: ends.indices) func theStatusTellsHowItEnded(_ index: Int) throws {
    let end = Self.ends[index]
    let bench = try CheckBench { $0.faults = [try Fault("delay=20,path=/session/vaults")] }
    try bench.shell.home.write("accounts.csv", end.roster)
    let outcome = try bench.shell.run(["check", "record", "accounts.csv"] + CheckBench.options + end.options)
    #expect(outcome.status == .exited(end.status), "\(outcome.error)")
    #expect(outcome.error.hasSuffix(end.error), "\(outcome.error)")
  }
}
