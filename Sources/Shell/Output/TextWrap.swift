/// Breaks text into lines between words.
enum TextWrap {
  /// `- text`, its further lines indented below the first.
  static func item(_ text: String, width: Int) -> String {
    "- " + lines(text, width: width - 2).joined(separator: "\n  ") + "\n"
  }

  /// The text in lines of at most `width` characters, a longer word apart.
  static func paragraph(_ text: String, width: Int) -> String {
    lines(text, width: width).joined(separator: "\n") + "\n"
  }

  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
