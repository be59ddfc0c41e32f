import TestSupport

/// Keys as xterm sends them.
enum Key {
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let delete = "\u{1B}[3~"
  static let pageUp = "\u{1B}[5~"
  static let pageDown = "\u{1B}[6~"
  static let wordLeft = "\u{1B}[1;5D"
  static let wordRight = "\u{1B}[1;5C"
  static let enter = "\r"
  static let tab = "\t"
  static let backspace = "\u{7F}"
  static let escape = "\u{1B}"
  /// Inserts a line whatever the statement.
  static let altEnter = "\u{1B}\r"

  static func control(_ letter: Character) -> String {
    String(UnicodeScalar((letter.asciiValue ?? 0) & 0x1F))
  }

  static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}

extension Shell {
  /// A shell with job control in which `mfsh` is a command.
  func bash(
    environment: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> PseudoTerminal {
    let variables = ["HOME": home.path, "PS1": "$ ", "no_proxy": "*"]
    let terminal = try PseudoTerminal(
      ["bash", "--norc", "--noprofile", "-i"],
      environment: variables.merging(Documentation.environment) { $1 }.merging(environment) { $1 },
      folder: home.path, columns: columns,
      rows: rows)
    try terminal.waitForPrompt("$")
    return terminal
  }
}

extension PseudoTerminal {
  /// A prompt beside a sandbox, before anything was typed.
  static func sandboxed(columns: Int = 80, rows: Int = 24) throws -> (shell: Shell, terminal: PseudoTerminal)
  {
    var shell = try Shell()
    shell.options = ["--sandbox"]
    let terminal = try shell.terminal(columns: columns, rows: rows)
    try terminal.waitForPrompt()
    return (shell, terminal)
  }

  /// Types a statement and waits until the prompt is back.
  func enter(_ text: String, until prompt: String = "mfsh>") throws {
    try enter(text, until: prompt) {}
  }

  /// Types a statement, does something while it runs, and waits until the prompt is back.
  func enter(_ text: String, until prompt: String, meanwhile: () throws -> Void) throws {
    try enterForAnyPrompt(text, meanwhile: meanwhile)
    try waitForPrompt(prompt)
  }

  /// Types a statement, does something while it runs, and waits until a prompt is on its way.
  ///
  /// What the screen shows may be the prompt at which it was typed. Each prompt begins with the sequence that has pastes
  /// marked, unless the terminal takes none.
  func enterForAnyPrompt(_ text: String, meanwhile: () throws -> Void = {}) throws {
    let sign = hasShown(Self.pasteOn) ? Self.pasteOn : []
    let before = rawOutput.count
    send(text + Key.enter)
    try wait(for: "an echo of \(text)") { rawOutput.count > before }
    try meanwhile()
    try wait(for: "a prompt behind \(text)") { sign.isEmpty || hasShown(sign, after: before) }
  }

  private static let pasteOn = Array("\u{1B}[?2004h".utf8)

  /// Waits until an empty prompt is the last that the screen shows.
  func waitForPrompt(_ prompt: String = "mfsh>") throws {
    try waitForScreen("the prompt \(prompt)") {
      $0.rows.last == prompt && $0.cursor == ($0.rows.count - 1, prompt.count + 1)
    }
  }

  /// Waits until the text stands in a row of the screen.
  func waitForText(_ text: String) throws {
    try waitForScreen("“\(text)”") { $0.rows.contains { $0.contains(text) } }
  }

  /// Waits until code runs: Ctrl-C is no key then.
  func waitForCodeToRun() throws {
    try wait(for: "the code to run", within: Shell.patience) { settings.readsLines }
  }
}
