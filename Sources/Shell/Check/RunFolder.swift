import Glibc

/// Where a run keeps its journal and the rows of its roster: `--run-dir`, or a temporary folder that goes with the run.
/// Nobody else can read it.
final class RunFolder {
  let path: String
  private let isTemporary: Bool

  /// What happened in the run.
  var journal: String { Self.journal(in: path) }

  /// The journal of the run in a folder.
  static func journal(in path: String) -> String { "\(path)/journal.ndjson" }

  /// - Parameter path: of `--run-dir`; nil: a temporary one.
  init(_ path: String?) throws(CheckFailure) {
    isTemporary = path == nil
    if let path { self.path = path } else { self.path = try Self.temporary() }
    if let path { try Self.make(path) }
  }

  /// Removes what is not to be kept.
  func clean() {
    if isTemporary { Self.remove(path) }
  }

  /// The same, should the program have to end before.
  ///
  /// - Parameter files: to be removed too.
  func cleanAtEnd(besides files: [String] = []) {
    Watchdog.shared.atEnd { [path, isTemporary] in
      for file in files { unlink(file) }
      if isTemporary { Self.remove(path) }
    }
  }

  private static func remove(_ path: String) {
    unlink(journal(in: path))
    rmdir(path)
  }

  private static func temporary() throws(CheckFailure) -> String {
    let parent = Environment.value("TMPDIR") ?? "/tmp"
    var template = Array("\(parent)/mfsh-check-XXXXXX".utf8CString)
    // mkdtemp makes it for the user alone.
    guard mkdtemp(&template) != nil else {
      throw .configuration("no temporary folder can be made in \(parent): \(describe(errno)); set TMPDIR")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func make(_ path: String) throws(CheckFailure) {
    if mkdir(path, 0o700) == 0 { return }
    let code = errno
    var status = stat()
    guard code == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      let reason = code == EEXIST ? "it is no folder" : describe(code)
      throw .configuration("--run-dir \(path): \(reason); name a folder that can be made")
    }
    guard status.st_uid == geteuid() else {
      throw .configuration("--run-dir \(path): it belongs to somebody else; name a folder of your own")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw .configuration("--run-dir \(path): others may write it: chmod go-w \(path)")
    }
  }
}
