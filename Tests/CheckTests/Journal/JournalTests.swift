import Check
import Glibc
import MFWS
import TestSupport
import Testing

@Suite struct JournalTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("journal.ndjson") }

  init() throws { folder = try TemporaryFolder() }

  @Test func bringsBackWhatWasWritten() throws {
    let sample = SampleRun()
    let journal = try sample.journal(in: folder)
    #expect(try (0..<journal.count).map { try journal.result(at: $0) } == sample.results)
    #expect(journal.run == sample.run)
    #expect(journal.servers == [SampleRun.other, SampleRun.server])
    #expect(journal.summary.requests == 9)
    #expect(journal.summary.seconds == 12.5)
    #expect(journal.summary.ending == .complete)
    #expect(
      RowResult.Status.allCases.map { journal.summary[$0] } == [2, 3, 2, 1, 1, 1])
  }

  @Test func keepsEveryKindOfText() throws {
    let results = HostileText.all.enumerated().map { index, text in
      var result = SampleRun.missingVault("\(index) \(text)", text)
      result.message = text
      result.domain = text
      result.meta = [text: text]
      result.actual = [text: .object([text: [.string(text), nil, true, -7, 1.5]])]
      result.findings = [.init(text, .unknown, expected: nil, actual: .string(text), missing: [text])]
      return result
    }
    let journal = try SampleRun(results).journal(in: folder)
    let read = try (0..<journal.count).map { try journal.result(at: $0) }
    #expect(Set(read) == Set(results))
    let bytes = try folder.read("journal.ndjson").unicodeScalars
    #expect(!bytes.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x1B || $0 == "\u{202E}" })
  }

  @Test func isTheOwnersOnly() throws {
    _ = try SampleRun().journal(in: folder)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func isNotWrittenThroughALink() throws {
    try folder.write("target", "")
    #expect(symlink(folder.path("target"), path) == 0)
    let error = #expect(throws: JournalError.self) {
      try JournalWriter(beginning: path, SampleRun().run)
    }
    #expect(
      error?.description
        == "the journal \(path) cannot be used: it is a symbolic link; name the file itself")
    #expect(try folder.read("target").isEmpty)
  }

  @Test func isNotWrittenOverAnotherRun() throws {
    _ = try SampleRun().journal(in: folder)
    let error = #expect(throws: JournalError.self) {
      try JournalWriter(beginning: path, SampleRun().run)
    }
    #expect(error?.code == .exists)
  }

  @Test func hasOneWriterAtATime() throws {
    let writer = try JournalWriter(beginning: path, SampleRun().run)
    let error = #expect(throws: JournalError.self) { try JournalWriter(resuming: path, SampleRun().run) }
    #expect(error?.code == .locked)
    try writer.append(SampleRun.passed("1", "anna"))
    #expect(try Journal(path).count == 1)
  }

  @Test func saysThatAFileIsNoJournal() throws {
    try folder.write("journal.ndjson", "id,account\n1,anna\n")
    let error = #expect(throws: JournalError.self) { try Journal(path) }
    #expect(
      error?.description
        == "\(path) is no journal of a check: name the folder of a run")
    try folder.write("empty", "")
    #expect(
      throws: JournalError(
        .damaged, "\(folder.path("empty")) is no journal of a check: name the folder of a run")
    ) { try Journal(folder.path("empty")) }
  }

  // MARK: - Killed

  /// Wherever the program was killed, all whole records count and the run can go on.
  @Test func losesNothingButATornLine() throws {
    let sample = SampleRun([SampleRun.passed("1", "anna"), SampleRun.passed("2", "ben")])
    _ = try sample.journal(in: folder)
    let text = try folder.read("journal.ndjson")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let wholeStart = lines[0].utf8.count + 1
    let secondStart = wholeStart + lines[1].utf8.count + 1
    for cut in [secondStart, secondStart + 1, secondStart + 40, secondStart + lines[2].utf8.count] {
      try folder.write("journal.ndjson", String(decoding: Array(text.utf8.prefix(cut)), as: UTF8.self))
      let killed = try Journal(path)
      #expect(killed.count == 1)
      #expect(killed.summary.ending == .interrupted)
      let writer = try JournalWriter(resuming: path, sample.run)
      try writer.append(sample.results[1])
      try writer.finish(RunSummary())
      let resumed = try Journal(path)
      #expect(try (0..<resumed.count).map { try resumed.result(at: $0) } == sample.results)
      #expect(resumed.summary.ending == .complete)
    }
  }

  @Test func beginsAnewWhereOnlyATornLineIs() throws {
    try folder.write("journal.ndjson", "{\"type\":\"ru")
    let writer = try JournalWriter(resuming: path, SampleRun().run)
    try writer.append(SampleRun.passed("1", "anna"))
    #expect(try Journal(path).count == 1)
  }

  @Test func countsTheLastOfSeveralResults() throws {
    var first = SampleRun([SampleRun.notRun("1", "anna"), SampleRun.passed("2", "ben")])
    first.summary.ending = .interrupted
    first.summary.seconds = 2
    _ = try first.journal(in: folder)
    var later = first.run
    later.started = "2027-01-01T00:00:00.000Z"
    later.serverTimes = [SampleRun.server: "Thu"]
    let writer = try JournalWriter(resuming: path, later)
    try writer.append(SampleRun.passed("1", "anna"))
    var summary = RunSummary()
    summary.seconds = 3
    try writer.finish(summary)
    let journal = try Journal(path)
    #expect(journal.count == 2)
    #expect(journal.summary[.pass] == 2 && journal.summary[.notRun] == 0)
    #expect(journal.summary.ending == .complete)
    #expect(journal.summary.seconds == 5)
    #expect(journal.run.started == first.run.started)
    #expect(journal.run.serverTimes == later.serverTimes)
  }

  @Test func forgetsRowsThatTheRosterNoLongerHas() throws {
    let sample = SampleRun(["1", "2", "3"].map { SampleRun.passed($0, "anna") })
    _ = try sample.journal(in: folder)
    var edited = sample.run
    edited.rosterHash = "other"
    let writer = try JournalWriter(resuming: path, edited)
    try writer.keep(id: "1")
    try writer.append(SampleRun.missingVault("3", "anna"))
    try writer.finish(RunSummary())
    let journal = try Journal(path)
    #expect(try (0..<journal.count).map { try journal.result(at: $0).id } == ["1", "3"])
    #expect(journal.summary[.diff] == 1)
  }

  // MARK: - Full disks

  /// In a child process, since the limit is the process's own.
  @Test func tellsAtOnceThatTheDiskIsFull() async throws {
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      let writer = try JournalWriter(beginning: path, SampleRun().run)
      try writer.append(SampleRun.passed("1", "anna"))
      let whole = try JournalTests.size(path)
      var limit = rlimit(rlim_cur: rlim_t(whole + 100), rlim_max: rlim_t(whole + 100))
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
      for _ in 0..<2 {
        do {
          try writer.append(SampleRun.passed("2", "ben"))
          exit(2)
        } catch let error as JournalError {
          guard error.code == .file, error.description.contains("File too large"),
            error.description.contains("--resume")
          else { exit(3) }
        }
      }
      guard try JournalTests.size(path) == whole else { exit(4) }
      exit(7)
    }
    #expect(try Journal(path).count == 1)
  }

  static func size(_ path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SupportError("no \(path)") }
    return Int(status.st_size)
  }
}
