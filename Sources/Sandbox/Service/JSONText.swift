import MFWS

/// JSON to be written, its fields in the order given (the real server's, so that people can compare).
enum JSONText: Sendable {
  case string(String)
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case array([JSONText])
  case object([(String, JSONText)])
  /// Already encoded.
  case raw([UInt8])

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .string(let text): Self.write(text, to: &bytes)
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += "\(value)".utf8
    case .number(let value): bytes += "\(value)".utf8
    case .raw(let encoded): bytes += encoded
    case .array(let values): Self.write(values, between: "[]", to: &bytes) { $0.write(to: &$1) }
    case .object(let fields):
      Self.write(fields, between: "{}", to: &bytes) { field, bytes in
        Self.write(field.0, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        field.1.write(to: &bytes)
      }
    }
  }

  private static func write<T>(
    _ items: [T], between ends: String, to bytes: inout [UInt8], each: (T, inout [UInt8]) -> Void
  ) {
    bytes += ends.utf8.prefix(1)
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      each(item, &bytes)
    }
    bytes += ends.utf8.suffix(1)
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: bytes += "\\u00".utf8 + [hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
}

extension JSONText: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(dictionaryLiteral elements: (String, JSONText)...) { self = .object(elements) }
  init(arrayLiteral elements: JSONText...) { self = .array(elements) }
}

extension JSONText {
  /// The text of a value from a seed; the fields of objects come in the order of their names.
  init(_ value: JSONValue) {
    switch value {
    case .null: self = .raw(Array("null".utf8))
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let text): self = .string(text)
    case .array(let values): self = .array(values.map { JSONText($0) })
    case .object(let fields):
      self = .object(fields.sorted { $0.key < $1.key }.map { ($0.key, JSONText($0.value)) })
    }
  }
}
