import Glibc
import HTTP
import LineEditing
import LuaKit
import MFWS

/// The prompt: reads statements, runs them, shows their results.
final class Prompt {
  private let runtime: Runtime
  private let history: StatementHistory
  private var editor: LineEditor?
  private var endSignals: Set<Int32> = []

  init(_ runtime: Runtime) {
    self.runtime = runtime
    history = StatementHistory(path: Self.historyPath) { HistoryRedaction.redact($0) }
  }

  /// Runs until the end of input or a signal, and gives the exit status.
  func run() -> Int32 {
    Signals.setInterruptStops(false)
    let editor = LineEditor(
      program: "mfsh", options: .init(history: history, waitForInput: { [unowned self] in wait() }))
    self.editor = editor
    greet()
    if runtime.connection.canLogIn, runtime.defaultSession == nil {
      execute("return session.login{}", chunkName: "=login")
    }
    while endStatus == nil {
      let result = editor.readStatement(prompt: prompt) { [unowned self] in isComplete($0) }
      switch result {
      case .statement(let text):
        if Self.leavingWords.contains(trimmed(text)) { return endStatus ?? 0 }
        handle(text)
      case .interrupted: continue
      case .endOfInput: return endStatus ?? 0
      case .stopped: return endStatus ?? ExitStatus.hangUp.rawValue
      case .failed: return endStatus ?? ExitStatus.hangUp.rawValue
      }
    }
    return endStatus ?? 0
  }

  private func greet() {
    OutputStream.write("mfsh \(Version.number): help() shows what there is, Ctrl-D leaves\n")
    if runtime.settings.usesSandbox, let url = runtime.connection[text: .url], !runtime.connection.canLogIn {
      OutputStream.write("a sandbox serves at \(url): session.login{user=\"editor\", password=\"demo\"}\n")
    }
    _ = OutputStream.flush()
  }

  private static var historyPath: String? {
    if let folder = Environment.value("XDG_STATE_HOME") { return "\(folder)/mfsh/history" }
    return Environment.value("HOME").map { "\($0)/.local/state/mfsh/history" }
  }

  /// `mfsh> `, and `editor@Sample Vault> ` once logged in.
  private var prompt: String {
    guard let session = runtime.defaultSession?.session else { return "mfsh> " }
    let vault = session.enteredVaultName.map { "@\($0)" } ?? ""
    return TerminalText.line("\(session.user)\(vault)") + "> "
  }

  // MARK: waiting

  private var endStatus: Int32? { EndOfProgram.status(of: endSignals) }

  /// Runs the loop until something was typed: logouts in the background go on meanwhile.
  private func wait() -> InputWait {
    while true {
      let isReadable = runtime.loop.step(watching: STDIN_FILENO)
      let signals = Signals.take()
      endSignals.formUnion(signals.intersection([SIGTERM, SIGHUP, SIGPIPE]))
      if !endSignals.isEmpty { return .stop }
      if signals.contains(SIGINT) { return .interrupted }
      if signals.contains(SIGWINCH) { editor?.windowChanged() }
      if isReadable { return .ready }
    }
  }

  // MARK: statements

  private func isComplete(_ text: String) -> Bool { Statement(text, in: runtime.state).isComplete }

  /// What people type who come from other shells; as Lua these words alone would only show nil or a function.
  private static let leavingWords = ["exit", "quit", "exit()", "quit()"]

  private func trimmed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func handle(_ text: String) {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    if let problem = history.record(text) { OutputStream.error("mfsh: \(problem)") }
    execute(Self.helpCall(trimmed(text)) ?? Statement(text, in: runtime.state).code, chunkName: "=prompt")
  }

  /// `help` and `help session.use`, as people type them elsewhere.
  private static func helpCall(_ text: String) -> String? {
    let words = text.split(separator: " ")
    guard words.first == "help", words.count <= 2 else { return nil }
    guard words.count == 2 else { return "help()" }
    let isName = words[1].utf8.allSatisfy { $0 == 0x2E || $0 == 0x5F || (0x61...0x7A).contains($0) }
    return isName ? "help(\"\(words[1])\")" : nil
  }

  private func execute(_ code: String, chunkName: String) {
    begin()
    defer { end() }
    do {
      let values = try runtime.scheduler.run(Array(code.utf8), chunkName: chunkName) { results in
        if results.count > 0 { try results.keep(1, as: "_") }
        return (0..<results.count).map { results.view($0 + 1) }
      }
      if !values.isEmpty {
        OutputStream.write(ValueRenderer.render(values, width: OutputStream.width) + "\n")
      }
    } catch let failure as LuaFailure where failure.kind == .stopped {
      OutputStream.error("interrupted")
    } catch let failure as LuaFailure {
      OutputStream.error(failure.report)
    } catch {
      OutputStream.error("\(error)")
    }
  }

  private func begin() {
    Watchdog.shared.luaRuns(atPrompt: true)
    Signals.setInterruptStops(true)
    // While a line is edited Ctrl-C is a key: a signal was sent after Enter, and is meant for this statement.
    let signals = Signals.take()
    endSignals.formUnion(signals.intersection([SIGTERM, SIGHUP, SIGPIPE]))
    if signals.contains(SIGINT) { runtime.scheduler.stop() }
  }

  private func end() {
    Signals.setInterruptStops(false)
    Watchdog.shared.luaHasReturned()
    runtime.scheduler.clearStop()
    endSignals.formUnion(Signals.take().intersection([SIGTERM, SIGHUP, SIGPIPE]))
    if Watchdog.shared.endStatus == ExitStatus.interrupted.rawValue { endSignals.insert(SIGINT) }
    _ = OutputStream.flush()
  }
}
