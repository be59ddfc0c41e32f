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
  func run(_ code: String, chunkName: String) {
    begin()
    defer { end() }
    do {
      ResultDisplay.show(try values(of: code, chunkName: chunkName))
    } catch let failure as LuaFailure where failure.kind == .stopped {
      OutputStream.error("interrupted")
    } catch let failure as LuaFailure {
      OutputStream.error(StatementReport.text(failure, chunkName: chunkName, of: code))
    } catch {
      OutputStream.error("\(error)")
    }
  }

  private func values(of code: String, chunkName: String) throws -> [LuaView] {
    let statement = try runtime.locals.statement(code, chunkName: chunkName, in: runtime.state)
    defer { if statement.declares { runtime.locals.update(from: runtime.state) } }
    var values: [LuaView] = []
    for piece in statement.pieces {
      values = try runtime.scheduler.run(piece, chunkName: chunkName, keeper: statement.keeper) { results in
        try display.take(results, from: runtime.scheduler)
      }
    }
    if let name = statement.closed { OutputStream.error(PromptStatement.hint(closed: name)) }
    return values
  }

  /// Shows the last results whole in a format.
  func showAgain(as name: String) {
    begin()
    defer { end() }
    do {
      try ResultDisplay.showAgain(runtime.state, as: ResultFormat(named: name))
    } catch {
      OutputStream.error(error.message)
    }
  }

  private func begin() {
    Watchdog.shared.luaRuns(atPrompt: true)
    Signals.setInterruptStops(true)
    // While a line is edited Ctrl-C is a key: a signal was sent after Enter, and is meant for this statement.
    let signals = Signals.take()
    endSignals.formUnion(signals.intersection(Self.ending))
    if signals.contains(SIGINT) { runtime.scheduler.stop() }
  }

  private func end() {
    Signals.setInterruptStops(false)
    Watchdog.shared.luaHasReturned()
    runtime.scheduler.clearStop()
    endSignals.formUnion(Signals.take().intersection(Self.ending))
    if Watchdog.shared.endStatus == ExitStatus.interrupted.rawValue { endSignals.insert(SIGINT) }
    _ = OutputStream.flush()
  }
}
