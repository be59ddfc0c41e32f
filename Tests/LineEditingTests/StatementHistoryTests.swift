import Glibc
import LineEditing
import TestSupport
import Testing

/// The history and its file.
struct StatementHistoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func history(limit: Int = 100, redact: @escaping (String) -> String? = { $0 }) -> StatementHistory {
    StatementHistory(path: folder.path("sub/history"), limit: limit, redact: redact)
  }

  @Test func statementsComeBack() throws {
    #expect(history().record("a\n\"ü\"/b") == nil)
    #expect(history().record("second") == nil)
    #expect(history().statements == ["a\n\"ü\"/b", "second"])
    let line = try #require(try folder.read("sub/history").split(separator: "\n").first)
    #expect(line.hasPrefix(#"{"s":"a\n\"ü\"/b","t":1"#))
  }

  @Test func theFileIsPrivate() throws {
    _ = history().record("x")
    var status = stat()
    #expect(stat(folder.path("sub/history"), &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func repeatsBlanksAndSpacesAreLeftOut() {
    let history = history()
    for statement in ["a", "a", "", " b", "\n", "c", "a"] { #expect(history.record(statement) == nil) }
    #expect(history.statements == ["a", "c", "a"])
    #expect(self.history().statements == ["a", "c", "a"])
  }

  @Test func brokenLinesAreSkippedAndTornOnesEnded() throws {
    mkdir(folder.path("sub"), 0o700)
    try folder.write("sub/history", "{\"t\":1,\"s\":\"one\"}\nnonsense\n{\"t\":\n{\"t\":2,\"s\":\"tw")
    #expect(history().record("three") == nil)
    #expect(history().statements == ["one", "three"])
  }

  @Test func onlyTheNewestAreRead() {
    let history = history()
    for number in 1...10 { _ = history.record("s\(number)") }
    #expect(self.history(limit: 3).statements == ["s8", "s9", "s10"])
  }

  @Test func redactionDecidesWhatIsKept() throws {
    let history = history { $0 == "no" ? nil : $0 + "!" }
    _ = history.record("no")
    _ = history.record("yes")
    #expect(history.statements == ["yes!"])
    #expect(try folder.read("sub/history").contains("yes!"))
  }

  @Test func problemsAreMessages() throws {
    mkdir(folder.path("sub"), 0o700)
    symlink("/dev/null", folder.path("sub/history"))
    #expect(history().record("x")?.contains("cannot write") == true)
    unlink(folder.path("sub/history"))
    mkfifo(folder.path("sub/history"), 0o600)
    #expect(history().record("x")?.contains("not a regular file") == true)
    #expect(history().statements == [])
  }

  @Test func aLockHeldForLongIsAMessage() throws {
    _ = history().record("x")
    let other = open(folder.path("sub/history"), O_RDWR | O_CLOEXEC)
    defer { close(other) }
    #expect(flock(other, LOCK_EX) == 0)
    #expect(history().record("y") != nil)
  }
}
