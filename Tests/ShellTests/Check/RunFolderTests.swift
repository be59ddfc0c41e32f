import Glibc
import TestSupport
import Testing

@testable import Shell

@Suite struct RunFolderTests {
  private let home: TemporaryFolder
  init() throws { home = try TemporaryFolder() }

  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  private func complaint(_ path: String) -> String? {
    do throws(CheckFailure) {
      _ = try RunFolder(path)
      return nil
    } catch {
      #expect(error.status == .configuration)
      return error.description
    }
  }

  @Test func `a named folder is made for the user alone, and stays`() throws {
    let folder = try RunFolder(home.path("run"))
    #expect(mode(folder.path) == 0o700)
    try home.write("run/journal.ndjson", "x")
    folder.clean()
    #expect(access(folder.journal, F_OK) == 0 && complaint(folder.path) == nil)
  }

  @Test func `a temporary folder goes with the run`() throws {
    let folder = try RunFolder(nil)
    #expect(mode(folder.path) == 0o700)
    let file = open(folder.journal, O_WRONLY | O_CREAT, 0o600)
    close(file)
    folder.clean()
    #expect(access(folder.path, F_OK) != 0)
  }

  @Test func `what others may write, and what is no folder, is not used`() throws {
    let open = home.path("open")
    mkdir(open, 0o700)
    chmod(open, 0o777)
    #expect(complaint(open) == "--run-dir \(open): others may write it: chmod go-w \(open)")
    let file = try home.write("file", "")
    #expect(complaint(file) == "--run-dir \(file): it is no folder; name a folder that can be made")
    #expect(
      complaint("/nonexistent/run")
        == "--run-dir /nonexistent/run: No such file or directory; name a folder that can be made")
  }
}

@Suite struct ReportFileTests {
  private let home: TemporaryFolder
  init() throws { home = try TemporaryFolder() }

  @Test func `a report takes its place when it is whole`() throws {
    let path = try home.write("r.xml", "before", mode: 0o600)
    let file = try ReportFile(path)
    try file.write("new".utf8)
    #expect(try home.read("r.xml") == "before")
    try file.finish()
    #expect(try home.read("r.xml") == "new")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func `one that is given up leaves what was there, and nothing beside it`() throws {
    try home.write("r.xml", "before")
    do {
      let file = try ReportFile(home.path("r.xml"))
      try file.write("new".utf8)
    }
    #expect(try home.read("r.xml") == "before")
    let files = try ChildProcess.run(["ls", home.path]).output
    #expect(files == "r.xml\n")
  }

  @Test func `a name that is too long is told before anything is written`() throws {
    let path = home.path(String(repeating: "x", count: 300))
    let failure = #expect(throws: CheckFailure.self) { try ReportFile(path) }
    #expect(
      failure?.description == "the report \(path) cannot be written: File name too long; check the path")
    let longest = try ReportFile(home.path(String(repeating: "y", count: 255)))
    try longest.finish()
    #expect(try ChildProcess.run(["ls", "-A", home.path]).output.utf8.count == 256)
  }

  @Test func `a place that cannot be written is told at once, a full disk when it is noticed`() throws {
    let missing = #expect(throws: CheckFailure.self) { try ReportFile("/nonexistent/r.xml") }
    #expect(
      missing?.description
        == "the report /nonexistent/r.xml cannot be written: No such file or directory; check the path")
    #expect(missing?.status == .configuration)
    symlink("elsewhere", home.path("link"))
    let link = #expect(throws: CheckFailure.self) { try ReportFile(home.path("link")) }
    #expect(link?.description == "the report \(home.path("link")) is a link; name the file itself")
    let full = #expect(throws: CheckFailure.self) {
      let file = try ReportFile("/dev/full")
      try file.write("x".utf8)
      try file.finish()
    }
    #expect(
      full?.description == "the report /dev/full cannot be written: No space left on device; check the path")
    #expect(full?.status == .internalError)
  }
}
