import Glibc
import TestSupport
import Testing

@testable import LineEditing

/// The history of a session and of those beside it.
struct StatementHistoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func history(
    profile: String? = nil, limit: Int = 100,
    redaction: @escaping StatementHistory.Redaction = { statement, _ in (statement, []) }
  ) -> StatementHistory {
    StatementHistory(
      path: folder.path("sub/history"), profile: profile, limit: limit, redaction: redaction)
  }

  @Test func statementsComeBack() throws {
    #expect(history().record("a\n\"ü\"/b") == nil)
    #expect(history().record("second") == nil)
    #expect(history().statements == ["a\n\"ü\"/b", "second"])
    let line = try #require(try folder.read("sub/history").split(separator: "\n").first)
    #expect(line.hasPrefix(#"{"s":"a\n\"ü\"/b","t":1"#))
  }

  @Test func blanksSpacesAndRepeatsAreLeftOut() {
    let history = history()
    for statement in ["a", "a", "", " b", "\n", " \tb", "c", "a"] {
      #expect(history.record(statement) == nil)
    }
    #expect(history.statements == ["c", "a"])
    #expect(self.history().statements == ["c", "a"])
  }

  @Test func onlyASpaceKeepsAStatementOut() {
    let history = history()
    for statement in ["\ta", "\u{A0}b", " c"] { _ = history.record(statement) }
    #expect(history.statements == ["\ta", "\u{A0}b"])
    #expect(StatementHistory.isKeptOut(" c") && !StatementHistory.isKeptOut("\tc"))
  }

  @Test func sessionsSideBySideSeeEachOthersStatements() {
    let (mine, other) = (history(), history())
    _ = mine.record("mine 1")
    _ = other.record("other 1")
    #expect(mine.statements == ["other 1", "mine 1"])
    _ = other.record("other 2")
    _ = other.record("mine 1")
    _ = mine.record("mine 2")
    #expect(mine.statements == ["other 1", "other 2", "mine 1", "mine 2"])
    #expect(other.statements == ["mine 2", "other 1", "other 2", "mine 1"])
  }

  @Test func aProfileHasItsOwnStatements() throws {
    _ = history().record("none")
    _ = history(profile: "prod").record("prod")
    _ = history(profile: "test").record("test")
    #expect(history(profile: "prod").statements == ["prod"])
    #expect(history().statements == ["none"])
    #expect(try folder.read("sub/history").contains(#"{"p":"prod","s":"prod","t":"#))
  }

  @Test func entriesWithoutProfileAreReadAsEver() throws {
    mkdir(folder.path("sub"), 0o700)
    try folder.write("sub/history", "{\"t\":1,\"s\":\"one\"}\n{\"t\":2,\"s\":\"two\"}\n")
    #expect(history().statements == ["one", "two"])
    #expect(history(profile: "prod").statements == [])
  }

  @Test func onlyTheNewestAreRead() {
    let history = history()
    for number in 1...10 { _ = history.record("s\(number)") }
    #expect(self.history(limit: 3).statements == ["s8", "s9", "s10"])
    for number in 11...15 { _ = history.record("s\(number)") }
    #expect(self.history(limit: 3).statements == ["s13", "s14", "s15"])
  }

  @Test func whatIsKeptIsRedacted() throws {
    let history = history { statement, _ in (statement.replacing("x1", with: "?"), []) }
    _ = history.record("p(x1)")
    #expect(history.statements == ["p(?)"])
    #expect(try folder.read("sub/history").contains("p(?)"))
    #expect(history.recalled("x1") == "?")
  }

  /// `name = x1` gives a secret to a name once `login(name)` was seen; `name = other` hands the secrecy on.
  private static func flow(_ statement: String, _ names: Set<String>) -> (kept: String, names: Set<String>) {
    if statement.hasPrefix("login("), let name = statement.dropFirst(6).split(separator: ")").first {
      return (statement, [String(name)])
    }
    let sides = statement.split(separator: " = ").map(String.init)
    guard sides.count == 2, names.contains(sides[0]) else { return (statement, []) }
    return sides[1].hasPrefix("x") ? ("\(sides[0]) = ?", []) : (statement, [sides[1]])
  }

  @Test func whatTurnsOutToBeASecretIsRewritten() throws {
    let (history, beside) = (history(redaction: Self.flow), history())
    for statement in ["a = x1", "c = x2", "b = a"] { #expect(history.record(statement) == nil) }
    _ = beside.record("beside")
    #expect(beside.statements.contains("a = x1"))
    #expect(history.record("login(b)") == nil)
    #expect(history.statements == ["beside", "a = ?", "c = x2", "b = a", "login(b)"])
    let text = try folder.read("sub/history")
    #expect(!text.contains("x1") && text.contains("a = ?") && text.contains("x2"))
    #expect(beside.statements == ["a = ?", "c = x2", "b = a", "login(b)", "beside"])
    #expect(history.recalled("a = x5") == "a = ?")
  }

  @Test func aSpaceKeepsALineOutButNotWhatItTells() throws {
    let history = history { statement, names in
      if statement == " login" { return (statement, ["a"]) }
      return (names.contains("a") ? "a = ?" : statement, [])
    }
    _ = history.record("a = x1")
    #expect(history.record(" login") == nil)
    #expect(history.statements == ["a = ?"])
    #expect(try !folder.read("sub/history").contains("x1"))
  }

  @Test func aStatementTooLongIsSaidOnce() throws {
    let history = history()
    let long = String(repeating: "x", count: 2 << 20)
    #expect(history.record(long) == "history: a statement of more than 1 MiB is not kept")
    #expect(history.record(long) == nil)
    #expect(history.record("next") == nil)
    #expect(history.statements == ["next"])
    #expect(try folder.read("sub/history").utf8.count < 100)
  }
}
