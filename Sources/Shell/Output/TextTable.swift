import MFWS

/// Aligned columns under headers, fitted to a terminal.
package struct TextTable {
  /// What stands above the columns.
  package var headers: [String]
  /// One list of cells per row; missing cells are empty.
  package var rows: [[String]]

  /// A table of cells; they may hold any text.
  package init(headers: [String], rows: [[String]]) {
    self.headers = headers
    self.rows = rows
  }

  private static let gap = 2
  /// A column shrinks no further.
  private static let minimum = 4
  /// What is left of a text in fewer columns tells little.
  private static let readable = 12

  /// The columns that are shown where not all have room, without cutting identifiers: the first goes last, masked
  /// secrets go first.
  package func columns(fitting width: Int) -> [Int] {
    let natural = naturalWidths(cells)
    let needed = natural.enumerated().map {
      isIdentifier($0.offset) ? $0.element : min($0.element, Self.readable)
    }
    func space(_ widths: [Int], _ columns: [Int]) -> Int {
      columns.reduce(0) { $0 + widths[$1] } + Self.gap * max(0, columns.count - 1)
    }
    var columns = Array(headers.indices)
    if space(natural, columns) > width {
      columns.removeAll { column in column > 0 && rows.allSatisfy { Self.isMasked(Self.cell($0, column)) } }
    }
    while columns.count > 1, space(needed, columns) > width {
      let others = columns.dropFirst().filter { !isIdentifier($0) }
      let last = others.last ?? columns[columns.count - 1]
      columns.removeAll { $0 == last }
    }
    return columns
  }

  /// Columns of a terminal on which nothing is cut.
  package var naturalWidth: Int {
    naturalWidths(cells).reduce(0, +) + Self.gap * max(0, headers.count - 1)
  }

  /// The table of these columns alone.
  package func selecting(_ columns: [Int]) -> TextTable {
    TextTable(
      headers: columns.map { headers[$0] }, rows: rows.map { row in columns.map { Self.cell(row, $0) } })
  }

  private static func cell(_ row: [String], _ column: Int) -> String { column < row.count ? row[column] : "" }

  private static func isMasked(_ text: String) -> Bool { text.hasPrefix("secret(") || text.isEmpty }

  /// A column of GUIDs: a part of one is of no use.
  private func isIdentifier(_ column: Int) -> Bool {
    let texts = rows.lazy.map { Self.cell($0, column) }.filter { !$0.isEmpty }
    return !texts.isEmpty && texts.allSatisfy { GUID($0) != nil }
  }

  /// The lines, none wider than `width` as long as every column has four characters, without a line end at the end.
  package func render(width: Int) -> String {
    let natural = naturalWidths(cells)
    let room = width == .max ? .max : width - Self.gap * max(0, headers.count - 1)
    let identifiers = natural.indices.filter(isIdentifier)
    let others = natural.indices.filter { !identifiers.contains($0) }
    let left = identifiers.reduce(room) { $0 - natural[$1] }
    var widths = natural
    for (column, width) in zip(others, Self.shrunk(others.map { natural[$0] }, to: left)) {
      widths[column] = width
    }
    widths = Self.shrunk(widths, to: room)
    return cells.map { Self.line($0, widths, width) }.joined(separator: "\n")
  }

  private var cells: [[String]] {
    ([headers] + rows).map { row in headers.indices.map { TerminalText.line(Self.cell(row, $0)) } }
  }

  private func naturalWidths(_ cells: [[String]]) -> [Int] {
    headers.indices.map { column in cells.map { TerminalText.width($0[column]) }.max() ?? 0 }
  }

  private static func line(_ cells: [String], _ widths: [Int], _ width: Int) -> String {
    let columns = zip(cells, widths).map { TerminalText.padded(TerminalText.fitted($0, to: $1), to: $1) }
    let line = columns.joined(separator: String(repeating: " ", count: gap))
    return TerminalText.fitted(String(line.reversed().drop { $0 == " " }.reversed()), to: width)
  }

  /// Takes from the widest columns first, so that short ones stay whole.
  private static func shrunk(_ natural: [Int], to total: Int) -> [Int] {
    var widths = natural
    var excess = widths.reduce(0, +) - total
    while excess > 0, let widest = widths.max(), widest > minimum {
      let affected = widths.indices.filter { widths[$0] == widest }
      let next = max(widths.filter { $0 < widest }.max() ?? minimum, minimum)
      let step = max(1, min(widest - next, excess / affected.count))
      for column in affected where excess > 0 {
        widths[column] -= step
        excess -= step
      }
    }
    return widths
  }
}

/// Keys and values of one record below each other.
package struct TextRecord {
  /// The pairs in their order.
  package var pairs: [(key: String, value: String)]

  /// A record of these pairs; keys and values may hold any text.
  package init(_ pairs: [(key: String, value: String)]) { self.pairs = pairs }

  /// The lines, values aligned and cut to `width`, without a line end at the end.
  package func render(width: Int) -> String {
    let keys = pairs.map { TerminalText.line($0.key) }
    let column = min(keys.map(TerminalText.width).max() ?? 0, max(4, width / 2))
    return zip(keys, pairs).map { key, pair in
      let start = TerminalText.padded(TerminalText.fitted(key, to: column), to: column)
      return TerminalText.fitted("\(start)  \(TerminalText.line(pair.value))", to: width)
    }.joined(separator: "\n")
  }
}
