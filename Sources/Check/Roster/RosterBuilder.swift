import Cryptography
import MFWS

/// Reads rosters, notes all mistakes in them, and keeps their rows on the disk: 64 bytes of memory for each at most.
package struct RosterBuilder {
  private let settings: RosterSettings
  private var spool: Spool
  private var mistakes = RosterMistakes()
  private var servers: Set<String> = []
  private var file = RosterFile("")
  /// The files whose lines are numbers of rows.
  private var countedFiles: Set<String> = []
  /// Of the files before the one that is read.
  private var metaColumns: Set<String> = []
  /// The subjects of faults that were told.
  private var told: Set<String> = []

  /// - Parameter folder: where the rows are kept, in a file without a name.
  /// - Throws: `RosterError`, `spool`.
  package init(_ settings: RosterSettings, folder: String) throws(RosterError) {
    self.settings = settings
    spool = try Spool(in: folder)
  }

  // MARK: - Whole rosters

  /// Adds the roster at `path`.
  ///
  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - format: nil: by the end of the name, or else by how the text begins.
  /// - Throws: `RosterError`. Mistakes are told by `finish`.
  package mutating func add(path: String, format: RosterFormat? = nil) throws {
    try add(RosterInput(path: path), file: path, format: format ?? RosterFormat(fileName: path))
  }

  /// Adds the roster that an input gives.
  package mutating func add(_ input: consuming RosterInput, file: String, format: RosterFormat?) throws {
    do {
      var records: any RosterRecords = try input.records(format)
      try add(&records, file: file)
    } catch let fault as RecordFault {
      begin(file)
      note(fault)
    }
  }

  /// Adds the rows of a roster that something else reads.
  ///
  /// - Parameter countsRows: whether the lines of its records are numbers of rows.
  package mutating func add(
    _ records: inout some RosterRecords, file: String, countsRows: Bool = false
  ) throws {
    begin(file, countsRows: countsRows)
    do {
      if let header = try records.header(), !addHeader(header) { return }
      while let record = try records.next() { try add(record) }
    } catch let fault as RecordFault {
      note(fault)
    }
  }

  // MARK: - Row by row

  /// Begins another roster: rows that are added belong to it.
  package mutating func begin(_ name: String, countsRows: Bool = false) {
    metaColumns.formUnion(file.metaColumns)
    file = RosterFile(name, countsRows: countsRows)
    if countsRows { countedFiles.insert(name) }
    spool.files.append(name)
  }

  /// Adds a row of the roster that was begun last.
  package mutating func add(_ record: RosterRecord) throws {
    file.rows += 1
    guard record.faults.isEmpty else { return record.faults.forEach { note($0) } }
    let (cells, meta, faults) = file.sort(record, needsServer: settings.server == nil)
    let place = (file.name, file.rows, record.line)
    let read = RowReading.rows(cells, meta, settings, place: place)
    (faults + read.faults).filter { isNews($0) }.forEach { note($0) }
    for var row in read.rows {
      row.secret = record.ownSecret ?? row.secret
      servers.insert(row.server)
      try spool.append(row)
    }
  }

  /// Whether no earlier row told the same.
  private mutating func isNews(_ fault: RecordFault) -> Bool {
    guard let subject = fault.subject, told.count < RosterMistakes.limit else { return true }
    return told.insert(subject).inserted
  }

  /// Notes something that is wrong with the roster that was begun last.
  package mutating func note(_ fault: RecordFault) {
    let file = file
    mistakes.add(file.mistake(fault))
  }

  /// - Returns: whether the rows can be read.
  private mutating func addHeader(_ header: RosterRecord) -> Bool {
    let (faults, isHeader) = file.readHeader(header)
    (header.faults + faults).forEach { note($0) }
    return isHeader
  }

  // MARK: - The end

  /// All rosters together.
  ///
  /// - Throws: `RosterMistakes`, or `RosterError`, `spool`, or what the selection throws.
  package mutating func finish(_ selection: RosterSelection = RosterSelection()) throws -> Roster {
    try spool.flush()
    let hash = try digest()
    guard mistakes.count == 0 else { throw mistakes.sorted(spool.files) }
    let spool = spool
    let rows = try SpooledRows(spool) { index in
      if let shard = selection.shard {
        let part = spool.entries[index].account.high % UInt64(max(1, shard.count))
        guard part + 1 == shard.index else { return false }
      }
      return try selection.contains(index, of: spool)
    }
    let isEmptyPart =
      try rows.count == 0 && selection.shard != nil
      && (0..<spool.entries.count).contains { try selection.contains($0, of: spool) }
    return Roster(
      source: rows, hash: hash, rowCount: spool.entries.count, selectedCount: rows.count,
      isEmptyPart: isEmptyPart, servers: servers.sorted(), files: spool.files,
      metaColumns: metaColumns.union(file.metaColumns).sorted())
  }

  /// Of all rows in an order that their ids alone give. Notes ids that are there twice.
  private mutating func digest() throws -> String {
    let entries = spool.entries
    var digest = SHA256.Stream()
    var first: Int?
    for index in entries.sorted(by: \.id).lazy.map({ Int($0) }) {
      if let earlier = first, entries[earlier].id == entries[index].id {
        try noteRepetition(of: earlier, at: index)
      } else {
        first = index
      }
      digest.update(try spool.content(of: index) + [UInt8(ascii: "\n")])
    }
    return digest.digest().hexadecimal
  }

  private mutating func noteRepetition(of earlier: Int, at index: Int) throws {
    let (first, row) = (try spool.row(at: earlier), try spool.row(at: index))
    let place = RosterMistake.place(
      first.file, first.line, countsRows: countedFiles.contains(first.file))
    let message =
      row.id == row.derivedID
      ? "the row orders the same as \(place) (server, vault, account, auth, expect): take one out, or give each an id"
      : "the id \(Quoted(row.id)) is that of \(place) already: give each row its own"
    mistakes.add(
      RosterMistake(
        file: row.file, line: row.line, message: message, countsRows: countedFiles.contains(row.file)))
  }
}
