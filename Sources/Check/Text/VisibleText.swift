/// Which characters do not show as themselves.
enum VisibleText {
  /// Whether a terminal or a browser would act on it instead of showing it: control characters, what turns the writing
  /// direction, and what has no width.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xFFFE, 0xFFFF, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// Text on one line in which everything shows: `\n`, `\t`, `\r`, `\x1B`, `\u{202E}`.
  static func line(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHidden(scalar) { result += escape(scalar).unicodeScalars } else { result.append(scalar) }
    }
    return String(result)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    default: break
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    if scalar.value < 0x80 { return "\\x\(digits.count < 2 ? "0" : "")\(digits)" }
    return "\\u{\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)}"
  }
}
