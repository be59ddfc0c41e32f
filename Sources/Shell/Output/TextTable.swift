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

  /// The lines, none wider than `width` as long as every column has four characters, without a line end at the end.
  package func render(width: Int) -> String {
    let cells = ([headers] + rows).map { row in
      headers.indices.map { TerminalText.line($0 < row.count ? row[$0] : "") }
    }
    let natural = headers.indices.map { column in cells.map { TerminalText.width($0[column]) }.max() ?? 0 }
    let widths = Self.shrunk(natural, to: width - Self.gap * max(0, headers.count - 1))
    return cells.map { Self.line($0, widths, width) }.joined(separator: "\n")
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
