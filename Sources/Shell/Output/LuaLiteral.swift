import Glibc
import LuaKit

/// Scalars the way Lua source spells them.
enum LuaLiteral {
  static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
    "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// How many bytes of a string are shown.
  static let stringLimit = 10_000

  /// A string in quotes, safe to print; reading it back gives the same bytes unless it was cut.
  static func string(_ bytes: [UInt8], limit: Int = stringLimit) -> String {
    let shown = bytes.prefix(limit)
    let omitted = bytes.count - shown.count
    return "\"\(escaped(shown))\"" + (omitted > 0 ? "… \(omitted) more bytes" : "")
  }

  /// A number as Lua's `tostring` gives it, with more digits where 14 are not all of it.
  static func number(_ value: Double) -> String {
    var text = formatted(value, digits: 14)
    for digits in Int32(15)...17 where strtod(text, nil) != value && !value.isNaN {
      text = formatted(value, digits: digits)
    }
    return text.allSatisfy { $0 == "-" || $0.isNumber } ? text + ".0" : text
  }

  private static func formatted(_ value: Double, digits: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let count = withVaList([digits, value]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What stands before `=` in a table: a name where that is possible.
  static func key(_ key: LuaView) -> String {
    if let name = name(key) { return name }
    return "[\(scalar(key) ?? "table")]"
  }

  /// A key that can be written without brackets.
  static func name(_ key: LuaView) -> String? {
    guard case .string(let bytes) = key, let first = bytes.first, !isDigit(first), bytes.allSatisfy(isWord)
    else {
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return keywords.contains(text) ? nil : text
  }

  /// Everything but tables.
  static func scalar(_ value: LuaView) -> String? {
    switch value {
    case .nothing: "nil"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): number(value)
    case .string(let bytes): string(bytes)
    case .other(_, let text): TerminalText.line(text)
    case .table: nil
    }
  }

  /// The inside of a string in these quotes.
  static func escaped(_ bytes: ArraySlice<UInt8>, quote: Unicode.Scalar = "\"") -> String {
    var result = ""
    var rest = bytes
    while let first = rest.first {
      if let scalar = character(rest) {
        result += shown(scalar, quote)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        let digits = String(first, radix: 16, uppercase: true)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func shown(_ scalar: Unicode.Scalar, _ quote: Unicode.Scalar) -> String {
    switch scalar {
    case quote: "\\\(quote)"
    case "\\": "\\\\"
    default: TerminalText.line(String(scalar))
    }
  }

  /// The character that valid UTF-8 begins with.
  private static func character(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    var decoder = UTF8()
    var iterator = bytes.prefix(4).makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == 0x5F || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
