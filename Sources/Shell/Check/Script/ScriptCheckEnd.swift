import Check
import LuaKit

/// What follows the rows of a script's run: the journal's end, the reports, the summary.
struct ScriptCheckEnd {
  /// What `check.run` returns, or why it cannot.
  let table: Result<LuaValue, any Error>

  /// Writes the reports.
  init(
    _ ending: EngineRun.Ending, _ journal: RunJournal, _ reports: OpenReports, _ arguments: CheckArguments,
    isEmptyPart: Bool
  ) {
    journal.finish(ending.outcome, seconds: ending.seconds)
    table = Result {
      let read = try journal.read()
      let problem = reports.write(read)
      if let failure = journal.failure ?? problem { throw failure }
      if let error = ending.failure { throw (error as? CheckFailure) ?? .failed("\(error)") }
      let outcome = CheckOutcome(
        read.summary, selectedRows: read.run.selectedRows, acceptsUnproved: arguments.acceptsUnproved)
      return Self.table(read.summary, outcome == .nothingSelected && isEmptyPart ? .asOrdered : outcome)
    }
  }

  /// Counts by verdict, all of them, and what the command would have ended with.
  private static func table(_ summary: RunSummary, _ outcome: CheckOutcome) -> LuaValue {
    let counts = RowResult.Status.allCases.map { status in
      (key: status.rawValue, value: LuaValue.integer(Int64(summary[status])))
    }
    var fields: [(key: String, value: LuaValue)] = [
      ("counts", .table(counts)), ("rows", .integer(Int64(summary.rows))),
      ("ending", .string(summary.ending.rawValue)),
      ("seconds", .number(summary.seconds)), ("requests", .integer(Int64(summary.requests))),
      ("failed_logouts", .integer(Int64(summary.failedLogouts))),
      ("exit_status", .integer(Int64(CheckStatus(outcome).rawValue))),
    ]
    if let reason = summary.reason { fields.append(("reason", .string(OptionSpelling.inLua(reason)))) }
    return .table(fields)
  }
}
