/// Strings as JSON writes them.
enum JSONLiteral {
  /// `text` in quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The escape that `bytes` begin with: its length and what it stands for.
  static func escape(_ bytes: ArraySlice<UInt8>) -> (length: Int, decoded: [UInt8])? {
    guard bytes.first == 0x5C, let kind = bytes.dropFirst().first else { return nil }
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return (2, [kind])
    case UInt8(ascii: "b"): return (2, [8])
    case UInt8(ascii: "f"): return (2, [12])
    case UInt8(ascii: "n"): return (2, [10])
    case UInt8(ascii: "r"): return (2, [13])
    case UInt8(ascii: "t"): return (2, [9])
    case UInt8(ascii: "u"): return unicodeEscape(bytes)
    default: return nil
    }
  }

  private static func unicodeEscape(_ bytes: ArraySlice<UInt8>) -> (length: Int, decoded: [UInt8])? {
    guard let unit = codeUnit(bytes) else { return nil }
    if let scalar = Unicode.Scalar(unit) { return (6, Array(String(Character(scalar)).utf8)) }
    guard unit < 0xDC00, let low = codeUnit(bytes.dropFirst(6)), (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { return (6, Array("\u{FFFD}".utf8)) }
    return (12, Array(String(Character(scalar)).utf8))
  }

  private static func codeUnit(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    guard bytes.starts(with: "\\u".utf8) else { return nil }
    return hexValue(bytes.dropFirst(2).prefix(4), digits: 4)
  }
}
