import Glibc
import HTTP

/// A report on its way to its place. It is written without a name, or beside its place where the file system wants one,
/// and put there when it is whole; what is no regular file, such as a pipe, is written directly. Never through a link,
/// and readable by the user alone.
final class ReportFile {
  /// Where the bytes go until the report is whole.
  private enum Draft {
    /// There is none: they go to the report's place.
    case none
    /// To a file that goes with the process, however this ends.
    case unnamed
    case named(String)
  }

  let path: String
  private let draft: Draft
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// What stays behind unless it is finished or discarded; nil: nothing.
  var leftover: String? {
    if case .named(let name) = draft { name } else { nil }
  }

  /// Proves that it can be written.
  ///
  /// - Throws: `CheckFailure` that names the path and the reason.
  init(_ path: String) throws(CheckFailure) {
    self.path = path
    var status = stat()
    let code = lstat(path, &status) == 0 ? 0 : errno
    guard code == 0 || code == ENOENT else { throw Self.failure(path, code) }
    if code == 0, status.st_mode & S_IFMT == S_IFLNK {
      throw .configuration("the report \(path) is a link; name the file itself")
    }
    if code == 0, status.st_mode & S_IFMT != S_IFREG {
      (draft, descriptor) = (.none, try Self.direct(path))
    } else {
      (draft, descriptor) = try Self.draft(of: path)
    }
    guard code != 0 || access(path, W_OK) == 0 else { throw Self.failure(path, errno) }
  }

  /// A pipe that nobody reads is refused rather than waited for.
  private static func direct(_ path: String) throws(CheckFailure) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, errno) }
    _ = fcntl(descriptor, F_SETFL, 0)
    return descriptor
  }

  private static func draft(of path: String) throws(CheckFailure) -> (Draft, Int32) {
    let unnamed = open(SameFile.folder(of: path), unnamedFile | O_RDWR | O_CLOEXEC, 0o600)
    if unnamed >= 0 {
      if access(processPath(unnamed), F_OK) == 0 { return (.unnamed, unnamed) }
      Glibc.close(unnamed)
    }
    let name = name(beside: path)
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    return (.named(name), descriptor)
  }

  /// O_TMPFILE, which Swift does not import.
  private static let unnamedFile: Int32 = 0o20000000 | O_DIRECTORY

  /// What a file without a name is called.
  private static func processPath(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  private static func name(beside path: String) -> String {
    "\(SameFile.folder(of: path))/.mfsh-\(UInt64.random(in: 0 ... .max)).part"
  }

  deinit { discard() }

  /// - Throws: `CheckFailure`: the disk is full, or fails.
  func write(_ bytes: some Sequence<UInt8>) throws(CheckFailure) {
    buffer += bytes
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Puts it into its place.
  func finish() throws(CheckFailure) {
    try flush()
    if case .none = draft { return close() }
    // Some file systems tell only now that they are full.
    guard fsync(descriptor) == 0, putInPlace() else { throw .failed(Self.words(path, errno)) }
    close()
  }

  /// False: `errno` says why.
  private func putInPlace() -> Bool {
    if case .named(let name) = draft { return rename(name, path) == 0 }
    if link(to: path) { return true }
    let name = Self.name(beside: path)
    // Some file systems make files without a name and never name them.
    guard link(to: name) || copy(to: name) else { return false }
    return rename(name, path) == 0 || remove(name)
  }

  private func link(to name: String) -> Bool {
    linkat(AT_FDCWD, Self.processPath(descriptor), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  private func copy(to name: String) -> Bool {
    let copy = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard copy >= 0 else { return false }
    defer { Glibc.close(copy) }
    var offset = 0
    while true {
      let (bytes, fault) = WholeTransfer.read(1 << 16, at: offset, from: descriptor)
      if let fault = fault ?? WholeTransfer.write(bytes, to: copy) {
        errno = fault
        return remove(name)
      }
      if bytes.isEmpty { return fsync(copy) == 0 || remove(name) }
      offset += bytes.count
    }
  }

  /// Leaves `errno` as it is. Always false.
  private func remove(_ name: String) -> Bool {
    let code = errno
    unlink(name)
    errno = code
    return false
  }

  /// Leaves what was there before.
  func discard() {
    guard descriptor >= 0 else { return }
    close()
    if let leftover { unlink(leftover) }
  }

  private func close() {
    Glibc.close(descriptor)
    descriptor = -1
  }

  private func flush() throws(CheckFailure) {
    if let fault = WholeTransfer.write(buffer, to: descriptor) { throw .failed(Self.words(path, fault)) }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String, _ code: Int32) -> CheckFailure {
    .configuration(words(path, code))
  }

  private static func words(_ path: String, _ code: Int32) -> String {
    "the report \(path) cannot be written: \(describe(code)); check the path"
  }
}
