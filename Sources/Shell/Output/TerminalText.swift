import LineEditing

/// The one place that makes text from elsewhere safe to print.
package enum TerminalText {
  /// One line of text: control characters and what turns the writing direction show as escapes.
  package static func line(_ text: String) -> String {
    if isPlain(text) { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.flatMap { shown($0) }))
  }

  /// The same for bytes; what is no UTF-8 shows as U+FFFD.
  package static func line(_ bytes: some Collection<UInt8>) -> String {
    line(String(decoding: bytes, as: UTF8.self))
  }

  /// Text of several lines: line feeds and tabs stay, carriage returns before line feeds go.
  package static func lines(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map { line(String($0)) }.joined(
        separator: "\t")
    }
    .joined(separator: "\n")
  }

  /// Text for a log that a build service reads: in addition, no line is a command to that service.
  package static func forLog(_ text: String) -> String {
    lines(text).split(separator: "\n", omittingEmptySubsequences: false).map { defused(String($0)) }
      .joined(separator: "\n")
  }

  /// The columns that text takes on a terminal, after `line`.
  package static func width(_ text: String) -> Int {
    if isPlain(text) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + (CharacterWidth.columns(of: $1.value) ?? 0) }
  }

  /// Text cut to a width, with `…` where something is missing.
  package static func fitted(_ text: String, to width: Int) -> String {
    guard self.width(text) > width else { return text }
    var result = ""
    var used = 0
    for character in text {
      let columns = self.width(String(character))
      guard used + columns < width else { break }
      result.append(character)
      used += columns
    }
    return width > 0 ? result + "…" : ""
  }

  /// Text with spaces up to a width.
  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - self.width(text)))
  }

  /// Most text is: printable ASCII.
  private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } }

  private static func shown(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    switch scalar.value {
    case 0x09: Array("\\t".unicodeScalars)
    case 0x0A: Array("\\n".unicodeScalars)
    case 0x0D: Array("\\r".unicodeScalars)
    case 0..<0x20, 0x7F: Array("\\x\(hex(scalar, digits: 2))".unicodeScalars)
    case 0x80..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      Array("\\u{\(hex(scalar, digits: 4))}".unicodeScalars)
    default: [scalar]
    }
  }

  private static func hex(_ scalar: Unicode.Scalar, digits: Int) -> String {
    let text = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// `::command::` of GitHub, `##[command]` of Azure, `##vso[…]`, `##teamcity[…]`, even after white space and what
  /// does not show.
  private static func defused(_ line: String) -> String {
    // GitHub takes the older spelling anywhere in a line.
    let line = line.replacing("##[", with: "#\\#[").replacing("##vso[", with: "#\\#vso[")
      .replacing("##teamcity[", with: "#\\#teamcity[")
    let visible = line.drop { $0.isWhitespace }
    for mark in ["::", "##"] where visible.hasPrefix(mark) {
      return String(line[..<visible.startIndex]) + "\\" + visible
    }
    return line
  }
}
