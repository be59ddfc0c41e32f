/// Breaks text into lines of a width.
struct TextLayout {
  let safety: TextSafety
  /// Columns; `.max` for no limit.
  let width: Int

  /// The lines of a text, of which all but the first are indented; `lead` stands in front of the first.
  func lines(_ text: String, lead: String = "", indent: Int = 0) -> [String] {
    let indent = min(indent, width / 2)
    let space = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = lead
    var used = safety.width(lead)
    // Whether the line has no word yet.
    var isFresh = true
    for word in safety.line(text).split(separator: " ") {
      for piece in pieces(String(word), width - indent) {
        let columns = safety.width(piece)
        if !isFresh, used + 1 + columns > width {
          lines.append(safety.logLine(line))
          (line, used, isFresh) = (space, indent, true)
        }
        line += isFresh ? piece : " \(piece)"
        used += columns + (isFresh ? 0 : 1)
        isFresh = false
      }
    }
    return lines + [safety.logLine(line)]
  }

  /// A word, in as many parts as it needs.
  private func pieces(_ word: String, _ room: Int) -> [String] {
    guard safety.width(word) > room, room > 0 else { return [word] }
    var pieces = [""]
    var used = 0
    for character in word {
      let columns = safety.width(String(character))
      if used + columns > room, used > 0 {
        pieces.append("")
        used = 0
      }
      pieces[pieces.count - 1].append(character)
      used += columns
    }
    return pieces
  }
}
