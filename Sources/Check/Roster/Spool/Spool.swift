/// The rows of all rosters in a file, in the order in which they came: a line for each, its file, row and line in front.
struct Spool: Sendable {
  private static let bufferSize = 65536
  /// Their numbers have 32 bits.
  private static let rowLimit = Int(UInt32.max)

  private let file: SpoolFile
  private var buffer: [UInt8] = []
  private var written = 0
  private(set) var entries = RowEntries()
  /// The names of the files that rows are of.
  var files: [String] = []

  init(in folder: String) throws(RosterError) { file = try SpoolFile(in: folder) }

  /// Appends a row of the last file.
  mutating func append(_ row: RosterRow) throws(RosterError) {
    guard entries.count < Self.rowLimit else { throw .tooManyRows }
    entries.append(
      RowEntry(
        offset: written + buffer.count, id: ShortDigest(Array(row.id.utf8)), account: AccountKey(row).digest))
    buffer += "\(files.count - 1) \(row.row) \(row.line) ".utf8
    buffer += row.content
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes what is not written yet; before rows are read.
  mutating func flush() throws(RosterError) {
    try file.append(buffer)
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// What the row orders, as `RosterRow.content` wrote it.
  func content(of index: Int) throws(RosterError) -> [UInt8] {
    let line = try line(index)
    return Array(line[(line.firstIndex(of: UInt8(ascii: "{")) ?? line.endIndex)...])
  }

  func row(at index: Int) throws(RosterError) -> RosterRow {
    let line = try line(index)
    let start = line.firstIndex(of: UInt8(ascii: "{")) ?? line.endIndex
    let place = String(decoding: line[..<start], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    guard place.count == 3, files.indices.contains(place[0]),
      let row = RosterRow(
        content: Array(line[start...]), file: files[place[0]], row: place[1], line: place[2])
    else { throw .damagedSpool }
    return row
  }

  private func line(_ index: Int) throws(RosterError) -> [UInt8] {
    let start = entries[index].offset
    let end = index + 1 < entries.count ? entries[index + 1].offset : written
    return try file.read(end - start, at: start)
  }
}

extension RosterError {
  fileprivate static let damagedSpool = RosterError(
    code: .spool, description: "the rows that were kept on the disk are damaged: run the check again")
  fileprivate static let tooManyRows = RosterError(
    code: .spool, description: "a run takes \(UInt32.max) rows at most: split the roster")
}
