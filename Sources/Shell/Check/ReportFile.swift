import Glibc

/// A report on its way to its place. It is written beside it and moved there when it is whole; what is no regular file,
/// such as a pipe, is written directly. Never through a link, and readable by the user alone.
final class ReportFile {
  let path: String
  /// Where it is until then; nil: it is written directly.
  let temporary: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Proves that it can be written.
  ///
  /// - Throws: `CheckFailure` that names the path and the reason.
  init(_ path: String) throws(CheckFailure) {
    self.path = path
    var status = stat()
    let exists = lstat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFLNK {
      throw .configuration("the report \(path) is a link; name the file itself")
    }
    let code: Int32
    if exists, status.st_mode & S_IFMT != S_IFREG {
      temporary = nil
      descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
      code = errno
      if descriptor >= 0 { _ = fcntl(descriptor, F_SETFL, 0) }
    } else {
      let place = "\(path).\(getpid()).part"
      temporary = place
      descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      code = errno
    }
    guard descriptor >= 0 else { throw Self.failure(path, code) }
    guard temporary == nil || !exists || access(path, W_OK) == 0 else { throw Self.failure(path, errno) }
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
    guard let temporary else { return close() }
    // Some file systems tell only now that they are full.
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw .failed(Self.words(path, errno)) }
    close()
  }

  /// Leaves what was there before.
  func discard() {
    guard descriptor >= 0 else { return }
    close()
    if let temporary { unlink(temporary) }
  }

  private func close() {
    Glibc.close(descriptor)
    descriptor = -1
  }

  private func flush() throws(CheckFailure) {
    var start = 0
    while start < buffer.count {
      let count = buffer[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .failed(Self.words(path, errno)) }
      start += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String, _ code: Int32) -> CheckFailure {
    .configuration(words(path, code))
  }

  private static func words(_ path: String, _ code: Int32) -> String {
    "the report \(path) cannot be written: \(describe(code)); check the path"
  }
}
