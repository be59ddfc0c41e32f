import Glibc

/// Appends a run to its journal: the `run` record, a `result` record for each row, the `summary` record.
///
/// Each record is a line and is written at once, so that a killed program leaves whole lines but for the last one.
package final class JournalWriter {
  private let file: JournalFile
  /// Where the next record goes.
  private var end: Int
  private var failure: JournalError?

  /// Begins a journal.
  ///
  /// - Throws: `exists` when a run is there already, `locked`, `file`.
  package init(beginning path: String, _ run: RunRecord) throws(JournalError) {
    file = try JournalFile(path, O_RDWR | O_CREAT | O_APPEND)
    try file.lock()
    end = try file.size()
    guard end == 0 else {
      throw JournalError(
        .exists, "\(path) holds a run already: go on with --resume, or choose another folder for the run")
    }
    try append(run.record)
  }

  /// Goes on with a journal, or begins one where none is. What was written halfway is taken away.
  ///
  /// - Throws: `locked`, `file`.
  package init(resuming path: String, _ run: RunRecord) throws(JournalError) {
    file = try JournalFile(path, O_RDWR | O_CREAT | O_APPEND)
    try file.lock()
    let size = try file.size()
    end = try JournalLines.endOfWholeLines(file, size)
    if end < size { try file.truncate(to: end) }
    try append(run.record)
  }

  /// Writes what came of a row.
  ///
  /// - Throws: `file` when the disk is full or failed; then nothing of it is in the file, and the writer takes no more.
  package func append(_ result: RowResult) throws(JournalError) { try append(result.record) }

  /// Notes that the row's earlier result counts in the resumed run. Results of rows that are no longer in a roster are
  /// left out of reports.
  package func keep(id: String) throws(JournalError) {
    var line = JSONLine()
    line.object {
      $0.text("type", "kept")
      $0.text("id", id)
    }
    try append(line.bytes)
  }

  /// Tells more of the run than was known when it began: what `Date` the servers sent.
  package func note(_ run: RunRecord) throws(JournalError) { try append(run.record) }

  /// Ends the journal. Its counts are those of the rows, whatever the summary says.
  package func finish(_ summary: RunSummary) throws(JournalError) {
    try append(summary.record)
    try file.synchronize()
  }

  /// Takes over a record from another journal.
  func append(record: [UInt8]) throws(JournalError) { try append(record) }

  private func append(_ record: [UInt8]) throws(JournalError) {
    if let failure { throw failure }
    do {
      try file.append(record + [UInt8(ascii: "\n")], at: end)
      end += record.count + 1
    } catch {
      failure = error
      throw error
    }
  }
}
