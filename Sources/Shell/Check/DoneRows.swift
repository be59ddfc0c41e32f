import Check

/// The rows that an earlier part of the run has done, so that they need not be tried again.
struct DoneRows: Sendable {
  let run: RunLookup
  let waivers: Waivers?

  /// What was found out about the row; nil: it has to be tried. A result to which another waiver applies than then counts
  /// no more.
  func result(of row: RosterRow) throws(JournalError) -> EarlierResult? {
    guard let result = try run.earlier(id: row.id, content: row.contentHash),
      result.waiver == waivers?.waiver(forID: row.id, result.status)
    else { return nil }
    return result
  }
}
