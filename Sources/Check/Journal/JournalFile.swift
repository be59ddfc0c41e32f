import Glibc
import HTTP

/// The open file of a journal: a regular file that only its owner can read, never reached through a link.
final class JournalFile: Sendable {
  let path: String
  private let descriptor: Int32

  /// - Parameter flags: besides those that keep links and other programs away.
  init(_ path: String, _ flags: Int32) throws(JournalError) {
    self.path = path
    guard !path.utf8.contains(0) else { throw .file(path, EINVAL) }
    descriptor = open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    guard descriptor >= 0 else { throw .file(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw JournalError(.file, "the journal \(path) is no regular file: choose another folder for the run")
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    // A child that was forked a moment ago still holds the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Keeps other runs away until this value goes.
  func lock() throws(JournalError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw JournalError(
        .locked, "another run is writing \(path): wait for its end, or choose another folder for the run")
    }
  }

  /// Bytes.
  func size() throws(JournalError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .file(path, errno) }
    return Int(status.st_size)
  }

  /// Up to `count` bytes from `offset`; fewer at the file's end.
  func read(_ count: Int, at offset: Int) throws(JournalError) -> [UInt8] {
    let (bytes, fault) = WholeTransfer.read(count, at: offset, from: descriptor)
    if let fault { throw .file(path, fault) }
    return bytes
  }

  /// Appends at `end`, all or nothing, in one system call where the disk allows it.
  func append(_ bytes: [UInt8], at end: Int) throws(JournalError) {
    guard let fault = WholeTransfer.write(bytes, to: descriptor) else { return }
    // Should this fail too, a reader drops the torn line.
    _ = ftruncate(descriptor, off_t(end))
    throw .file(path, fault)
  }

  func truncate(to size: Int) throws(JournalError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw .file(path, errno) }
  }

  /// Waits until the disk has it.
  func synchronize() throws(JournalError) {
    guard fdatasync(descriptor) == 0 || errno == EINVAL else { throw .file(path, errno) }
  }
}
