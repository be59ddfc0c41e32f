import Check
import HTTP
import LuaKit

extension CheckOptions {
  /// Has everything be told that there is, and takes no refusal for an order before it is proved.
  mutating func recordWhatThereIs() {
    limits.countsEveryRefusal = true
    probe.tellsEverything = true
  }
}

extension RunEnd {
  /// Writes down what was found as a roster, to be reviewed, in place of reports.
  ///
  /// - Parameter server: of rows that need not name it.
  /// - Returns: the exit status; 0: everything was found out.
  /// - Throws: `CheckFailure`: the journal cannot be written or read.
  func record(_ journal: RunJournal, server: String?) throws(CheckFailure) -> Int32 {
    journal.finish(ending.outcome, seconds: ending.seconds)
    let openCount = try write(journal, server: server)
    if let failure = journal.failure { throw failure }
    if let error = ending.failure { throw (error as? CheckFailure) ?? .failed("\(error)") }
    let status = status(journal.summary, selectedRows: roster.selectedCount)
    return recordStatus(status, journal.summary, openCount)
  }

  /// - Returns: of how many rows nothing was found out.
  private func write(_ journal: RunJournal, server: String?) throws(CheckFailure) -> Int {
    do {
      let found = RecordedRoster(roster.source, try RunLookup(journal.path), server: server)
      return try found.write { StandardOutput.write($0) }
    } catch {
      throw .failed("\(error)")
    }
  }

  private func recordStatus(_ status: CheckStatus, _ summary: RunSummary, _ openCount: Int) -> Int32 {
    if openCount > 0 {
      let rows = openCount == 1 ? "1 row is" : "\(openCount) rows are"
      OutputStream.error(
        "mfsh: \(rows) as before, for want of an answer or of proof: the column recorded says why")
    }
    switch status {
    // What was ordered is not asked for.
    case .asOrdered, .differences, .inconclusive:
      return (openCount > 0 ? CheckStatus.inconclusive : .asOrdered).rawValue
    case .aborted: OutputStream.error("mfsh: aborted: \(summary.reason ?? "before all rows were tried")")
    default: break
    }
    return status.rawValue
  }
}

/// The rows of a roster without what was ordered: all that is asked is what there is.
struct OpenQuestions: RowSource {
  let source: any RowSource

  var groupCount: Int { source.groupCount }
  func group(_ number: Int) throws -> [Int] { try source.group(number) }

  func row(at index: Int) throws -> RosterRow {
    var row = try source.row(at: index)
    row.expect = .any
    (row.vaults, row.vaultsMin, row.vaultsNot) = (nil, [], [])
    (row.license, row.rights, row.isInternal, row.userID) = (nil, [], nil, nil)
    return row
  }
}
