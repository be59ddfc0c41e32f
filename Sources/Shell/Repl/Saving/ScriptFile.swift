import Glibc
import HTTP

/// A script of the user's own: only they can read and run it, and it is never written through a link.
struct ScriptFile {
  let path: String

  /// - Parameter name: `~` and `~/` are the home folder.
  init(_ name: String) {
    let home = Environment.value("HOME")
    path = name == "~" || name.hasPrefix("~/") ? home.map { $0 + name.dropFirst() } ?? name : name
  }

  /// - Parameter replaces: a regular file of that name is replaced as a whole.
  /// - Throws: `UsageError` with the reason and the remedy.
  func write(_ text: String, replaces: Bool) throws(UsageError) {
    guard !path.utf8.contains(0), !path.isEmpty else { throw UsageError("a file's name is missing") }
    guard replaces, let kind = kind() else { return try make(path, text) }
    guard kind == S_IFREG else { throw UsageError("\(path) is no regular file: choose another name") }
    let draft = "\(path).\(getpid()).new"
    try make(draft, text)
    guard rename(draft, path) == 0 else {
      let reason = describe(errno)
      unlink(draft)
      throw failure(reason)
    }
  }

  /// The type of what has the name already; nil: nothing has.
  private func kind() -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private func make(_ path: String, _ text: String) throws(UsageError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o700)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw UsageError(
          "\(self.path) is there already: \\save! \(self.path) replaces it, or choose another name")
      }
      throw failure(describe(errno))
    }
    defer { close(descriptor) }
    guard let fault = WholeTransfer.write(Array(text.utf8), to: descriptor) else { return }
    unlink(path)
    throw failure(describe(fault))
  }

  private func failure(_ reason: String) -> UsageError {
    UsageError("cannot write \(path): \(reason); choose another place")
  }
}
