import Glibc
import HTTP
import LineEditing
import LuaKit
import MFWS

/// The prompt: reads statements, runs them, shows their results.
final class Prompt {
  let runtime: Runtime
  private let history: StatementHistory
  private let runner: StatementRunner
  private let promptFunction: PromptFunction
  private var expiry = ExpiryNotice()
  private let completer: Completer
  private let highlighter: Highlighter
  private var editor: LineEditor?
  /// How many statements and commands were entered.
  private var count = 0
  /// The prompt that the user's function has made; nil: there is the usual one.
  private var usersLabel: String?
  /// Whether the line that runs begins with a blank.
  private var isKeptOut = false
  /// Set by what asks to leave.
  var isLeaving = false

  init(_ runtime: Runtime) {
    self.runtime = runtime
    runner = StatementRunner(runtime)
    promptFunction = PromptFunction(runtime, runner)
    let source = CompletionSource(runtime)
    completer = Completer(source)
    highlighter = Highlighter { source.globalNames }
    history = StatementHistory(
      path: Self.historyPath, home: Environment.value("HOME"), profile: runtime.profileName
    ) { HistoryRedaction.redact($0, names: $1) }
  }

  /// Runs until the end of input or a signal, and gives the exit status.
  func run() -> Int32 {
    Signals.setInterruptStops(false)
    Pager.turnOn()
    let editor = LineEditor(
      program: "mfsh",
      options: .init(
        history: history, waitForInput: { [unowned self] in wait() }, helpers: helpers, palette: palette,
        editText: { UserEditor().edit($0) }))
    self.editor = editor
    if let problem = editor.settingsProblem { OutputStream.error("mfsh: \(TerminalText.line(problem))") }
    runtime.waiting.isOnTerminal = editor.editsLines
    runtime.edits.areServed = editor.editsLines
    runtime.edits.fileThatForbids = editor.fileThatTurnsEditingOff
    runtime.waiting.showsProgress = editor.editsLines && !runtime.settings.verbose
    runtime.onQuestion = { [unowned editor] in editor.dropTypeAhead() }
    runtime.sessions.onFailure { [weak runtime] error in
      runtime?.notices.append("a session was not logged out: \(error.message); it ends by itself")
    }
    defer { runtime.sessions.onFailure(nil) }
    greet()
    if !runtime.settings.skipsInit { InitFile.run(by: runner) }
    if runtime.connection.canLogIn, runtime.defaultSession == nil {
      let vaults = runner.run("return session.login{}", chunkName: "=login")
      if let vaults { runtime.statements.add(runtime.loginStatement, result: vaults.first) }
    }
    while endStatus == nil, !isLeaving {
      let typed = editedText(history)
      let result = editor.readStatement(prompt: label, typed: typed) { [unowned self] in isComplete($0) }
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

  private var helpers: LineEditor.Helpers {
    var helpers = completer.helpers
    helpers.spans = { [highlighter] in highlighter.spans($0, cursor: $1) }
    helpers.shape = BlockLines.shape
    return helpers
  }

  private var palette: Palette? {
    runtime.settings.color.isOn ? Palette(colorFGBG: Environment.value("COLORFGBG")) : nil
  }

  /// That of the user's function, or ours.
  private var label: String {
    var state = PromptState(runtime)
    state.statement = count + 1
    usersLabel = promptFunction.text(state, columns: OutputStream.width)
    return usersLabel ?? usualLabel(of: state)
  }

  private func usualLabel(of state: PromptState) -> String {
    PromptLabel.text(of: state, columns: OutputStream.width, isColoured: runtime.settings.color.isOn)
  }

  /// The usual prompt as it is by now; nil for the user's: the function is not called while a statement is typed.
  private var newLabel: String? { usersLabel == nil ? usualLabel(of: PromptState(runtime)) : nil }

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

  // MARK: waiting

  private var endStatus: Int32? { EndOfProgram.status(of: runner.endSignals) }

  /// Runs the loop until something was typed: logouts in the background go on meanwhile.
  private func wait() -> InputWait {
    while true {
      tellNews()
      let isReadable = runtime.loop.step(limit: expiry.secondsToNext, watching: STDIN_FILENO)
      let signals = Signals.take()
      runner.endSignals.formUnion(signals.intersection(StatementRunner.ending))
      if !runner.endSignals.isEmpty { return .stop }
      if signals.contains(SIGINT) { return .interrupted }
      if signals.contains(SIGWINCH) { editor?.windowChanged(prompt: newLabel) }
      if isReadable { return .ready }
    }
  }

  /// Shows the last results whole.
  func showAgain(as format: String?) { runner.showAgain(as: format) }

  /// Shows what happened in the background, above the line that is typed.
  private func tellNews() {
    if let notice = expiry.next(of: runtime.defaultSession?.session) { runtime.notices.append(notice) }
    for notice in runtime.notices {
      editor?.showMessage(TerminalText.line("mfsh: \(notice)"), prompt: newLabel)
    }
    runtime.notices = []
  }

  // MARK: statements

  private func isComplete(_ text: String) -> Bool {
    PromptCommand.typed(text) != nil || Statement(text, in: runtime.state).isComplete
      || Statement.isGivenUp(text)
  }

  /// What people type who come from other shells; as Lua these words alone would only show nil or a function.
  private static let leavingWords = ["exit", "quit", "exit()", "quit()", "exit;", "quit;", ":q"]

  private func trimmed(_ text: String) -> String {
    // Nothing that long is one of the words it is for.
    if text.utf8.count > 1_000 { return text }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func handle(_ text: String) {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    count += 1
    if let problem = history.record(withoutBareWords(text)) { OutputStream.error("mfsh: \(problem)") }
    // Nor does `\save` keep what the history does not.
    isKeptOut = StatementHistory.isKeptOut(text)
    if let typed = PromptCommand.typed(text) {
      if PromptCommand.hasSeveral(text) {
        return OutputStream.error("one command at a time: paste and enter each line by itself")
      }
      return PromptCommand.run(typed.name, typed.argument, at: self)
    }
    if let code = HelpStatement.code(trimmed(text)) {
      _ = runner.run(code, chunkName: StatementReport.chunkName(count))
    } else {
      run(statement: text)
    }
  }

  /// Runs Lua as if it had been typed.
  func run(statement text: String) {
    let code = Statement(text, in: runtime.state).code
    let results = runner.run(code, chunkName: StatementReport.chunkName(count))
    if let results { note(statement: text, result: results.first) }
    if results == [.nothing],
      let advice = StatementAdvice.toWord(trimmed(text), known: completer.source.globalNames)
    {
      OutputStream.error(advice)
    }
  }

  /// Has `\save` write a statement.
  func note(statement text: String, result: LuaView? = nil) {
    if !isKeptOut { runtime.statements.add(withoutBareWords(text), result: result) }
  }

  private func withoutBareWords(_ text: String) -> String {
    HistoryRedaction.withoutBareWords(text) { completer.source.globalNames.contains($0) }
  }
}
