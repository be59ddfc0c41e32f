import CVTerm

/// What a terminal shows once it has acted out a program's output: libvterm is the terminal.
package final class TerminalScreen {
  /// How a cell looks besides its character. Colours are indices of the palette.
  package struct Style: Hashable {
    package var colour: Int?
    package var background: Int?
    package var isBold = false
    package var isItalic = false
    package var isUnderlined = false
    package var isReversed = false

    package init(colour: Int? = nil) { self.colour = colour }
  }

  private let terminal: OpaquePointer
  package private(set) var columns: Int
  package private(set) var rowCount: Int

  package init(columns: Int, rows: Int) {
    guard let terminal = screen_new(Int32(rows), Int32(columns)) else { preconditionFailure("no memory") }
    self.terminal = terminal
    (self.columns, rowCount) = (columns, rows)
  }

  deinit { vterm_free(terminal) }

  /// Acts out a part of the output; sequences and characters may be cut anywhere.
  package func feed(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      _ = vterm_input_write(terminal, start.assumingMemoryBound(to: CChar.self), buffer.count)
    }
  }

  /// Changes the size as xterm does: rows are cut or filled up, not wrapped anew.
  package func resize(columns: Int, rows: Int) {
    vterm_set_size(terminal, Int32(rows), Int32(columns))
    (self.columns, rowCount) = (columns, rows)
  }

  /// Counted from 0. Behind the last column the cursor stays in it.
  package var cursor: (row: Int, column: Int) {
    let position = screen_cursor(terminal)
    return (Int(position.row), Int(position.col))
  }

  /// The rows from the top, without blanks at their ends and without empty rows at the end.
  package var rows: [String] {
    var all = (0..<rowCount).map { text(ofRow: $0) }
    while all.last?.isEmpty == true { all.removeLast() }
    return all
  }

  /// All rows as one text.
  package var text: String { rows.joined(separator: "\n") }

  /// How the character at a place looks; both halves of a wide one look the same.
  package func style(row: Int, column: Int) -> Style {
    let cell = screen_cell_at(terminal, Int32(row), Int32(column))
    var style = Style(colour: cell.colour == -1 ? nil : Int(cell.colour))
    style.background = cell.background == -1 ? nil : Int(cell.background)
    (style.isBold, style.isItalic) = (cell.bold, cell.italic)
    (style.isUnderlined, style.isReversed) = (cell.underline, cell.reverse)
    return style
  }

  private func text(ofRow row: Int) -> String {
    var result = String.UnicodeScalarView()
    var column = 0
    while column < columns {
      var cell = screen_cell_at(terminal, Int32(row), Int32(column))
      let scalars = withUnsafeBytes(of: &cell.characters) { bytes in
        bytes.bindMemory(to: UInt32.self).prefix { $0 != 0 }.compactMap(Unicode.Scalar.init)
      }
      result.append(contentsOf: scalars.isEmpty ? [" "] : scalars)
      column += max(1, Int(cell.width))
    }
    while result.last == " " { result.removeLast() }
    return String(result)
  }
}
