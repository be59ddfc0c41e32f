import Glibc

/// A run as its journal tells it: the results in the order of their ids, each id once, with what came last.
///
/// The results stay in the file; the memory holds 24 bytes for each.
package final class Journal {
  /// Of the last time that it was begun or resumed; its start is that of the first time.
  package let run: RunRecord
  /// The counts are those of the results here.
  package let summary: RunSummary
  /// The servers of the results, in the order of their names.
  package let servers: [String]

  let file: JournalFile
  var entries: [JournalEntry]
  /// From the number in an entry to the place in `servers`.
  private let serverPlaces: [Int]
  var foundGroups: [ResultGroup]?

  /// Reads the journal at `path`.
  ///
  /// - Throws: `file`, `damaged`. A last line that was written halfway is no damage.
  package init(_ path: String) throws(JournalError) {
    file = try JournalFile(path, O_RDONLY)
    var scan = try JournalScan(file)
    guard let run = scan.run else { throw .damaged(path, line: 1) }
    self.run = run
    entries = try IDOrder.sorted(scan.takeEntries(), file) { [scan] in Self.chosen($0, scan) }
    let order = scan.servers.indices.sorted { scan.servers[$0] < scan.servers[$1] }
    servers = order.map { scan.servers[$0] }
    var places = order
    for (place, number) in order.enumerated() { places[number] = place }
    serverPlaces = places
    var summary = scan.summary
    for entry in entries { summary.counts[entry.status?.rawValue ?? "", default: 0] += 1 }
    self.summary = summary
  }

  /// The first id that has more than one result in the file.
  var repeatedID: String? {
    get throws(JournalError) {
      let all = try JournalScan(file).entries.filter { $0.status != nil }
      if all.count == count { return nil }
      var repeated: JournalEntry?
      _ = try IDOrder.sorted(all, file) { entries in
        if entries.count > 1 { repeated = repeated ?? entries.first }
        return nil
      }
      return try repeated.map { entry throws(JournalError) in
        String(decoding: try JournalRecord.id(file, at: entry.offset), as: UTF8.self)
      }
    }
  }

  /// How many rows have a result.
  package var count: Int { entries.count }

  /// The result at a place in the order of the ids.
  package func result(at index: Int) throws(JournalError) -> RowResult {
    try JournalRecord.result(file, at: entries[index].offset)
  }

  /// Its record, as it stands in the file.
  func record(at index: Int) throws(JournalError) -> [UInt8] {
    guard let line = try JournalLines.line(file, at: entries[index].offset) else {
      throw .file(file.path, EIO)
    }
    return line
  }

  func status(at index: Int) -> RowResult.Status { entries[index].status ?? .notRun }

  /// The place of its server in `servers`.
  func server(at index: Int) -> Int { serverPlaces[entries[index].server] }

  /// Of the entries of one id, in the order of the file: the last result, if it belongs to the roster.
  private static func chosen(_ entries: ArraySlice<JournalEntry>, _ scan: JournalScan) -> JournalEntry? {
    guard let result = entries.last(where: { $0.status != nil }) else { return nil }
    return entries.contains { scan.isCurrent($0.offset) } ? result : nil
  }
}
