import Check
import Glibc
import TestSupport
import Testing

@Suite struct RunMergeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes the journal of a shard of the sample's run and gives its path.
  private func shard(
    _ index: Int, of count: Int, _ name: String? = nil, _ change: (inout SampleRun) -> Void = { _ in }
  ) throws -> String {
    var part = SampleRun()
    part.results = part.results.enumerated().filter { $0.offset % count == index - 1 }.map(\.element)
    part.run.shard = .init(index: index, count: count)
    part.run.selectedRows = part.results.count
    change(&part)
    let name = name ?? "shard-\(index)"
    _ = try part.journal(in: folder, name)
    return folder.path(name)
  }

  private func refusal(_ paths: [String]) -> String? {
    #expect(throws: JournalError.self) {
      _ = try RunMerge(paths).write(to: folder.path("refused"))
    }?.description.replacing("\(folder.path)/", with: "")
  }

  @Test(arguments: [1, 2, 3]) func shardsTogetherGiveTheReportsOfOneRun(_ count: Int) throws {
    let paths = try (1...count).map { try shard($0, of: count) }
    let whole = try SampleRun().journal(in: folder, "whole")
    let merged = try RunMerge(paths.reversed()).write(to: folder.path("merged"))
    for format in ReportFormat.allCases { #expect(try format.text(merged) == format.text(whole)) }
    #expect(try PeopleReport.text(merged) == PeopleReport.text(whole))
  }

  @Test func aRunWithoutShardsStandsForItself() throws {
    let whole = try SampleRun().journal(in: folder, "whole")
    let merged = try RunMerge([folder.path("whole")]).write(to: folder.path("merged"))
    #expect(try ReportFormat.ndjson.text(merged) == ReportFormat.ndjson.text(whole))
  }

  @Test func namesTheShardThatIsMissing() throws {
    let paths = try [1, 3].map { try shard($0, of: 4) }
    #expect(
      refusal(paths) == "there is a gap: shard 2/4, 4/4 is missing: run mfsh check --shard 2/4")
  }

  @Test func namesTheShardWhoseRowsAreMissing() throws {
    let paths = try [shard(1, of: 2), shard(2, of: 2) { $0.results.removeLast() }]
    #expect(
      refusal(paths) == "there is a gap: shard 2/2 (shard-2) has results for 4 of its 5 rows: "
        + "go on with it with --resume")
  }

  @Test func refusesOverlaps() throws {
    let first = try shard(1, of: 2)
    let again = try shard(1, of: 2, "again")
    let second = try shard(2, of: 2)
    #expect(
      refusal([first, second, again])
        == "shard 1/2 (again) and shard 1/2 (shard-1) overlap: leave one of them out")
    _ = try SampleRun().journal(in: folder, "whole")
    #expect(
      refusal([folder.path("whole"), first])
        == "the run whole and shard 1/2 (shard-1) overlap: leave one of them out")
    let intruder = try shard(2, of: 2, "intruder") { $0.results[0] = SampleRun.passed("r1", "anna") }
    #expect(
      refusal([first, intruder]) == "the row r1 stands in more than one of the runs: their shards overlap")
    #expect(access(folder.path("refused"), F_OK) != 0)
  }

  @Test func refusesRunsThatDoNotBelongTogether() throws {
    let first = try shard(1, of: 2)
    let roster = try shard(2, of: 2, "roster") { $0.run.rosterHash = "other" }
    #expect(
      refusal([first, roster])
        == "shard 1/2 (shard-1) and shard 2/2 (roster) checked different rosters: run one of them again")
    let server = try shard(2, of: 2, "server") {
      ($0.run.rosterHash, $0.run.servers) = ("other", ["https://z"])
    }
    #expect(
      refusal([first, server])
        == "shard 1/2 (shard-1) and shard 2/2 (server) checked different servers "
        + "(http://localhost:8080/files https://m.example.com; https://z): run one of them again, at the same address"
    )
    let rules = try shard(2, of: 2, "rules") { $0.run.rules = ["--accept-unproved"] }
    #expect(
      refusal([first, rules])
        == "shard 1/2 (shard-1) and shard 2/2 (rules) were run by different rules "
        + "(no options; --accept-unproved): run one of them again")
    let division = try shard(2, of: 3, "division")
    #expect(
      refusal([first, division])
        == "shard 1/2 (shard-1) and shard 2/3 (division) are parts of different divisions: "
        + "run one of them again")
    #expect(refusal([]) == "there is no run to merge: name their folders")
  }

  @Test func refusesRowsThatNoShardHas() throws {
    let paths = try [1, 2].map { try shard($0, of: 2) { $0.run.rosterRows = 11 } }
    #expect(
      refusal(paths) == "the runs have 10 rows together, but the roster has 11: "
        + "check that each was run with the same --shard count")
    let tagged = try [1, 2].map {
      try shard($0, of: 2, "tagged-\($0)") {
        $0.run.rosterRows = 11
        $0.run.rules = ["--tag staff"]
      }
    }
    #expect(try RunMerge(tagged).write(to: folder.path("merged")).count == 10)
  }

  @Test func endsAsTheWorstOfThem() throws {
    let paths = try [
      shard(1, of: 3) {
        $0.summary.ending = .aborted
        $0.summary.reason = "5 refusals"
        $0.run.startedAt += 100
      },
      shard(2, of: 3) { $0.summary.ending = .interrupted },
      shard(3, of: 3),
    ]
    let merged = try RunMerge(paths).write(to: folder.path("merged"))
    #expect(merged.summary.ending == .interrupted)
    #expect(merged.summary.reason == "shard 2/3 (\(paths[1]))")
    #expect(merged.summary.seconds == 112.5)
    #expect(merged.run.startedAt == SampleRun().run.startedAt)
  }
}
