import Check
import HTTP

/// `mfsh check` and `mfsh check record`: from the rosters to the reports and the exit status. Used on the main thread
/// only.
///
/// All that can be wrong beforehand is told before the first login: options, folders, reports, rosters, secrets.
final class CheckRun {
  private let isRecording: Bool
  private let arguments: CheckArguments
  private let inputs: [String]
  private let variables: TakenVariables
  private let runtime: Runtime

  init(_ task: CheckTask, _ variables: TakenVariables, _ runtime: Runtime) {
    isRecording = task.kind == .record
    arguments = task.arguments
    inputs = task.inputs
    self.variables = variables
    self.runtime = runtime
  }

  /// - Returns: the exit status.
  func run() throws(CheckFailure) -> Int32 {
    let place = try RunPlace(arguments)
    defer { place.clean() }
    let sources = inputs + [place.folder.journal] + (arguments.waiverFile.map { [$0] } ?? [])
    let reports = try OpenReports(arguments.isDryRun ? [] : arguments.reports, besides: sources)
    place.folder.cleanAtEnd(besides: reports.leftovers)
    let waivers = try arguments.waiverFile.map(Waivers.init)
    let secrets = CheckSecrets(arguments.secrets, variables, runtime: runtime)
    let roster = try RosterFiles(arguments, inputs, secrets.names, runtime).roster(in: place)
    let plan = try RunPlan(roster, place, arguments, waivers)
    waivers?.tellProblems(try plan.waiverIDs(of: waivers))
    if arguments.isDryRun { return plan.show(roster) }
    defer { secrets.end() }
    try secrets.prepare(plan.needs)
    var options = try CheckOptions(arguments, plan, place, waivers, secrets, runtime)
    if isRecording { options.recordWhatThereIs() }
    let journal = try RunJournal(place, plan, RunRecord(roster, inputs, arguments))
    let rows: any RowSource = isRecording ? OpenQuestions(source: roster.source) : roster.source
    let ending = EngineRun(runtime, options, journal).run(
      rows, progress: ProgressDisplay(arguments.progress, total: plan.openCount))
    let end = RunEnd(place, roster, ending, arguments)
    guard isRecording else { return try end.finish(journal, reports) }
    return try end.record(journal, server: runtime.connection[text: .url])
  }
}

extension CheckOptions {
  /// What the options say about how rows are tried and judged.
  init(
    _ arguments: CheckArguments, _ plan: RunPlan, _ place: RunPlace, _ waivers: Waivers?,
    _ secrets: CheckSecrets, _ runtime: Runtime, _ connection: ConnectionSettings? = nil
  ) throws(CheckFailure) {
    self.init { row in try await secrets.secret(for: row) }
    limits = SchedulerLimits(arguments)
    probe = try ProbeSettings(arguments, plan.servers, runtime, connection ?? runtime.connection)
    if let done = plan.done {
      // A row whose result cannot be read is run once more.
      earlier = { row in try? done.result(of: row) }
    }
    proofReach = { row in secrets.proofReach(row) }
    if let baseline = place.baseline {
      isProvedByBaseline = { row in
        baseline.contains(
          AccountKey(row), secret: row.secret,
          server: secrets.proofReach(row) == .everywhere ? nil : row.server)
      }
    }
    if let waivers { waiver = { result in waivers.waiver(forID: result.id, result.status) } }
  }
}

extension SchedulerLimits {
  init(_ arguments: CheckArguments) {
    self.init()
    jobs = arguments.jobs
    perServer = arguments.perServer
    rate = arguments.rate
    licenseSlots = arguments.licenseSlots
    retries = arguments.retries
    abortRefused = arguments.abortRefused
    abortAfter = arguments.abortAfter
    failFast = arguments.failsFast
    maxTime = arguments.maxTime
  }
}

extension RunRecord {
  /// What is known of the run when it begins.
  init(_ roster: Roster, _ files: [String], _ arguments: CheckArguments) {
    let now = Clock.secondsSince1970
    self.init(
      version: Version.number, started: UTCTime.text(now), startedAt: now, rosterHash: roster.hash,
      rosterRows: roster.rowCount, files: files, servers: roster.servers, selectedRows: roster.selectedCount)
    rules = arguments.rules
    shard = arguments.shard
  }
}

extension CheckArguments {
  /// The options that choose rows.
  var selection: [String] {
    tags.map { "--tag \($0)" }
      + (only.map { ["--only \($0.rawValue)" + (from.map { " --from \($0)" } ?? "")] } ?? [])
  }

  /// The options that bear on which rows there are and how they are judged, as they were given.
  var rules: [String] {
    var rules = selection
    if via != .token { rules.append("--via \(via.rawValue)") }
    if provesLogout { rules.append("--prove-logout") }
    if let waiverFile { rules.append("--waivers \(waiverFile)") }
    if let baseline { rules.append("--baseline \(baseline)") }
    if acceptsUnproved { rules.append("--accept-unproved") }
    if hasOwnRule { rules.append("expect=function") }
    return rules
  }
}
