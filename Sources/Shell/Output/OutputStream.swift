import Glibc
import HTTP
import LineEditing
import LuaKit

/// Where the program writes: standard output through Lua's buffer, standard error directly.
enum OutputStream {
  /// Whether standard output is a terminal.
  static let isTerminal = isatty(STDOUT_FILENO) == 1
  /// Whether lines end up in the log of a CI system, which may take some for commands.
  static let isLog = Environment.value("CI") != nil || Environment.value("GITHUB_ACTIONS") != nil

  /// Writes a text that may hold words of a server: safe on a terminal and in a CI log, as it is elsewhere.
  static func write(_ bytes: [UInt8]) {
    if isTerminal {
      StandardOutput.write(TerminalText.lines(String(decoding: bytes, as: UTF8.self)))
    } else if isLog {
      StandardOutput.write(TerminalText.forLog(String(decoding: bytes, as: UTF8.self)))
    } else {
      StandardOutput.write(bytes)
    }
  }

  static func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes out what is buffered. False: it cannot be written.
  static func flush() -> Bool { StandardOutput.flush() }

  /// Writes lines to standard error, always safe.
  static func error(_ text: String) {
    _ = flush()
    let safe = isLog ? TerminalText.forLog(text) : TerminalText.lines(text)
    _ = WholeTransfer.write(Array((safe + "\n").utf8), to: STDERR_FILENO)
  }

  /// Has what comes next begin a line, even where a program has left the cursor behind text.
  static func startLine() { send(Terminal.startOfLine(columns: screen?.columns)) }

  /// Has the terminal note the cursor's place, for `restoreScreen`.
  static func saveCursor() { send("\u{1B}7") }

  /// Has the terminal show its main screen, with the cursor in the place that was noted, after a program that could not
  /// see to it itself.
  static func restoreScreen() { send("\u{1B}[?1049l\u{1B}[?25h\u{1B}[?1l\u{1B}>\u{1B}[m") }

  private static func send(_ sequences: String) {
    guard isTerminal else { return }
    StandardOutput.write(sequences)
    _ = flush()
  }

  /// Words of a server on one line, safe wherever standard output goes.
  static func safe(_ text: String) -> String {
    let line = TerminalText.line(text)
    return isLog ? TerminalText.forLog(line) : line
  }

  /// How wide a table may be: as the terminal, or as it wants to where a program reads it.
  static var tableWidth: Int { isTerminal ? width : 1 << 20 }

  /// The width of the terminal, 80 when there is none.
  static var width: Int { screen?.columns ?? 80 }

  /// The size of the terminal; nil when it is unknown.
  static var screen: (columns: Int, rows: Int)? { Terminal.size }
}
