import Glibc

/// Standard input and output as a terminal.
package enum Terminal {
  /// Has the terminal mark what is pasted, so that it arrives as one piece.
  static let pasteOn = "\u{1B}[?2004h"
  /// The end of that; to be sent before anything else reads the terminal.
  static let pasteOff = "\u{1B}[?2004l"

  /// Puts the cursor at the start of an empty line without asking the terminal where it is: a row of blanks goes on to
  /// the next row only if the cursor was not at the start. Nothing where the width is unknown: on a wider terminal the
  /// row would not go on, and what stands in it would be erased.
  package static func startOfLine(columns: Int?) -> String {
    guard let columns else { return "" }
    return concealing + String(repeating: " ", count: columns) + "\u{1B}[m\r\u{1B}[K"
  }

  /// Without the background or underline that a program may have left on. What reads along, such as a test, knows the
  /// blanks from text by their being concealed.
  private static let concealing = "\u{1B}[m\u{1B}[8m"

  /// Erases all from the start of a row on, so many rows above the cursor's, and leaves the cursor there.
  static func eraseFrom(rowsUp rows: Int) -> String {
    // In the screen's first column tmux takes "erase the rest of the screen" for "clear it", and keeps a copy of what is
    // erased among the rows that have scrolled away.
    "\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[K\u{1B}[C\u{1B}[J\r"
  }

  /// Whether lines can be edited: a terminal on both sides that understands movements.
  static var canEdit: Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, let name = unsafe getenv("TERM") else {
      return false
    }
    return !["", "dumb", "unknown"].contains(unsafe String(cString: name))
  }

  /// The columns of the window, 80 when unknown.
  static var columns: Int { size?.columns ?? 80 }

  /// The rows of the window, 24 when unknown.
  static var rows: Int { size?.rows ?? 24 }

  /// A narrower window is taken for one of so many columns: wide characters need them.
  static let leastColumns = 2

  /// The columns and rows of the window, 24 rows when it has none; nil: the columns are unknown.
  package static var size: (columns: Int, rows: Int)? {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (max(Int(size.ws_col), leastColumns), size.ws_row > 0 ? Int(size.ws_row) : 24)
  }

  /// Writes all bytes, through interruptions; gives up on errors.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if count < 0, errno != EINTR { return }
    }
  }
}
