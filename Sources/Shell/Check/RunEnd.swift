import Check
import LuaKit

/// What follows the rows: the journal's end, the reports, the exit status.
struct RunEnd {
  let place: RunPlace
  let roster: Roster
  let ending: EngineRun.Ending
  let arguments: CheckArguments

  init(
    _ place: RunPlace, _ roster: Roster, _ ending: EngineRun.Ending, _ arguments: CheckArguments
  ) {
    self.place = place
    self.roster = roster
    self.ending = ending
    self.arguments = arguments
  }

  /// - Returns: the exit status.
  /// - Throws: `CheckFailure`: the journal cannot be written or read, or a report cannot be written.
  func finish(_ journal: RunJournal, _ reports: OpenReports) throws(CheckFailure) -> Int32 {
    journal.finish(ending.outcome, seconds: ending.seconds)
    let read = try journal.read()
    let problem = reports.write(read)
    PeopleReport(read, canResume: place.isKept).write()
    if let failure = journal.failure ?? problem { throw failure }
    if let error = ending.failure { throw (error as? CheckFailure) ?? .failed("\(error)") }
    return status(read.summary, selectedRows: read.run.selectedRows).rawValue
  }

  /// Tells of what its reports do not.
  func status(_ summary: RunSummary, selectedRows: Int) -> CheckStatus {
    if let signal = ending.signal, summary.ending == .interrupted {
      OutputStream.error("mfsh: \(signal.word)\(advice)")
      return signal
    }
    let outcome = CheckOutcome(
      summary, selectedRows: selectedRows, acceptsUnproved: arguments.acceptsUnproved)
    guard outcome == .nothingSelected else { return CheckStatus(outcome) }
    // A small roster has no row for some of its shards.
    if roster.isEmptyPart { return .asOrdered }
    OutputStream.error("mfsh: no row was selected: look at the roster, --tag, --only and --shard")
    return .nothingSelected
  }

  private var advice: String {
    guard place.isKept else { return "" }
    return "; go on with the same command"
      + (arguments.resumes ? "" : " and --resume")
  }
}

extension Roster {
  /// Whether there is nothing to do, not even for another shard.
  var isEmpty: Bool { selectedCount == 0 && !isEmptyPart }
}

extension CheckStatus {
  init(_ outcome: CheckOutcome) {
    self =
      switch outcome {
      case .asOrdered: .asOrdered
      case .differences: .differences
      case .inconclusive: .inconclusive
      case .nothingSelected: .nothingSelected
      case .aborted: .aborted
      }
  }
}

extension PeopleReport {
  /// For standard output, as it is.
  init(_ journal: Journal, canResume: Bool) {
    let safety = TextSafety(
      line: TerminalText.line, logLine: { OutputStream.isLog ? TerminalText.forLog($0) : $0 },
      width: TerminalText.width)
    self.init(
      journal, width: OutputStream.isTerminal ? OutputStream.width : .max, safety, canResume: canResume)
  }

  /// Writes it to standard output. One that cannot be read again was told of before.
  func write() {
    do {
      try render { _ = StandardOutput.write($0) }
    } catch {
      OutputStream.error("mfsh: the report is not whole: \(error)")
    }
  }
}
