/// What is drawn in place of libedit's prompt and text: rows of text that move no cursor.
struct BlockPicture {
  struct Row: Equatable {
    var text: String
    /// Columns. Only that with the prompt may have more than the terminal, and goes on in the next row there.
    var width: Int
  }

  var rows: [Row]
  /// Row and column from 0.
  var cursor: (row: Int, column: Int)
  /// The columns of the terminal that it was made for.
  let columns: Int

  /// What draws it at the cursor, which stands in the first column.
  var drawing: String {
    let up = rowsBelowCursor
    let right = cursor.column % columns
    return rows.map(\.text).joined(separator: "\r\n") + "\r" + (up > 0 ? "\u{1B}[\(up)A" : "")
      + (right > 0 ? "\u{1B}[\(right)C" : "")
  }

  /// The rows below the cursor's.
  var rowsBelowCursor: Int {
    rows[cursor.row...].reduce(0) { $0 + Self.height($1, columns) } - 1 - cursor.column / columns
  }

  /// What erases it and leaves the cursor where it began.
  ///
  /// - Parameter columns: those of the terminal by now, which has broken the rows anew.
  func erasing(columns: Int) -> String {
    let up = rows[..<cursor.row].reduce(cursor.column / columns) { $0 + Self.height($1, columns) }
    return Terminal.eraseFrom(rowsUp: up)
  }

  private static func height(_ row: Row, _ columns: Int) -> Int {
    max(1, (row.width + columns - 1) / columns)
  }
}

extension BlockPicture {
  /// The room there is.
  struct Screen: Equatable {
    var columns: Int
    var rows: Int

    /// The terminal's, as it is now.
    static var current: Screen { Screen(columns: max(Terminal.columns, 2), rows: max(Terminal.rows, 2)) }
  }

  /// A prompt and the text behind it, of which only some rows are shown when not all of them fit.
  ///
  /// - Parameters:
  ///   - prompt: with what is hidden between two `\1`.
  ///   - match: characters that are highlighted.
  ///   - others: rows that are needed besides.
  init(prompt: [UInt32], buffer: EditBuffer, match: Range<Int> = 0..<0, screen: Screen, others: Int = 0) {
    var start = ScreenPosition(width: screen.columns)
    start.advance(over: prompt, isPrompt: true)
    let layout = BlockLayout(buffer.text, from: start)
    let cursorRow = layout.row(of: buffer.cursor)
    let fits = start.row + layout.rows.count + others < screen.rows
    let limit = fits ? layout.rows.count : screen.rows / 2
    columns = screen.columns
    rows = []
    cursor = (0, 0)
    for piece in BlockExcerpt(of: layout.rows.count, cursor: cursorRow, limit: limit).pieces {
      switch piece {
      case .rows(let range):
        if range.contains(cursorRow) {
          cursor = (rows.count + cursorRow - range.lowerBound, layout.column(of: buffer.cursor))
        }
        rows += range.map { Self.row($0, of: layout, match: match) }
      case .gap(let range): rows.append(Self.gap(range, in: layout, columns: columns))
      }
    }
    addPrompt(EditBuffer.string(prompt.filter { $0 != 1 }), rows: start.row)
  }

  private mutating func addPrompt(_ prompt: String, rows count: Int) {
    rows[0].text = prompt + rows[0].text
    rows[0].width += count * columns
    if cursor.row == 0 { cursor.column += count * columns }
  }

  private static func row(_ index: Int, of layout: BlockLayout, match: Range<Int>) -> Row {
    let row = layout.rows[index]
    let match = match.clamped(to: row.characters)
    let pieces = [
      row.characters.lowerBound..<match.lowerBound, match, match.upperBound..<row.characters.upperBound,
    ]
    var result = Row(text: "", width: row.column)
    for piece in pieces where !piece.isEmpty {
      let shown = VisibleText.text(layout.text[piece], from: result.width)
      result.text += piece == match ? "\u{1B}[7m\(shown.text)\u{1B}[27m" : shown.text
      result.width = shown.column
    }
    return result
  }

  private static func gap(_ range: Range<Int>, in layout: BlockLayout, columns: Int) -> Row {
    let lines = layout.lines(in: range)
    let characters = layout.characters(in: range)
    let amount = lines > 0 ? "\(lines) line\(lines == 1 ? "" : "s")" : "\(characters) characters"
    return cut("[… \(amount), Ctrl-X Ctrl-E]", to: columns)
  }

  /// A row of a text that takes a column for each character.
  static func cut(_ text: String, to columns: Int) -> Row {
    let shown = String(text.prefix(max(columns - 1, 0)))
    return Row(text: shown, width: shown.count)
  }
}
