/// A terminal's screen as text that people can read and compare.
///
/// ```text
/// mfsh> print("Hi
/// ──── 80×24, cursor in row 1, column 16
/// ──── styles
///  1       aaaaa bbb
/// a: colour 4, bold
/// b: colour 2
/// ```
///
/// The rows come as they are, counted from 1. Under `styles`, when they are wanted, are the rows in which anything
/// looks other than plain: a letter below each such cell, and what the letters mean.
package enum ScreenPicture {
  private static let rule = "────"

  /// The picture of the rows from `top` on, with or without the styles.
  ///
  /// How long a statement took is left out unless wanted: on a busy machine each may take long enough to say so.
  package static func text(
    of screen: TerminalScreen, withStyles: Bool = false, from top: Int = 0, withDurations: Bool = false
  ) -> String {
    let all = screen.rows
    let rows = (top..<screen.rowCount).filter {
      withDurations || $0 >= all.count || !ScreenVariables.isDuration(all[$0])
    }
    let above = rows.count { $0 < screen.cursor.row }
    let place = "cursor in row \(above + 1), column \(screen.cursor.column + 1)"
    var lines = rows.filter { $0 < all.count }.map { ScreenVariables.masked(all[$0]) }
    lines.append("\(rule) \(screen.columns)×\(screen.rowCount), \(place)")
    if withStyles { lines += styles(of: screen, in: rows) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func styles(of screen: TerminalScreen, in rows: [Int]) -> [String] {
    var letters: [TerminalScreen.Style: Character] = [:]
    var legend: [String] = []
    var maps: [String] = []
    for (index, row) in rows.enumerated() {
      let marks = (0..<screen.columns).map { column -> Character in
        let style = screen.style(row: row, column: column)
        if style == TerminalScreen.Style() { return " " }
        if let letter = letters[style] { return letter }
        let letter = Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(letters.count, 25))))
        letters[style] = letter
        legend.append("\(letter): \(name(of: style))")
        return letter
      }
      guard let end = marks.lastIndex(where: { $0 != " " }) else { continue }
      let number = String(index + 1)
      maps.append(String(repeating: " ", count: 3 - number.count) + number + " " + String(marks[...end]))
    }
    return ["\(rule) styles; columns begin behind the fourth character"] + maps + legend
  }

  private static func name(of style: TerminalScreen.Style) -> String {
    var words: [String] = []
    if let colour = style.colour { words.append("colour \(colour)") }
    if let background = style.background { words.append("background \(background)") }
    if style.isBold { words.append("bold") }
    if style.isItalic { words.append("italic") }
    if style.isUnderlined { words.append("underlined") }
    if style.isReversed { words.append("reversed") }
    return words.joined(separator: ", ")
  }

  /// Both pictures side by side line for line: `-` was wanted, `+` is there.
  package static func difference(wanted: String, found: String) -> String {
    let wanted = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let found = found.split(separator: "\n", omittingEmptySubsequences: false)
    return wanted.difference(from: found).isEmpty ? "" : merged(Array(wanted), Array(found))
  }

  private static func merged(_ wanted: [Substring], _ found: [Substring]) -> String {
    let changes = found.difference(from: wanted)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var result: [String] = []
    var (old, new) = (0, 0)
    while old < wanted.count || new < found.count {
      if old < wanted.count, removed.contains(old) {
        result.append("- \(wanted[old])")
        old += 1
      } else if new < found.count, inserted.contains(new) {
        result.append("+ \(found[new])")
        new += 1
      } else {
        result.append("  \(wanted[old])")
        (old, new) = (old + 1, new + 1)
      }
    }
    return result.joined(separator: "\n")
  }
}
