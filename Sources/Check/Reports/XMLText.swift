/// Text for XML 1.0: only characters that it allows and that show.
enum XMLText {
  /// For between tags.
  static func content(_ text: String) -> String { escaped(text) { $0 == "\n" ? "\n" : nil } }

  /// For between double quotes; line ends are written so that a parser keeps them.
  static func attribute(_ text: String) -> String { escaped(text) { $0 == "\n" ? "&#10;" : nil } }

  private static func escaped(_ text: String, _ special: (Unicode.Scalar) -> String?) -> String {
    let isPlain = text.utf8.allSatisfy {
      (0x20..<0x7F).contains($0) && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E && $0 != 0x22
    }
    if isPlain { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default:
        if let text = special(scalar) { result += text } else { result += shown(scalar) }
      }
    }
    return result
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    let text = String(scalar)
    return VisibleText.isHidden(scalar) ? VisibleText.line(text) : text
  }
}
