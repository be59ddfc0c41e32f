/// The rows of the screen that a text behind its prompt fills, with colours: what libedit shows, character for
/// character.
struct PaintedRows: Equatable {
  /// From the row on in which the prompt ends, whose first columns are the prompt's.
  private(set) var rows: [[UInt8]] = []
  /// Those that end in a line feed. What is behind the others goes on in the next row since there is no room.
  private(set) var rowsWithLineFeed: Set<Int> = []
  /// The rows that the prompt fills before that one.
  let rowsAbove: Int
  /// Where the text begins in the first row.
  let startColumn: Int
  let width: Int
  /// The cursor's row, counted from the first one.
  private(set) var cursorRow = 0
  /// The cursor's column, the prompt's counted, where libedit may be wrong about it: on its way from another row it counts
  /// half a character as a whole one, and behind the last column of a row a step back as one from the next row. Nil: it
  /// is right.
  private(set) var doubtfulColumn: Int?
  /// Where the text ends; its row is counted from the prompt's first one.
  private(set) var end: ScreenPosition

  /// - Parameters:
  ///   - prompt: marked as in `PromptText`.
  ///   - spans: in order, none on top of another.
  ///   - palette: nil: all stays plain.
  init(_ buffer: EditBuffer, prompt: [UInt32], spans: [TextSpan], palette: Palette?, width: Int) {
    var position = ScreenPosition(width: width)
    position.advance(over: prompt, isPrompt: true)
    (rowsAbove, startColumn, self.width) = (position.row, position.column, width)
    var brush = Brush(palette, row: position.row)
    var next = 0
    var cursor = position
    var wideRows: Set<Int> = []
    for (index, character) in buffer.text.enumerated() {
      if index == buffer.cursor { cursor = Self.place(of: character, at: position) }
      while next < spans.count, spans[next].range.upperBound <= index { next += 1 }
      let isInSpan = next < spans.count && spans[next].range.lowerBound <= index
      let kind = isInSpan && palette != nil ? spans[next].kind : nil
      if character == 0x0A { rowsWithLineFeed.insert(position.row - rowsAbove) }
      position.advance(over: character) { shown, row in
        brush.put(shown, kind, row: row)
        if shown > Self.lastNarrow, CharacterWidth.columns(of: shown) == 2 { wideRows.insert(row) }
      }
    }
    brush.finish(through: position.row)
    rows = brush.rows
    end = position
    if buffer.cursor >= buffer.text.count { cursor = position }
    cursorRow = cursor.row - rowsAbove
    doubtfulColumn = wideRows.contains(cursor.row) || goesOn(cursorRow) ? cursor.column : nil
  }

  /// No lower character takes two columns.
  private static let lastNarrow: UInt32 = 0x10FF

  private static func place(of character: UInt32, at position: ScreenPosition) -> ScreenPosition {
    var position = position
    position.makeRoom(for: character)
    return position
  }

  /// Whether a row is full and the next one begins for that reason.
  func goesOn(_ row: Int) -> Bool { row + 1 < rows.count && !rowsWithLineFeed.contains(row) }

  func isEmpty(_ row: Int) -> Bool { row < rows.count && rows[row].isEmpty }

  /// Behind a text that fills its last row libedit goes to the next one with the cursor only; the screen may end before.
  func isOnScreen(_ row: Int) -> Bool { row + 1 < rows.count || !isEmpty(row) || row == cursorRow }

  /// All rows of prompt and text.
  var height: Int { rowsAbove + rows.count }
}

/// Puts characters into rows.
private struct Brush {
  private let sequences: [TextSpan.Kind: [UInt8]]
  private(set) var rows: [[UInt8]] = []
  private var current: [UInt8] = []
  private var row: Int
  private var kind: TextSpan.Kind?

  init(_ palette: Palette?, row: Int) {
    self.row = row
    let pairs = TextSpan.Kind.allCases.compactMap { kind in
      palette.map { (kind, Array("\u{1B}[0;\($0.parameters(of: kind))m".utf8)) }
    }
    sequences = Dictionary(uniqueKeysWithValues: pairs)
  }

  @inline(__always)
  mutating func put(_ character: UInt32, _ kind: TextSpan.Kind?, row: Int) {
    if row != self.row { finish(rowsBefore: row) }
    if kind != self.kind { change(to: kind) }
    if character < 0x80 {
      current.append(UInt8(truncatingIfNeeded: character))
    } else {
      current += Array(String(Unicode.Scalar(character) ?? "\u{FFFD}").utf8)
    }
  }

  private mutating func change(to kind: TextSpan.Kind?) {
    current += kind.flatMap { sequences[$0] } ?? Self.plain
    self.kind = kind
  }

  private mutating func finish(rowsBefore next: Int) {
    while row < next {
      if kind != nil { change(to: nil) }
      rows.append(current)
      current = []
      row += 1
    }
  }

  mutating func finish(through last: Int) { finish(rowsBefore: last + 1) }

  private static let plain = Array("\u{1B}[m".utf8)
}
