import Glibc

/// Finds the results of an earlier run by their ids: for `--resume` and `--only … --from`. 16 bytes a row.
package final class RunLookup: Sendable {
  /// Which rows of an earlier run are to be checked again.
  package enum Selection: Sendable {
    /// Those that differ.
    case failed
    /// Those that nothing was learned about: inconclusive, unproved, not run.
    case inconclusive
  }

  private struct Place {
    let hash: UInt64
    private let bits: Int

    init(_ hash: UInt64, _ entry: JournalEntry) {
      self.hash = hash
      bits = entry.offset << 1 | (entry.status == nil ? 1 : 0)
    }

    var offset: Int { bits >> 1 }
    /// It is no result but a note that an earlier one counts.
    var isNote: Bool { bits & 1 == 1 }
  }

  private struct Head: Decodable {
    var id: String
    var content: String
    var status: RowResult.Status
    var code: String
    var waiver: RowResult.AppliedWaiver?
  }

  private let file: JournalFile
  private let places: [Place]
  /// Without its entries.
  private let scan: JournalScan
  /// Of the last time that the run was begun or resumed.
  package let run: RunRecord

  /// Whether there is something to go on with at `path`: a program that is killed may leave half a line.
  package static func holdsRun(_ path: String) throws(JournalError) -> Bool {
    let file = try JournalFile(path, O_RDONLY)
    return try JournalLines.endOfWholeLines(file, file.size()) > 0
  }

  /// Reads the journal at `path`.
  ///
  /// - Throws: `file`, `damaged`.
  package init(_ path: String) throws(JournalError) {
    file = try JournalFile(path, O_RDONLY)
    var scan = try JournalScan(file)
    guard let run = scan.run else { throw .damaged(path, line: 1) }
    self.run = run
    var places: [Place] = []
    for entry in scan.takeEntries() {
      let id = try JournalRecord.id(file, at: entry.offset)
      places.append(Place(ShortHash.of(id), entry))
    }
    self.scan = scan
    self.places = places.sorted { ($0.hash, $0.offset) < ($1.hash, $1.offset) }
  }

  /// Whether the journal was never about another roster.
  package func isOnly(of rosterHash: String) -> Bool { scan.isOnly(of: rosterHash) }

  /// Whether the row's result was found, or noted to count, under that roster.
  package func counts(id: String, under rosterHash: String) throws(JournalError) -> Bool {
    try place(id) { scan.rosterHash(at: $0.offset) == rosterHash } != nil
  }

  /// What was found out about the row; nil: it has no result, orders something else now, was not run, or
  /// the network or the server did not tell.
  package func earlier(id: String, content: String) throws(JournalError) -> EarlierResult? {
    guard let head = try head(id), head.content == content, head.status != .notRun,
      head.status != .inconclusive
    else { return nil }
    return EarlierResult(code: head.code, status: head.waiver?.was ?? head.status, waiver: head.waiver)
  }

  /// The whole result of the row; nil: it has none.
  package func result(id: String) throws(JournalError) -> RowResult? {
    try place(id) { !$0.isNote }.map { place throws(JournalError) in
      try JournalRecord.result(file, at: place.offset)
    }
  }

  /// Whether the row is one of those; false for a row that the run does not know.
  package func contains(id: String, _ selection: Selection) throws(JournalError) -> Bool {
    guard let status = try head(id)?.status else { return false }
    return switch selection {
    case .failed: status == .diff
    case .inconclusive: [.inconclusive, .unproved, .notRun].contains(status)
    }
  }

  private func head(_ id: String) throws(JournalError) -> Head? {
    try place(id) { !$0.isNote }.map { place throws(JournalError) in
      try JournalRecord.value(file, at: place.offset)
    }
  }

  /// The last entry of the id that fulfils a condition: of several results of one id the last one counts.
  private func place(_ id: String, where isMeant: (Place) -> Bool) throws(JournalError) -> Place? {
    let bytes = Array(id.utf8)
    let hash = ShortHash.of(bytes)
    var index = firstIndex { $0.hash > hash }
    while index > 0, places[index - 1].hash == hash {
      index -= 1
      let place = places[index]
      guard isMeant(place) else { continue }
      if String(decoding: try JournalRecord.id(file, at: place.offset), as: UTF8.self) == id { return place }
    }
    return nil
  }

  /// The first place that fulfils a condition which all behind it fulfil too.
  private func firstIndex(_ isBehind: (Place) -> Bool) -> Int {
    var range = 0..<places.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = isBehind(places[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
