/// The reports for machines and files.
package enum ReportFormat: String, Sendable, CaseIterable {
  case ndjson, junit, tap, html

  /// Writes the report of a run, the same whatever the order of its journal.
  ///
  /// Memory does not grow with the rows, but for a few bytes each. Throws `JournalError`, and what `sink` throws.
  package func render(_ journal: Journal, to sink: @escaping ([UInt8]) throws -> Void) throws {
    let writer = ReportWriter(to: sink)
    switch self {
    case .ndjson: try NDJSONReport(journal: journal, writer: writer).write()
    case .junit: try JUnitReport(journal: journal, writer: writer).write()
    case .tap: try TAPReport(journal: journal, writer: writer).write()
    case .html: try HTMLReport(journal: journal, writer: writer).write()
    }
    try writer.flush()
  }
}
