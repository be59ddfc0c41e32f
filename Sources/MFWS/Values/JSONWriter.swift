import HTTP

/// Writes the flat objects of requests. Foundation's encoder would cost every run two megabytes of pages.
enum JSONWriter {
  enum Value {
    case string(String)
    case secret(Secret)
    case bool(Bool)
  }

  /// The text of an object with these fields, in this order.
  static func object(_ fields: [(name: String, value: Value)]) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      append(field.name.utf8, to: &text)
      text.append(UInt8(ascii: ":"))
      switch field.value {
      case .string(let value): append(value.utf8, to: &text)
      case .secret(let value): append(value.withBytes { Array($0) }, to: &text)
      case .bool(let value): text.append(contentsOf: (value ? "true" : "false").utf8)
      }
    }
    return text + [UInt8(ascii: "}")]
  }

  private static func append(_ string: some Sequence<UInt8>, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in string {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0..<0x20, 0x7F:
        text.append(contentsOf: "\\u00".utf8)
        text.append(contentsOf: [hexDigit(byte >> 4), hexDigit(byte & 15)])
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
