import Glibc
import TestSupport
import Testing

@testable import LineEditing

/// The file of the history, and what may be wrong with it.
struct HistoryFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("sub/history") }

  init() throws {
    folder = try TemporaryFolder()
    mkdir(folder.path("sub"), 0o700)
  }

  private func history() -> StatementHistory { StatementHistory(path: path) }

  private func mode() -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func itIsPrivate() throws {
    #expect(history().record("x") == nil)
    #expect(mode() == 0o600)
    try folder.write("sub/history", "{\"t\":1,\"s\":\"one\"}\n")
    chmod(path, 0o644)
    #expect(history().record("y") == nil)
    #expect(mode() == 0o600)
    #expect(history().statements == ["one", "y"])
  }

  @Test func tornLinesGo() throws {
    try folder.write("sub/history", "{\"t\":1,\"s\":\"one\"}\n{\"t\":2,\"s\":\"tw")
    let history = history()
    #expect(history.statements == ["one"])
    #expect(history.record("three") == nil)
    #expect(history.statements == ["one", "three"])
    #expect(try !folder.read("sub/history").contains("tw"))
  }

  @Test func anEntryThatLacksItsEndStays() throws {
    try folder.write("sub/history", "{\"t\":1,\"s\":\"one\"}")
    #expect(history().record("two") == nil)
    #expect(history().statements == ["one", "two"])
  }

  @Test func brokenLinesArePassedOverAndSaidOnce() throws {
    try folder.write(
      "sub/history", "{\"t\":1,\"s\":\"one\"}\nnonsense\n{\"t\":\n\u{1}\u{0}\u{2}\n{\"t\":1,\"s\":\"two\"}\n")
    let history = history()
    let problem = "history: \(path) has lines that are no statements; they are passed over"
    #expect(history.record("three") == problem)
    #expect(history.record("four") == nil)
    #expect(history.statements == ["one", "two", "three", "four"])
  }

  @Test func aLineOf100MegabytesIsPassedOver() throws {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    #expect(ftruncate(file, 100 << 20) == 0)
    close(file)
    let history = history()
    #expect(history.statements == [])
    #expect(history.record("one") == nil)
    #expect(history.record("two") == nil)
    #expect(self.history().statements == ["one", "two"])
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_size < 1000)
  }

  @Test func itStaysBounded() throws {
    let file = HistoryFile(path: path, home: nil, limit: 10_000)
    for number in 1...1_000 {
      try file.append([HistoryEntry(time: Int64(number), statement: "statement \(number)")])
    }
    let text = try folder.read("sub/history")
    #expect(text.utf8.count <= 10_000 && text.utf8.count > 4_000)
    let statements = history().statements
    #expect(statements.last == "statement 1000" && statements.count > 50)
    let numbers = statements.compactMap { Int($0.split(separator: " ")[1]) }
    #expect(numbers == Array((1_001 - numbers.count)...1_000))
    #expect(mode() == 0o600)
  }

  @Test(arguments: ["link", "pipe", "folder"]) func whatIsNoFileIsSaidOnce(kind: String) {
    switch kind {
    case "link": symlink("/dev/null", path)
    case "pipe": mkfifo(path, 0o600)
    default: mkdir(path, 0o700)
    }
    let reason = ["link": "it is a link", "pipe": "it is not a regular file", "folder": "Is a directory"]
    let history = history()
    #expect(
      history.record("x")
        == "history: cannot write \(path): \(reason[kind]!); until that is mended, only this prompt remembers"
    )
    #expect(history.record("y") == nil)
    #expect(history.statements == ["x", "y"])
  }

  @Test func whatCouldNotBeWrittenIsWrittenLater() {
    mkdir(path, 0o700)
    let history = history()
    #expect(history.record("x") != nil)
    #expect(history.record("y") == nil)
    rmdir(path)
    #expect(history.record("z") == nil)
    #expect(self.history().statements == ["x", "y", "z"])
  }

  @Test func aHomeThatDoesNotExistIsNotMade() {
    let home = folder.path("nobody")
    let history = StatementHistory(path: "\(home)/.local/state/history", home: home)
    #expect(history.record("x")?.contains("No such file or directory") == true)
    #expect(history.record("y") == nil)
    #expect(history.statements == ["x", "y"])
    #expect(access(home, F_OK) != 0)
    mkdir(home, 0o700)
    #expect(history.record("z") == nil)
    #expect(StatementHistory(path: "\(home)/.local/state/history").statements == ["x", "y", "z"])
  }

  @Test func aLockHeldForLongIsAMessage() throws {
    _ = history().record("x")
    let other = open(path, O_RDWR | O_CLOEXEC)
    #expect(flock(other, LOCK_EX) == 0)
    let history = history()
    #expect(history.record("y")?.contains("another program holds its lock") == true)
    close(other)
    #expect(history.record("z") == nil)
    #expect(self.history().statements == ["x", "y", "z"])
  }

  /// The lock's holder puts another file in place; who waited for the old one's lock must not write there.
  @Test func aFileThatWasReplacedIsNotWritten() throws {
    let files = (0..<4).map { _ in HistoryFile(path: path, home: nil, limit: 2_000) }
    for number in 1...400 {
      try files[number % 4].append([HistoryEntry(time: Int64(number), statement: "s\(number)")])
    }
    #expect(history().statements.last == "s400")
  }

  @Test func aLeftOverTemporaryFileIsReplaced() throws {
    try folder.write("sub/history.new", "half")
    let file = HistoryFile(path: path, home: nil)
    let (before, after) = (
      HistoryEntry(time: 1, statement: "a = x1"), HistoryEntry(time: 1, statement: "a = ?")
    )
    try file.append([before])
    try file.append([], replacing: [before: after])
    #expect(history().statements == ["a = ?"])
    #expect(access(folder.path("sub/history.new"), F_OK) != 0)
  }

  /// No other file can be made beside it, as on a full disk: the secret goes all the same.
  @Test func aSecretGoesWhereItStandsWhenNoFileCanBeMade() throws {
    mkdir(folder.path("sub/history.new"), 0o700)
    let file = HistoryFile(path: path, home: nil)
    let entries = ["first", "a = x1", "last"].map { HistoryEntry(time: 1, statement: $0) }
    try file.append(entries)
    try file.append([], replacing: [entries[1]: HistoryEntry(time: 1, statement: "a = ?")])
    #expect(try !folder.read("sub/history").contains("x1"))
    let history = history()
    #expect(history.statements == ["first", "last", "a = ?"])
    #expect(history.record("more") == nil)
  }
}
