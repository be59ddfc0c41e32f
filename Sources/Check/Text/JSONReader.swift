import MFWS

/// Reads the JSON of records.
///
/// A literal `nil` may mean JSON's null: what is no JSON is `.none` here.
///
/// Several times as fast as decoding: a signal gives a run seconds to write its reports.
struct JSONReader {
  private let bytes: [UInt8]
  /// Of the next byte; where something is no JSON, that of the fault or close behind it.
  private(set) var place = 0
  private var depth = 0
  /// Whether what was read last is nested deeper than `JSONText.depthLimit`.
  private(set) var isTooDeep = false

  /// The value of a whole text; nil: it is no JSON, or nested deeper than `JSONText.depthLimit`.
  static func value(_ bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes: bytes)
    guard let value = reader.value() else { return nil }
    return reader.next() == nil ? .some(value) : .none
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next byte that is no white space, which stays.
  mutating func next() -> UInt8? {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return byte }
      place += 1
    }
    return nil
  }

  /// Passes the next byte if it is this one.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    place += 1
    return true
  }

  /// Reads the next value; nil: it is none.
  mutating func value() -> JSONValue? {
    switch next() {
    case UInt8(ascii: "{"): nested { $0.object() }
    case UInt8(ascii: "["): nested { $0.array() }
    case UInt8(ascii: "\""): string().map { .string($0) }
    case UInt8(ascii: "t"): word("true", .bool(true))
    case UInt8(ascii: "f"): word("false", .bool(false))
    case UInt8(ascii: "n"): word("null", .null)
    default: number()
    }
  }

  private mutating func nested(_ read: (inout JSONReader) -> JSONValue?) -> JSONValue? {
    place += 1
    depth += 1
    defer { depth -= 1 }
    isTooDeep = isTooDeep || depth > JSONText.depthLimit
    return isTooDeep ? .none : read(&self)
  }

  private mutating func object() -> JSONValue? {
    var fields: [String: JSONValue] = [:]
    if take(UInt8(ascii: "}")) { return .object(fields) }
    repeat {
      guard next() == UInt8(ascii: "\""), let name = string(), take(UInt8(ascii: ":")), let value = value()
      else { return nil }
      fields[name] = value
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .some(.object(fields)) : .none
  }

  private mutating func array() -> JSONValue? {
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      guard let value = value() else { return nil }
      elements.append(value)
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]")) ? .some(.array(elements)) : .none
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
    let isThere = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    place += word.utf8CodeUnitCount
    return isThere ? .some(value) : .none
  }

  private mutating func number() -> JSONValue? {
    let start = place
    while place < bytes.count, Self.isOfNumber(bytes[place]) { place += 1 }
    guard Self.isNumber(bytes[start..<place]) else {
      place = start
      return nil
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if let integer = Int64(text) { return .integer(integer) }
    return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// `-12.5e+3`: a sign or none, digits without a zero in front, perhaps a fraction and an exponent.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    let whole = rest.prefix(while: isDigit)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard let mark = rest.first else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy(isDigit)
  }

  // MARK: - Strings

  /// Reads the string of which the next byte is the quote.
  mutating func string() -> String? {
    place += 1
    let start = place
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        return String(decoding: bytes[start..<place - 1], as: UTF8.self)
      case UInt8(ascii: "\\"): return escapedString(Array(bytes[start..<place]))
      case ..<0x20: return nil
      default: place += 1
      }
    }
    return nil
  }

  /// The rest of a string, behind what is known of it.
  private mutating func escapedString(_ start: [UInt8]) -> String? {
    var text = start
    while place < bytes.count {
      let byte = bytes[place]
      guard byte >= 0x20 else { return nil }
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        text += String(scalar).utf8
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return codeUnits()
    default: return nil
    }
  }

  /// One UTF-16 code unit in four digits, or two of them that belong together.
  private mutating func codeUnits() -> Unicode.Scalar? {
    guard let first = digits() else { return nil }
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[place...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
      return nil
    }
    place += 2
    guard let second = digits(), (0xDC00..<0xE000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func digits() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    defer { place += 4 }
    let text = String(decoding: bytes[place..<place + 4], as: UTF8.self)
    // The number alone would take a sign.
    return text.allSatisfy(\.isHexDigit) ? UInt32(text, radix: 16) : nil
  }
}
