import Glibc

/// Why the history's file cannot be written.
struct HistoryFailure: Error {
  /// One line for people.
  let message: String

  /// What a system call answered.
  init(_ path: String, _ code: Int32) {
    let reason =
      switch code {
      case ELOOP: "it is a link"
      case EWOULDBLOCK: "another program holds its lock"
      default: unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
      }
    self.init(path, because: reason)
  }

  init(_ path: String, because reason: String) {
    message = "history: cannot write \(path): \(reason); until that is mended, only this prompt remembers"
  }
}
