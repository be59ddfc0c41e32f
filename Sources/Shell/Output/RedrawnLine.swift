/// A line on a terminal that is drawn over its former self. The cursor stays in its row.
///
/// Between two drawings the window may have got another width, and a terminal that wraps anew shows the former line in
/// several rows: all of them are erased. The terminal may also have its new width before this program knows of it, so
/// what is drawn never wraps.
struct RedrawnLine {
  /// What comes before all, and from the cursor to the start of the line.
  private let room, way: String
  /// The columns that the line took when it was drawn; 0: none is.
  private var columns = 0

  /// A line in the row of the cursor, which goes to its start: there a terminal that wraps anew keeps it.
  static let atCursor = RedrawnLine(room: "\r", way: "")
  /// A line in the row below the cursor. In the last row the screen scrolls, and the cursor is where it was in the text;
  /// a lower window may have put it there.
  static let belowCursor = RedrawnLine(room: "\u{1B}D\u{1B}M", way: down + "\r")

  private init(room: String, way: String) { (self.room, self.way) = (room, way) }

  /// Whether it stands on the screen.
  var isShown: Bool { columns > 0 }

  /// What shows the text, without the last column, behind which terminals differ.
  mutating func drawing(_ text: String, width: Int) -> String {
    let shown = TerminalText.fitted(text, to: width - 1)
    defer { columns = max(1, TerminalText.width(shown)) }
    return erasing(width: width) + way + Self.cut + shown + Self.wrap + Self.restoreCursor
  }

  /// What erases it.
  mutating func erasing(width: Int) -> String {
    defer { columns = 0 }
    let further = columns == 0 ? 0 : (columns - 1) / max(1, width)
    let below = String(repeating: Self.down + Self.eraseRow, count: further)
    return room + Self.saveCursor + way + Self.eraseRow + below + Self.restoreCursor
  }

  private static let saveCursor = "\u{1B}7", restoreCursor = "\u{1B}8"
  /// One row down, where there is one.
  private static let down = "\u{1B}[B"
  private static let eraseRow = "\u{1B}[2K"
  /// Whether what has no room goes on in the next row.
  private static let cut = "\u{1B}[?7l", wrap = "\u{1B}[?7h"
}
