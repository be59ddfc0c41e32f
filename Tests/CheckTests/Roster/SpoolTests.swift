import Check
import Glibc
import MFWS
import TestSupport
import Testing

/// What is made of rows without mistakes.
@Suite struct SpoolTests {
  private var text: RosterText
  private static let lines = (0..<60).map { "user\($0 / 3),vault\($0),\($0 % 2 == 0 ? "even" : "odd")" }

  init() throws { text = try RosterText() }

  private func roster(_ lines: [String]) -> String {
    "account,vault,tags\n" + lines.joined(separator: "\n")
  }

  @Test func hashIsThatOfTheRowsWhateverTheirPlace() throws {
    let hash = try text.build(roster(Self.lines)).hash
    #expect(hash.count == 64)
    for _ in 0..<5 { #expect(try text.build(roster(Self.lines.shuffled())).hash == hash) }
    let halves = [("a.csv", 0..<30), ("b.csv", 30..<60)].map { name, range in
      (name, Array(roster(Array(Self.lines[range])).utf8))
    }
    #expect(try text.build(halves).hash == hash)
    var changed = Self.lines
    changed[7] += "x"
    #expect(try text.build(roster(changed)).hash != hash)
    #expect(try text.build(roster(Self.lines.dropLast())).hash != hash)
  }

  @Test func accountsComeInTheOrderOfTheirFirstRows() throws {
    let source = try text.build("account,vault\nb,1\na,1\nB,2\nc,1\na,2\n").source
    #expect(source.groupCount == 3)
    let groups = try (0..<3).map { try source.group($0).map { try source.row(at: $0) } }
    #expect(groups.map { $0.map(\.account) } == [["b", "B"], ["a", "a"], ["c"]])
    #expect(groups.map { $0.map(\.line) } == [[2, 4], [3, 6], [5]])
  }

  @Test func rowsComeBackAsTheyWere() throws {
    let hostile = ["\u{7}bell", "\u{202E}x", "a\"b\\c", "🄰e\u{301}", "{\"a\":1}", "1 2 3", "\u{E0041}"]
    let rows = hostile.enumerated().map { index, text in
      RosterRecord(
        ["account": .string("a\(index)"), "id": .string("i\(index)"), text: .string(text)], number: index + 1)
    }
    var builder = try RosterBuilder(text.settings, folder: text.folder.path)
    builder.begin("-")
    for row in rows { try builder.add(row) }
    let read = try builder.finish().rows()
    #expect(read.map(\.meta) == hostile.map { [$0: $0] })
    #expect(read.map(\.file) == [String](repeating: "-", count: hostile.count))
    #expect(Set(read.map(\.contentHash)).count == hostile.count)
  }

  @Test func repetitionsAreFoundAcrossFiles() throws {
    let files = [
      ("a.csv", "account,id\njo,1\nal,\n"), ("b.csv", "account,id,expect\nbo,1,\nAL,,\nbo,2,x\n"),
    ].map { ($0, Array($1.utf8)) }
    let mistakes = try #require(throws: RosterMistakes.self) { try text.build(files) }
    #expect(
      mistakes.mistakes.map(\.description) == [
        "b.csv:2: the id \"1\" is that of a.csv:2 already: give each row its own",
        "b.csv:3: the row orders the same as a.csv:3 (server, vault, account, auth, expect): "
          + "take one out, or give each an id",
        "b.csv:4:6: expect \"x\" is unknown: it takes allow, deny or any",
      ])
  }

  @Test func shardsPartitionTheAccounts() throws {
    var text = text
    var accounts: [String] = []
    var hashes: Set<String> = []
    for index in 1...3 {
      text.selection.shard = .init(index: index, count: 3)
      let roster = try text.build(roster(Self.lines))
      let rows = try roster.rows()
      #expect(roster.selectedCount == rows.count)
      #expect(roster.rowCount == 60)
      #expect(!rows.isEmpty)
      accounts += Set(rows.map(\.account))
      hashes.insert(roster.hash)
    }
    #expect(accounts.count == 20)
    #expect(Set(accounts).count == 20)
    #expect(hashes.count == 1)
  }

  @Test func tagsAndOtherConditionsSelect() throws {
    var text = text
    text.selection.tags = ["odd", "none"]
    #expect(try text.build(roster(Self.lines)).selectedCount == 30)
    text.selection.only = { $0.account == "user3" }
    let rows = try text.build(roster(Self.lines)).rows()
    #expect(rows.map(\.target) == [.vaultNamed("vault9"), .vaultNamed("vault11")])
    text.selection.tags = ["none"]
    let none = try text.build(roster(Self.lines))
    #expect(none.selectedCount == 0)
    #expect(none.source.groupCount == 0)
  }

  @Test func factsAreThoseOfTheWholeRoster() throws {
    let roster = try text.build([
      ("b.csv", Array("account,server,vault\njo,b.example.com,x|y\n".utf8)),
      ("a.csv", Array("account\njo\n".utf8)),
    ])
    #expect(roster.files == ["b.csv", "a.csv"])
    #expect(roster.servers == ["https://a.example.com", "https://b.example.com"])
    #expect(roster.rowCount == 3)
    #expect(try text.build("account\n").rowCount == 0)
  }

  @Test func nothingStaysInTheFolder() throws {
    let roster = try text.build(roster(Self.lines))
    // Only an empty folder can be removed.
    #expect(rmdir(text.folder.path) == 0)
    #expect(try roster.rows().count == 60)
  }

  @Test func aFolderThatCannotBeWrittenIsTold() throws {
    let error = try #require(throws: RosterError.self) {
      try RosterBuilder(text.settings, folder: text.folder.path("none"))
    }
    #expect(error.code == .spool)
    #expect(error.description.hasSuffix("No such file or directory; check the path"))
  }

  @Test func filesAreReadFromTheDisk() throws {
    try text.folder.write("staff.csv", "account\njo\n")
    var builder = try RosterBuilder(text.settings, folder: text.folder.path)
    try builder.add(path: text.folder.path("staff.csv"))
    #expect(try builder.finish().rows().map(\.account) == ["jo"])
    let error = try #require(throws: RosterError.self) {
      try builder.add(path: text.folder.path("none.csv"))
    }
    #expect(error.code == .input)
    #expect(error.description.contains("none.csv cannot be read: No such file or directory"))
  }

  @Test func arbitraryBytesNeverCrash() throws {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("account,;\t\"\n\r{}[]:\\u0|*+-e1 ".utf8) + [0, 0xC3, 0xA4, 0xFF, 0xEF, 0xBB, 0xBF]
    let starts = ["", "account,vault\n", "[{\"account\":", "{\"account\":\"jo\",", "account;id\r\n\""]
    for round in 0..<400 {
      let start = Array(starts[round % starts.count].utf8)
      let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      for format in RosterFormat.allCases + [nil] {
        do {
          _ = try text.build([("-", start + bytes)], format: format).rows()
        } catch is RosterMistakes {}
      }
    }
  }
}
