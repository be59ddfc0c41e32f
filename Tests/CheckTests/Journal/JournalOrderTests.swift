import Check
import TestSupport
import Testing

@Suite struct JournalOrderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func ids(_ ids: [String], _ name: String) throws -> [String] {
    let journal = try SampleRun(ids.map { SampleRun.passed($0, "anna") }).journal(in: folder, name)
    return try (0..<journal.count).map { try journal.result(at: $0).id }
  }

  @Test(arguments: [
    ["b", "a", "c"],
    ["account-000000002", "account-000000001", "account-0000000010", "account-000000001"],
    ["a", "a\0", "a\0\0", "", "a\0b", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaa\0"],
    ["\"", "\\", "é", "e\u{301}", "z", "\u{1F600}", "\u{FFFF}"],
    ["same", "same", "same"],
    Array(repeating: "x", count: 3).enumerated().map { String(repeating: $1, count: 500 - $0) },
    (0..<300).map { "\($0 * 7919 % 300)" },
    (0..<300).map { "prefix of nearly all \($0 * 7919 % 300 / 2) and more of it behind" },
  ])
  func sortsByTheBytesOfTheIDs(_ unsorted: [String]) throws {
    let sorted = Set(unsorted.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
    let expected = sorted.map { String(decoding: $0, as: UTF8.self) }
    #expect(try ids(unsorted, "one").map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    #expect(try ids(unsorted.reversed(), "other").map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func aShuffledRunGivesTheSameReports() throws {
    let sample = SampleRun()
    let journal = try sample.journal(in: folder, "straight")
    var generator = SystemRandomNumberGenerator()
    for round in 0..<5 {
      var shuffled = sample
      shuffled.results.shuffle(using: &generator)
      let other = try shuffled.journal(in: folder, "shuffled-\(round)")
      for format in ReportFormat.allCases { #expect(try format.text(other) == format.text(journal)) }
      #expect(try PeopleReport.text(other) == PeopleReport.text(journal))
    }
  }
}
