import Glibc

/// Standard input and output as a terminal.
package enum Terminal {
  /// Has the terminal mark what is pasted, so that it arrives as one piece.
  static let pasteOn = "\u{1B}[?2004h"
  /// The end of that; to be sent before anything else reads the terminal.
  static let pasteOff = "\u{1B}[?2004l"

  /// Puts the cursor at the start of an empty line without asking the terminal where it is: a row of blanks goes on to
  /// the next row only if the cursor was not at the start.
  package static func startOfLine(columns: Int) -> String {
    hidden + String(repeating: " ", count: columns) + "\u{1B}[m\r\u{1B}[K"
  }

  private static let hidden = "\u{1B}[8m"

  /// Whether lines can be edited: a terminal on both sides that understands movements.
  static var canEdit: Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, let name = unsafe getenv("TERM") else {
      return false
    }
    return !["", "dumb", "unknown"].contains(unsafe String(cString: name))
  }

  /// The columns of the window, 80 when unknown.
  static var columns: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The rows of the window, 24 when unknown.
  static var rows: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
    return Int(size.ws_row)
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
