import Check
import HTTP
import LuaKit

/// `mfsh check record`: logs the accounts of a roster in and writes down what it finds as a roster, to be reviewed.
final class RecordRun {
  private let arguments: CheckArguments
  private let inputs: [String]
  private let variables: TakenVariables
  private let runtime: Runtime

  init(_ task: CheckTask, _ variables: TakenVariables, _ runtime: Runtime) {
    arguments = task.arguments
    inputs = task.inputs
    self.variables = variables
    self.runtime = runtime
  }

  /// - Returns: 0: everything was found out.
  func run() throws(CheckFailure) -> Int32 {
    let place = try RunPlace(arguments)
    defer { place.clean() }
    let secrets = CheckSecrets(arguments.secrets, variables, runtime: runtime)
    let roster = try RosterFiles(arguments, inputs, secrets.names, runtime).roster(in: place)
    let plan = try RunPlan(roster, place, arguments)
    if arguments.isDryRun { return plan.show(roster) }
    defer { secrets.end() }
    try secrets.prepare(plan.needs)
    var options = CheckOptions { row in try await secrets.secret(for: row) }
    options.limits = SchedulerLimits(arguments)
    options.limits.countsEveryRefusal = true
    options.proofReach = { row in secrets.proofReach(row) }
    if let baseline = place.baseline {
      options.isProvedByBaseline = { row in
        baseline.contains(
          AccountKey(row), secret: row.secret,
          server: secrets.proofReach(row) == .everywhere ? nil : row.server)
      }
    }
    options.probe = try ProbeSettings(arguments, plan.servers, runtime, runtime.connection)
    options.probe.tellsEverything = true
    let journal = try RunJournal(place, plan, RunRecord(roster, inputs, arguments))
    let ending = EngineRun(runtime, options, journal).run(
      OpenQuestions(source: roster.source),
      progress: ProgressDisplay(arguments.progress, total: plan.openCount))
    journal.finish(ending.outcome, seconds: ending.seconds)
    let openCount = try write(roster, journal)
    if let failure = journal.failure { throw failure }
    if let error = ending.failure { throw (error as? CheckFailure) ?? .failed("\(error)") }
    let end = RunEnd(place, roster, ending, arguments)
    return status(end.status(journal.summary, selectedRows: roster.selectedCount), journal.summary, openCount)
  }

  /// - Returns: of how many rows nothing was found out.
  private func write(_ roster: Roster, _ journal: RunJournal) throws(CheckFailure) -> Int {
    do {
      let found = RecordedRoster(
        roster.source, try RunLookup(journal.path), server: runtime.connection[text: .url])
      return try found.write { StandardOutput.write($0) }
    } catch {
      throw .failed("\(error)")
    }
  }

  private func status(_ status: CheckStatus, _ summary: RunSummary, _ openCount: Int) -> Int32 {
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
private struct OpenQuestions: RowSource {
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
