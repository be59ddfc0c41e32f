import Glibc

/// Why a journal cannot be read or written.
package struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable {
    /// The disk is full, or a file cannot be opened, read or written.
    case file
    /// Another run writes the journal.
    case locked
    /// There is a run already where a new one is to be written.
    case exists
    /// The file is no journal, or what stands in it is damaged.
    case damaged
    /// Runs that do not belong together.
    case mismatch
  }

  package let code: Code
  /// One line for people that says what to do next.
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}

extension JournalError {
  /// What a system call answered.
  static func file(_ path: String, _ number: Int32) -> JournalError {
    let remedy =
      switch number {
      case ENOSPC, EDQUOT, EFBIG: "; nothing that was written is lost: make room, then go on with --resume"
      case ELOOP: "; name the file itself"
      default: "; check the path"
      }
    let reason = number == ELOOP ? "it is a symbolic link" : String(cString: strerror(number))
    return JournalError(.file, "the journal \(path) cannot be used: \(reason)\(remedy)")
  }

  static func damaged(_ path: String, line: Int) -> JournalError {
    JournalError(
      .damaged, "the journal \(path) is damaged in line \(line): take it from a copy, or run the check again")
  }

  static func noJournal(_ path: String) -> JournalError {
    JournalError(.damaged, "\(path) is no journal of a check: name the folder of a run")
  }

  static func mismatch(_ description: String) -> JournalError { JournalError(.mismatch, description) }
}
