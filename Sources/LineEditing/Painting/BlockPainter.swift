/// Keeps the colours of the block on the screen up to date, with what has changed alone.
///
/// libedit writes plain characters over ours where the text of a row changes, on its way to the cursor within that row,
/// and, having filled a row, at the start of the next one.
///
/// A row that goes on in the next one is written so that the terminal itself goes on there. Then it knows the two for
/// one line and breaks it anew when its width changes; behind a blank or before a wide character libedit moves to the
/// next row as if there were a line feed, and the block would have another height than we reckon with.
struct BlockPainter {
  private var painted: PaintedRows?

  /// To be called when libedit may have drawn rows anew whose text is the same.
  mutating func forget() { painted = nil }

  /// What paints the rows, with the cursor in its place before and after: libedit does not notice.
  mutating func update(to wanted: PaintedRows) -> [UInt8] {
    let isSamePlace =
      painted?.startColumn == wanted.startColumn && painted?.rowsAbove == wanted.rowsAbove
      && painted?.width == wanted.width
    let before = isSamePlace ? painted?.rows ?? [] : []
    painted = wanted
    var movement = Movement(wanted)
    var result: [UInt8] = []
    let hasChanged = wanted.rows.enumerated().map { row, bytes in row >= before.count || before[row] != bytes
    }
    for (row, bytes) in wanted.rows.enumerated() {
      let isNeeded =
        hasChanged[row] || row == wanted.cursorRow || row > 0 && hasChanged[row - 1]
        || wanted.isEmpty(row + 1) && row + 1 == wanted.cursorRow
      let isGoingOn = movement.isBehind(row - 1) && wanted.goesOn(row - 1)
      guard isNeeded, !bytes.isEmpty || isGoingOn && wanted.isOnScreen(row) else { continue }
      if isGoingOn { movement.goOn() } else { result += movement.toStart(of: row) }
      result += bytes.isEmpty ? Self.blank : bytes
    }
    return result.isEmpty ? [] : Self.place(wanted) + Self.saveCursor + result + Self.restoreCursor
  }

  /// Puts the cursor where libedit holds it to be.
  private static func place(_ block: PaintedRows) -> [UInt8] {
    guard let column = block.doubtfulColumn else { return [] }
    return Array((column > 0 ? "\r\u{1B}[\(column)C" : "\r").utf8)
  }

  /// Has the terminal go on in an empty row.
  private static let blank = Array(" ".utf8)
  private static let saveCursor = Array("\u{1B}7".utf8)
  private static let restoreCursor = Array("\u{1B}8".utf8)
}

/// The way from the cursor to the rows of a block.
private struct Movement {
  private var row: Int
  private let startColumn: Int
  /// The row that was written last.
  private var written: Int?

  init(_ block: PaintedRows) {
    row = block.cursorRow
    startColumn = block.startColumn
  }

  /// Whether the cursor is where a row ends.
  func isBehind(_ row: Int) -> Bool { written == row }

  /// Notes that the next row is written behind the end of the one before.
  mutating func goOn() {
    row += 1
    written = row
  }

  mutating func toStart(of wanted: Int) -> [UInt8] {
    let rows = wanted - row
    row = wanted
    written = wanted
    let vertical = rows == 0 ? "" : rows < 0 ? "\u{1B}[\(-rows)A" : "\u{1B}[\(rows)B"
    let horizontal = wanted == 0 && startColumn > 0 ? "\u{1B}[\(startColumn)C" : ""
    return Array("\r\(vertical)\(horizontal)".utf8)
  }
}
