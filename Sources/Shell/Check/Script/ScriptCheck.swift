import Check
import Glibc
import HTTP
import LuaKit
import MFWS

/// A run that a script has started with `check.run`: takes rows in, then gives results and questions out.
///
/// Used on the loop's thread only, where Lua runs too.
final class ScriptCheck: LuaObject, @unchecked Sendable {
  static let luaClass = "check"

  private let arguments: CheckArguments
  private let connection: ConnectionSettings
  private let runtime: Runtime
  private let place: RunPlace
  private let reports: OpenReports
  private let waivers: Waivers?
  private let secrets: CheckSecrets
  private let rows = ScriptRows()
  private var builder: RosterBuilder
  private var engine: CheckEngine?
  private var journal: RunJournal?
  private var end: ScriptCheckEnd?
  /// Whether rows were handed in, but none of them is of this shard.
  private var isEmptyPart = false
  /// Rows that ended and were not handed out.
  let results: ScriptResults
  /// Questions for the script's own rule.
  let visits: ScriptVisits
  /// Who waits for the end of the run.
  private var closers = LuaWaiters()
  private var leavers: [CheckedContinuation<Void, Never>] = []
  private var isLeft = false

  /// - Throws: what is wrong before the first row: a folder, a report, waivers, the connection settings.
  init(_ given: CheckRunArguments, _ runtime: Runtime) throws {
    arguments = given.arguments
    connection = given.connection
    self.runtime = runtime
    place = try RunPlace(arguments)
    results = ScriptResults(runtime.scheduler)
    visits = ScriptVisits(runtime)
    do {
      let sources = [place.folder.journal] + (arguments.waiverFile.map { [$0] } ?? [])
      reports = try OpenReports(arguments.reports, besides: sources)
      place.folder.cleanAtEnd(besides: reports.leftovers)
      waivers = try arguments.waiverFile.map(Waivers.init)
      secrets = CheckSecrets(arguments.secrets, TakenVariables([]), runtime: runtime, connection: connection)
      let settings = try RosterSettings(
        arguments, secrets.names, connection, isSandbox: runtime.settings.usesSandbox)
      builder = try RosterBuilder(settings, folder: place.folder.path)
    } catch {
      place.clean()
      throw error
    }
    builder.begin(CheckRunArguments.function, countsRows: true)
    runtime.scriptChecks.add(self)
  }

  /// Takes the row at `index` of a call in. What is wrong with it is told by `start`.
  func add(_ call: borrowing LuaCall, _ index: Int) throws { try builder.add(rows.record(call, index)) }

  // MARK: the run

  /// Begins to log accounts in.
  ///
  /// - Throws: all mistakes in the rows at once; a secret that cannot be had.
  func start() throws {
    let roster = try roster()
    isEmptyPart = roster.isEmptyPart
    let plan = try RunPlan(roster, place, arguments, waivers) {}
    waivers?.tellProblems(try plan.waiverIDs(of: waivers))
    try secrets.prepare(plan.needs.filter { !ScriptRows.isOwn($0.alias) })
    let options = try options(plan)
    let journal = try RunJournal(place, plan, RunRecord(roster, roster.files, arguments))
    self.journal = journal
    let engine = CheckEngine(options, loop: runtime.loop, sessions: runtime.sessions)
    self.engine = engine
    let start = Clock.now
    Task(executorPreference: runtime.loop) { [self] in
      do {
        let outcome = try await engine.run(roster.source) { result in
          try journal.add(result)
          self.results.add(result)
        }
        ended(EngineRun.Ending(outcome: outcome, seconds: Clock.now - start))
      } catch {
        ended(EngineRun.Ending(failure: error, seconds: Clock.now - start))
      }
    }
  }

  private func roster() throws -> Roster {
    do {
      return try builder.finish(RosterSelection(arguments, place))
    } catch let mistakes as RosterMistakes {
      throw mistakes.luaError
    }
  }

  private func options(_ plan: RunPlan) throws -> CheckOptions {
    var options = try CheckOptions(arguments, plan, place, waivers, secrets, runtime, connection)
    let (common, isProved, reach) = (options.secret, options.isProvedByBaseline, options.proofReach)
    options.secret = { [rows, results, runtime] row in
      await results.waitForRoom(on: runtime.loop)
      guard let own = rows.secret(of: row) else { return try await common(row) }
      if runtime.tracing.isOn { runtime.tracing.redactor.add(own) }
      return own
    }
    options.proofReach = { row in ScriptRows.isOwn(row.secret) ? .nowhere : reach(row) }
    options.isProvedByBaseline = { row in !ScriptRows.isOwn(row.secret) && isProved(row) }
    if arguments.hasOwnRule { options.probe.ownRule = visits.rule }
    return options
  }

  private func ended(_ ending: EngineRun.Ending) {
    guard end == nil, let journal else { return }
    end = ScriptCheckEnd(ending, journal, reports, arguments, isEmptyPart: isEmptyPart)
    // It is locked as long as somebody holds it.
    self.journal = nil
    tidy()
    runtime.scriptChecks.remove(self)
    results.end()
    visits.end()
    closers.resumeAll(runtime.scheduler)
    for leaver in leavers { leaver.resume() }
  }

  private func tidy() {
    secrets.end()
    place.clean()
  }

  // MARK: the end

  /// Ends the run in order: rows under way are cancelled, their sessions logged out.
  func stop() { engine?.stop() }

  /// What `check.run` returns.
  ///
  /// - Throws: why the run came to no end of its own, or why a report could not be written.
  func summary() throws -> LuaValue {
    guard let end else { throw LuaError.usage("\(CheckRunArguments.function): the run has not ended") }
    return try end.table.get()
  }

  /// Lua leaves the run, at its end or before.
  ///
  /// - Parameter canWait: false: what is left to do is done in the background, for which the program's end waits.
  func close(canWait: Bool) -> LuaOutcome {
    guard engine != nil, end == nil else {
      if end == nil { leave() }
      return .results([])
    }
    guard canWait else {
      leave()
      return .results([])
    }
    stop()
    return .begin { [self] number in
      closers.add(number)
      return { self.closers.remove(number) }
    }
  }

  /// Stops the run and has the program's end wait for it.
  func leave() {
    guard !isLeft else { return }
    isLeft = true
    guard let engine else {
      // Rows were read and nothing has begun.
      for file in reports.leftovers { unlink(file) }
      tidy()
      return runtime.scriptChecks.remove(self)
    }
    engine.stop()
    runtime.sessions.runInBackground(on: runtime.loop) { [self] in
      await withCheckedContinuation { if end == nil { leavers.append($0) } else { $0.resume() } }
    }
  }
}

extension RosterMistakes {
  /// One error that lists all of them; `mistakes` has them as tables of `row` and `message`.
  fileprivate var luaError: LuaError {
    let told = mistakes.map { (row: $0.line, message: OptionSpelling.inLua($0.message)) }
    let list = told.map { "row \($0.row): \($0.message)" }.joined(separator: "; ")
    let rest = count > told.count ? "; and \(count - told.count) more" : ""
    let title = count == 1 ? "a mistake" : "\(count) mistakes"
    let tables = told.map { mistake in
      LuaValue.table([("row", .integer(Int64(mistake.row))), ("message", .string(mistake.message))])
    }
    return LuaError(
      code: "client.usage", message: "\(CheckRunArguments.function): \(title) in the rows: \(list)\(rest)",
      fields: [("mistakes", .array(tables))])
  }
}

extension CheckFailure: LuaErrorConvertible {
  var luaError: LuaError { .usage("\(CheckRunArguments.function): \(OptionSpelling.inLua(description))") }
}

/// The runs of scripts that have not ended.
final class ScriptChecks {
  private var running: [ObjectIdentifier: ScriptCheck] = [:]

  func add(_ check: ScriptCheck) { running[ObjectIdentifier(check)] = check }

  func remove(_ check: ScriptCheck) {
    running[ObjectIdentifier(check)] = nil
    if running.isEmpty { Watchdog.shared.atEnd(nil) }
  }

  /// The program ends.
  func leaveAll() { for check in running.values { check.leave() } }
}
