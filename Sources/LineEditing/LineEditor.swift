import Glibc

/// The prompt: reads statements of one or more lines from the terminal.
///
/// Used from one thread. Where the terminal cannot be edited on (`TERM` is dumb, standard output is redirected) it
/// reads plain lines.
package final class LineEditor {
  /// What a prompt needs to know beyond its program's name.
  package struct Options {
    /// The statements that Up and Down walk through; the caller records new ones.
    package var history: StatementHistory
    /// Whether `~/.editrc` has a say.
    package var readsUserSettings: Bool
    /// Runs until standard input is readable. The program's own loop goes here; it is called while a line is edited
    /// and may call `showMessage` and `windowChanged`.
    package var waitForInput: () -> InputWait
    /// What helps at the keys Tab and Ctrl-X h, and knows what is what in the text.
    package var helpers = Helpers()
    /// The colours of what is typed; nil: it stays plain.
    package var palette: Palette?
    /// Lets the user change a text in a program of theirs, which has the terminal meanwhile.
    package var editText: (_ text: String) -> EditedText

    /// Options that wait for the terminal alone, unless told otherwise.
    package init(
      history: StatementHistory = StatementHistory(path: nil), readsUserSettings: Bool = true,
      waitForInput: @escaping () -> InputWait = { .polling(STDIN_FILENO) }, helpers: Helpers = Helpers(),
      palette: Palette? = nil, editText: @escaping (_ text: String) -> EditedText = { _ in EditedText() }
    ) {
      self.history = history
      self.readsUserSettings = readsUserSettings
      self.waitForInput = waitForInput
      self.helpers = helpers
      self.palette = palette
      self.editText = editText
    }
  }

  /// What knows the language that is typed. All get the text and the cursor in it, as a number of Unicode scalars.
  package struct Helpers {
    /// What Tab does; nil: nothing is known.
    package var complete: (_ text: String, _ cursor: Int) -> Completion?
    /// Lines about the call at the cursor, safe to print; nil: nothing is known.
    package var hint: (_ text: String, _ cursor: Int) -> String?
    /// What is what in a text of Unicode scalars, in order, none on top of another. It is asked at every key. Without a
    /// cursor, nothing belongs to it.
    package var spans: (_ text: [UInt32], _ cursor: Int?) -> [TextSpan]
    /// What the last line of a text does to the indentation. It is asked at Enter.
    package var shape: (_ text: String) -> LineShape

    /// Helpers that know nothing, unless told otherwise.
    package init(
      complete: @escaping (_ text: String, _ cursor: Int) -> Completion? = { _, _ in nil },
      hint: @escaping (_ text: String, _ cursor: Int) -> String? = { _, _ in nil },
      spans: @escaping (_ text: [UInt32], _ cursor: Int?) -> [TextSpan] = { _, _ in [] },
      shape: @escaping (_ text: String) -> LineShape = { _ in LineShape() }
    ) {
      self.complete = complete
      self.hint = hint
      self.spans = spans
      self.shape = shape
    }
  }

  /// The history given at init.
  package let history: StatementHistory
  let waitForInput: () -> InputWait
  let helpers: Helpers
  let palette: Palette?
  let editText: (String) -> EditedText
  private(set) var line: EditLine?
  var input: TerminalInput
  var reading = Reading()
  var isReading = false
  /// What stands in place of libedit's block.
  var overlay: Overlay?
  /// The overlay as it is on the screen.
  var drawn: BlockPicture?
  /// What was sought last.
  var formerQuery = ""

  var vi = ViMode()

  /// What belongs to the statement being typed.
  struct Reading {
    var isComplete: (String) -> Bool = { _ in true }
    var recall: HistoryRecall?
    var pasted: [UInt8] = []
    /// How many characters before the cursor give way, and to what.
    var replacement: (count: Int, text: [UInt32]) = (0, [])
    /// The indentation that a line was begun with, though more was typed already; nil: it is not at its beginning.
    var hastyIndentation: Int?
    var emacs = EmacsKeys()
    var lastWord = LastWord()
    /// What vi is to take next.
    var viCharacter: Unicode.Scalar?
    /// A control character that was typed last, and how many characters there were.
    var control: (character: UInt32, count: Int)?
    /// Whether the next key types itself.
    var takesLiteral = false
    /// The search that what is shown was found by.
    var search: HistorySearch?
    /// What the key before this one cut.
    var cut: [UInt32] = []
    var outcome: ReadResult?
    /// Whether Ctrl-C came right behind Enter: it is meant for the statement.
    var isInterrupted = false
    var painting = Painting()
    var display = Display()
    var room = Room()
  }

  /// Prepares the terminal's encoding and libedit; nothing is shown yet.
  package init(program: String, options: Options = Options()) {
    history = options.history
    waitForInput = options.waitForInput
    helpers = options.helpers
    palette = options.palette
    editText = options.editText
    input = TerminalInput(descriptor: STDIN_FILENO, wait: options.waitForInput)
    TerminalLocale.adopt()
    guard Terminal.canEdit else { return }
    let line = EditLine(
      program: program, readsUserSettings: options.readsUserSettings,
      key: { [weak self] in self?.run(character: $0) ?? .beep },
      read: { [weak self] in self?.nextCharacter() ?? .failed })
    self.line = line?.edits == true ? line : nil
    vi.indentation = { [helpers] in Self.indentation(below: $0, helpers) }
    if line?.edits == false { fileThatTurnsEditingOff = UserSettings.path }
  }

  /// Whether lines are edited here, and not by the terminal.
  package var editsLines: Bool { line != nil }

  /// The file of the user's in which they have turned editing off; nil: they have not.
  package private(set) var fileThatTurnsEditingOff: String?

  /// What is wrong with the user's settings, in one line; nil: nothing.
  package var settingsProblem: String? {
    guard line?.hasSettingsProblem == true, let path = UserSettings.path else { return nil }
    return "\(path): libedit does not understand a line; it and those behind it are left out"
  }

  /// Asks for a statement.
  ///
  /// Enter ends it when `isComplete` says so, and begins a new line otherwise. The statement is not in the history
  /// yet: the caller records it before running it.
  ///
  /// - Parameter typed: what stands there from the start, in UTF-8, as if it had been pasted. Where lines are not edited
  ///   it is left out.
  package func readStatement(
    prompt: String, typed: [UInt8] = [], isComplete: @escaping (String) -> Bool
  ) -> ReadResult {
    guard let line else { return readPlainly(prompt: prompt, isComplete: isComplete) }
    line.prompt = PromptText.marked(prompt)
    reading = Reading(isComplete: isComplete)
    vi.begin()
    // A change of size while code ran was nobody's to see. Left to itself, libedit would prepare the terminal after
    // showing the prompt, and keys typed in between would go through the kernel's line editing.
    adoptSize(line)
    line.setEditing(true)
    EditLine.write(Terminal.startOfLine(columns: Terminal.size?.columns) + Terminal.pasteOn)
    isReading = true
    input.put(.paste(typed))
    let result = line.readLine()
    isReading = false
    if reading.display.folded != nil { leaveBlock() }
    if reading.outcome == nil, case .success = result, reading.isInterrupted { raise(SIGINT) }
    EditLine.write(Terminal.pasteOff)
    defer { reading = Reading() }
    return conclude(result)
  }

  /// Prints a message of whole lines, safe to print as it is, above the prompt while a statement is being typed.
  ///
  /// - Parameter prompt: the one that comes in place of the former; nil: it stays.
  package func showMessage(_ message: String, prompt: String? = nil) {
    guard isReading, let line else { return EditLine.write(message + "\n") }
    let isCovered = overlay != nil
    if isCovered { eraseOverlay() } else { clearBlock() }
    EditLine.write(
      message.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") + "\r\n")
    if let prompt { line.prompt = PromptText.marked(prompt) }
    if isCovered { drawOverlay() } else { redraw() }
  }

  /// To be called from the wait when the window's size changed.
  ///
  /// - Parameter prompt: one that fits the new width; nil: it stays as it is.
  package func windowChanged(prompt: String? = nil) {
    guard isReading, let line else { return }
    let isCovered = overlay != nil
    if isCovered { eraseOverlay() } else { clearBlock() }
    adoptSize(line)
    if let prompt { line.prompt = PromptText.marked(prompt) }
    if isCovered { drawOverlay() } else { redraw() }
  }

  /// Forgets what was typed ahead, when the terminal is about to be asked something else.
  package func dropTypeAhead() { input.dropTypeAhead() }

  private func conclude(_ result: Result<[UInt32], EditFailure>) -> ReadResult {
    if case .success(let text) = result { forgetCuts(from: EditBuffer.string(text)) }
    if let outcome = reading.outcome {
      if outcome != .interrupted { EditLine.write("\n") }
      return outcome
    }
    switch result {
    case .success(let text):
      return .statement(EditBuffer.string(text.last == 0x0A ? text.dropLast() : text[...]))
    case .failure(let failure):
      EditLine.write("\n")
      return failure.code == 0 ? .endOfInput : .failed(failure.code)
    }
  }

  /// A secret that is not kept in the history does not come back with what was cut or copied either.
  private func forgetCuts(from statement: String) {
    if history.recalled(statement) != statement { vi.registers = [:] }
  }

  private func readPlainly(prompt: String, isComplete: (String) -> Bool) -> ReadResult {
    let output = isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO
    let show = { (text: String) in Terminal.write(Array(text.utf8), to: output) }
    return PlainReader(descriptor: STDIN_FILENO, wait: waitForInput, show: show)
      .readStatement(prompt: prompt, isComplete: isComplete)
  }
}
