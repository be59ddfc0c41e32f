import Glibc

/// The statements typed at earlier prompts and this one, oldest first, and the file that keeps them.
///
/// A statement is written before it runs, so that one that brings the program down is there too. Nothing here ever
/// fails a prompt: what goes wrong comes back as a message of one line.
package final class StatementHistory {
  private let file: HistoryFile?
  private let limit: Int
  private let redact: (String) -> String?
  private lazy var earlier = file?.entries(limit: limit).map(\.statement) ?? []
  private var added: [String] = []

  /// - Parameters:
  ///   - path: the file, made with its folders when the first statement is written; nil keeps nothing.
  ///   - limit: how many statements are read back.
  ///   - redact: what is stored for a statement; nil keeps it out.
  package init(path: String?, limit: Int = 10_000, redact: @escaping (String) -> String? = { $0 }) {
    file = path.map { HistoryFile($0) }
    self.limit = limit
    self.redact = redact
  }

  /// All statements, adjacent duplicates once. The file is read on first use.
  package var statements: [String] {
    (earlier + added).reduce(into: []) { result, next in
      if result.last != next { result.append(next) }
    }
  }

  /// What of a statement may be shown again; the file may stem from when less was redacted.
  package func recalled(_ statement: String) -> String? { redact(statement) }

  /// Adds a statement, in memory and in the file.
  ///
  /// One that begins with a space, is blank or repeats the last one is left out.
  /// - Returns: why the file could not be written, if so.
  package func record(_ statement: String) -> String? {
    guard statement.first?.isWhitespace == false, let stored = redact(statement), stored != added.last
    else {
      return nil
    }
    added.append(stored)
    return file?.append(HistoryEntry(time: Int64(time(nil)), statement: stored))
  }
}
