/// Keeps the colours of the block on the screen up to date, with what has changed alone.
///
/// libedit writes plain characters over ours where the text of a row changes, on its way to the cursor within that row,
/// and, having filled a row, at the start of the next one.
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
    for (row, bytes) in wanted.rows.enumerated() where !bytes.isEmpty {
      guard hasChanged[row] || row == wanted.cursorRow || row > 0 && hasChanged[row - 1] else { continue }
      result += movement.toStart(of: row)
      result += bytes
    }
    return result.isEmpty ? [] : Self.saveCursor + result + Self.restoreCursor
  }

  private static let saveCursor = Array("\u{1B}7".utf8)
  private static let restoreCursor = Array("\u{1B}8".utf8)
}

/// The way from the cursor to the rows of a block.
private struct Movement {
  private var row: Int
  private let startColumn: Int

  init(_ block: PaintedRows) {
    row = block.cursorRow
    startColumn = block.startColumn
  }

  mutating func toStart(of wanted: Int) -> [UInt8] {
    let rows = wanted - row
    row = wanted
    let vertical = rows == 0 ? "" : rows < 0 ? "\u{1B}[\(-rows)A" : "\u{1B}[\(rows)B"
    let horizontal = wanted == 0 && startColumn > 0 ? "\u{1B}[\(startColumn)C" : ""
    return Array("\r\(vertical)\(horizontal)".utf8)
  }
}
