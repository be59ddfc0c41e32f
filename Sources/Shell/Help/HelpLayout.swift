/// Lays a text of the help out for a narrower terminal than it was written for.
///
/// A block is what belongs together: a paragraph; a line of code; or a row, such as `  url   the server`, with the lines
/// that go on below its second column. A block that fits stays as it is.
struct HelpLayout {
  private struct Block {
    /// What stands before the words: nothing, `- `, or the first column of a row with its spaces.
    var start: String
    /// The column of further lines.
    var hang: Int
    var words: String
    var lines: [Substring]
    var goesOn: (_ indent: Int) -> Bool
  }

  /// The text in lines of at most `width` columns; only a longer word is wider.
  static func fitted(_ text: String, width: Int) -> String {
    var blocks: [Block] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = line.prefix { $0 == " " }.count
      if let last = blocks.last, !line.isEmpty, last.goesOn(indent), columns(of: line) == nil {
        blocks[blocks.count - 1].words += " " + line.dropFirst(indent)
        blocks[blocks.count - 1].lines.append(line)
      } else {
        blocks.append(block(line, indent: indent))
      }
    }
    return blocks.map { rendered($0, width: width) }.joined(separator: "\n")
  }

  private static func block(_ line: Substring, indent: Int) -> Block {
    if let hang = columns(of: line) {
      return Block(
        start: String(line.prefix(hang)), hang: hang, words: String(line.dropFirst(hang)), lines: [line],
        goesOn: { $0 == hang })
    }
    // What is indented is code, line by line.
    return Block(
      start: String(line.prefix(indent)), hang: indent == 0 ? 0 : indent + 2,
      words: String(line.dropFirst(indent)), lines: [line],
      goesOn: { $0 == 0 && indent == 0 && !line.isEmpty })
  }

  /// Where the second column of a row begins, or the text of a list's item; nil for any other line.
  private static func columns(of line: Substring) -> Int? {
    let body = line.drop { $0 == " " }
    let indent = line.count - body.count
    if body.hasPrefix("- ") { return indent + 2 }
    guard let gap = body.firstRange(of: "  ") else { return nil }
    let rest = body[gap.upperBound...]
    return line.count - rest.drop { $0 == " " }.count
  }

  private static func rendered(_ block: Block, width: Int) -> String {
    guard block.lines.contains(where: { $0.count > width }) else {
      return block.lines.joined(separator: "\n")
    }
    // A first column that takes more than half of the room stands alone.
    let isApart = block.hang > width / 2
    let hang = isApart ? min(4, width / 2) : block.hang
    let words = wrapped(block.words, indent: hang, width: width)
    guard isApart else { return block.start + words.joined(separator: "\n").dropFirst(hang) }
    let indent = block.start.prefix { $0 == " " }.count
    return (wrapped(block.start, indent: indent, width: width) + words).joined(separator: "\n")
  }

  private static func wrapped(_ words: String, indent: Int, width: Int) -> [String] {
    let space = String(repeating: " ", count: indent)
    return TextWrap.lines(words, width: max(1, width - indent)).map { space + $0 }
  }
}
