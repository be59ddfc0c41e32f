import Glibc
import LuaKit

/// Runs statements of the prompt, one at a time, and shows their results and errors.
final class StatementRunner {
  /// The signals that end the program; at the prompt Ctrl-C is none of them.
  static let ending: Set<Int32> = [SIGTERM, SIGHUP, SIGPIPE]

  private let runtime: Runtime
  private var display = ResultDisplay()
  /// The signals that came and ask for the end of the program.
  var endSignals: Set<Int32> = []

  init(_ runtime: Runtime) { self.runtime = runtime }

  /// Runs Lua code; its results are shown and kept.
  ///
  /// - Returns: the results; nil: it failed.
  @discardableResult
  func run(_ code: String, chunkName: String) -> [LuaView]? {
    begin()
    defer { end() }
    let result = Result { try outcome(of: code, chunkName: chunkName) }
    if runtime.waiting.isOnTerminal { OutputStream.startLine() }
    do {
      let (values, closedName) = try result.get()
      if let closedName { OutputStream.error(PromptStatement.hint(closed: closedName)) }
      let seconds = runtime.waiting.elapsed
      ResultDisplay.show(values)
      tellTime(seconds)
      return values
    } catch let failure as LuaFailure {
      runtime.problem.noteFailure(failure)
      if failure.kind == .stopped {
        OutputStream.error("interrupted")
      } else {
        OutputStream.error(
          StatementReport.text(failure, chunkName: chunkName, of: code) { runtime.state.members(at: $0) })
        tellTime(runtime.waiting.elapsed)
      }
    } catch {
      OutputStream.error("\(error)")
    }
    return nil
  }

  /// The results, and the first variable that was closed.
  private func outcome(
    of code: String, chunkName: String
  ) throws -> (values: [LuaView], closedName: String?) {
    let statement = try runtime.locals.statement(code, chunkName: chunkName, in: runtime.state)
    defer { if statement.declares { runtime.locals.update(from: runtime.state) } }
    var values: [LuaView] = []
    for piece in statement.pieces {
      values = try runtime.scheduler.run(piece, chunkName: chunkName, keeper: statement.keeper) { results in
        try display.take(results, from: runtime.scheduler)
      }
    }
    return (values, statement.closedName)
  }

  /// Shows the last results whole in a format; nil: as they can be read best.
  func showAgain(as name: String?) {
    begin()
    defer { end() }
    do {
      let format = if let name { try ResultFormat(named: name) } else { ResultFormat?.none }
      try ResultDisplay.showAgain(runtime.state, as: format)
    } catch {
      OutputStream.error(error.message)
    }
  }

  /// Seconds that are worth a word.
  private static let shortest = 0.5

  private func tellTime(_ seconds: Double) {
    guard OutputStream.isTerminal, seconds > Self.shortest else { return }
    let text = "took \(DurationText.exact(seconds))"
    StandardOutput.write(runtime.settings.color.isOn ? "\u{1B}[2m\(text)\u{1B}[0m\n" : "\(text)\n")
  }

  /// Runs a file: its results are dropped, an error is one line with its place.
  func runFile(_ code: [UInt8], named name: String) {
    do {
      try guarded { try runtime.scheduler.run(code, chunkName: "=\(name)") { _ in } }
    } catch let failure as LuaFailure where failure.kind == .stopped {
      OutputStream.error("interrupted")
    } catch let failure as LuaFailure {
      OutputStream.error("mfsh: \(failure.line)")
    } catch {
      OutputStream.error("mfsh: \(error)")
    }
  }

  /// Runs something that is not a statement, with Ctrl-C as in one.
  func guarded<Result>(_ body: () throws -> Result) rethrows -> Result {
    begin()
    defer { end() }
    return try body()
  }

  private func begin() {
    Watchdog.shared.luaRuns(atPrompt: true)
    Signals.setInterruptStops(true)
    // While a line is edited Ctrl-C is a key: a signal was sent after Enter, and is meant for this statement.
    let signals = Signals.take()
    endSignals.formUnion(signals.intersection(Self.ending))
    if signals.contains(SIGINT) { runtime.scheduler.stop() }
    runtime.waiting.begin()
  }

  private func end() {
    runtime.waiting.end()
    Signals.setInterruptStops(false)
    Watchdog.shared.luaHasReturned()
    runtime.scheduler.clearStop()
    endSignals.formUnion(Signals.take().intersection(Self.ending))
    if Watchdog.shared.endStatus == ExitStatus.interrupted.rawValue { endSignals.insert(SIGINT) }
    _ = OutputStream.flush()
  }
}
