import Glibc

/// A program in a window of tmux, which breaks long lines anew when the window's width changes (Debian's `tmux`).
package final class Tmux: RealPart {
  package static let needs = ["tmux"]

  private let folder: TemporaryFolder

  /// The last of the lines that the window shows before the program starts.
  package static let lastEarlierLine = "earlier line 50"

  /// Starts the program, without the user's settings of tmux.
  ///
  /// - Parameter isFull: whether earlier output fills the window. Rows at its top leave the screen when others wrap.
  package init(
    _ command: [String], environment: [String: String], folder home: String, columns: Int, rows: Int,
    isFull: Bool
  ) throws {
    folder = try TemporaryFolder()
    let size = ["-x", "\(columns)", "-y", "\(rows)", "-c", home]
    let variables = environment.flatMap { ["-e", "\($0.key)=\($0.value)"] }
    let script = (isFull ? "seq -f 'earlier line %g' 50; " : "") + "exec \"$@\""
    try run(
      ["-f", "/dev/null", "new-session", "-d"] + size + variables + ["sh", "-c", script, "sh"] + command)
    try run(["set-option", "-w", "window-size", "manual"])
  }

  deinit { _ = try? run(["kill-server"]) }

  /// Types a text.
  package func send(_ text: String) throws { try run(["send-keys", "-l", "--", text]) }

  /// Gives the window another width, and waits until the program can know of it: tmux tells it a moment later.
  package func resize(columns: Int) throws {
    try run(["resize-window", "-x", "\(columns)"])
    let path = try run(["display-message", "-p", "#{pane_tty}"])
    let terminal = open(String(path.dropLast()), O_RDONLY | O_NOCTTY | O_CLOEXEC)
    defer { close(terminal) }
    let deadline = Deadline(within: 40)
    while Self.columns(of: terminal) != columns {
      guard !deadline.hasPassed else { throw SupportError("the window keeps its width") }
      usleep(5_000)
    }
  }

  private static func columns(of terminal: Int32) -> Int {
    var size = winsize()
    return ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : -1
  }

  /// All rows that hold something, those that have scrolled away first, without blanks at their ends.
  package func allRows() throws -> [String] {
    try run(["capture-pane", "-p", "-S", "-"]).split(separator: "\n").map {
      String($0.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Waits until all rows fulfil a condition, and returns them.
  @discardableResult
  package func waitForRows(
    _ what: String, within seconds: Double = 40, until condition: ([String]) -> Bool
  ) throws -> [String] {
    let deadline = Deadline(within: seconds)
    while true {
      let rows = try allRows()
      if condition(rows) { return rows }
      guard !deadline.hasPassed else {
        throw SupportError("waited in vain for \(what):\n\(rows.joined(separator: "\n"))")
      }
      usleep(20_000)
    }
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    try Installed.run(["tmux", "-S", folder.path("socket")] + arguments)
  }
}
