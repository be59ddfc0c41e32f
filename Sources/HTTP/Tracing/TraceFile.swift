import Glibc

/// A file of our own that nobody else may read, open for writing.
final class TraceFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Makes the file or empties it; only a regular file of this user with no other name is taken.
  init(path: String) throws(TraceError) {
    self.path = path
    guard !path.utf8.contains(0) else { throw TraceError(path, "a path cannot hold a zero byte") }
    // Not blocking, so that a pipe with nobody at its other end is refused rather than waited for.
    let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    descriptor = unsafe open(path, flags, 0o600)
    guard descriptor >= 0 else { throw TraceError(path, reason(errno)) }
    // From here on deinit closes the descriptor.
    if let refusal = refusal(descriptor) { throw TraceError(path, refusal) }
    guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else {
      throw TraceError(path, reason(errno))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Replaces all from `offset` on by `text`, or, when that fails, by `other`.
  func replaceEnd(from offset: Int, with text: String, orElse other: String) throws(TraceError) {
    guard let fault = write(text, at: offset) else { return }
    _ = write(other, at: offset)
    _ = ftruncate(descriptor, offset + Int(other.utf8.count))
    throw TraceError(path, reason(fault))
  }

  private func write(_ text: String, at offset: Int) -> Int32? {
    var bytes = Array(text.utf8)[...]
    var offset = offset
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, offset) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count < 0 ? errno : ENOSPC }
      bytes = bytes.dropFirst(count)
      offset += Int(count)
    }
    return nil
  }
}

private func reason(_ code: Int32) -> String {
  code == ELOOP ? "is a symbolic link" : unsafe String(cString: strerror(code))
}

private func refusal(_ descriptor: Int32) -> String? {
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else { return reason(errno) }
  if status.st_mode & S_IFMT != S_IFREG { return "is not a regular file" }
  if status.st_uid != geteuid() { return "belongs to another user" }
  return status.st_nlink > 1 ? "has another name too, through a hard link" : nil
}
