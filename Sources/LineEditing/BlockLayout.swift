/// The rows of the terminal that a text fills behind its prompt, by the arithmetic libedit draws with.
struct BlockLayout {
  /// One row.
  struct Row: Equatable {
    /// Its characters, without a line feed.
    var characters: Range<Int>
    /// Where they begin, from 0.
    var column: Int
    /// Whether a line of the text begins here, and not the rest of one.
    var beginsLine: Bool
  }

  let text: [UInt32]
  private(set) var rows: [Row]

  /// - Parameter start: the place behind the prompt.
  init(_ text: [UInt32], from start: ScreenPosition) {
    self.text = text
    rows = [Row(characters: 0..<0, column: start.column, beginsLine: true)]
    var position = start
    var index = 0
    while index < text.count {
      let plain = Self.plainCharacters(in: text[index...].prefix(position.width - position.column))
      if plain > 0 {
        index += plain
        extend(to: index)
        if position.advance(overPlain: plain) { begin(index, isLine: false) }
        continue
      }
      let character = text[index]
      defer { index += 1 }
      let row = position.row
      position.advance(over: character)
      if position.row == row {
        extend(to: index + 1)
      } else if character == 0x0A {
        begin(index + 1, isLine: true)
      } else if position.column == 0 {
        // It has filled its row.
        extend(to: index + 1)
        begin(index + 1, isLine: false)
      } else {
        begin(index, isLine: false)
        extend(to: index + 1)
      }
    }
  }

  /// How many characters of one column it begins with, which are most there are.
  private static func plainCharacters(in text: ArraySlice<UInt32>) -> Int {
    (text.firstIndex { !ScreenPosition.plain.contains($0) } ?? text.endIndex) - text.startIndex
  }

  private mutating func extend(to end: Int) {
    rows[rows.count - 1].characters = rows[rows.count - 1].characters.lowerBound..<end
  }

  private mutating func begin(_ start: Int, isLine: Bool) {
    rows.append(Row(characters: start..<start, column: 0, beginsLine: isLine))
  }

  /// The row in which a cursor at this offset stands.
  func row(of offset: Int) -> Int { rows.lastIndex { $0.characters.lowerBound <= offset } ?? 0 }

  /// The column in which a cursor at this offset stands, from 0.
  func column(of offset: Int) -> Int {
    let row = rows[row(of: offset)]
    let end = min(max(offset, row.characters.lowerBound), row.characters.upperBound)
    return VisibleText.text(text[row.characters.lowerBound..<end], from: row.column).column
  }

  /// How many lines begin in these rows.
  func lines(in range: Range<Int>) -> Int { rows[range].count { $0.beginsLine } }

  /// How many characters these rows have.
  func characters(in range: Range<Int>) -> Int { rows[range].reduce(0) { $0 + $1.characters.count } }
}

/// Which rows of a block are shown that has too many: its first ones, and those around the cursor.
struct BlockExcerpt: Equatable {
  enum Piece: Equatable {
    case rows(Range<Int>)
    /// Rows that are left out; one row says so.
    case gap(Range<Int>)
  }

  let pieces: [Piece]

  /// - Parameters:
  ///   - count: the rows there are.
  ///   - cursor: the row that has to be among those shown.
  ///   - limit: how many are shown.
  init(of count: Int, cursor: Int, limit: Int) {
    let limit = max(limit, 2)
    guard count > limit else {
      pieces = [.rows(0..<count)]
      return
    }
    let head = limit / 2
    let start = min(max(cursor - (limit - head) / 2, head), count - (limit - head))
    let end = start + limit - head
    let shown: [Piece] =
      start == head ? [.rows(0..<end)] : [.rows(0..<head), .gap(head..<start), .rows(start..<end)]
    pieces = end < count ? shown + [.gap(end..<count)] : shown
  }
}
