import MFWS

/// A JSON text of one line that grows piece by piece, fields in the order of the calls.
///
/// What a terminal would act on (control characters, what turns the writing direction) is escaped.
struct JSONLine {
  private(set) var bytes: [UInt8] = []

  /// `{…}`, as the value of the field `name`; nil: as an element.
  mutating func object(_ name: String? = nil, _ fields: (inout JSONLine) -> Void) {
    begin(name)
    bytes.append(UInt8(ascii: "{"))
    fields(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  /// `[…]`, one element for each of the list.
  mutating func array<Element>(
    _ name: String?, _ elements: some Sequence<Element>, _ write: (inout JSONLine, Element) -> Void
  ) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for element in elements { write(&self, element) }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func text(_ name: String?, _ value: String) {
    begin(name)
    quote(value)
  }

  /// Leaves the field out when there is no value.
  mutating func text(_ name: String, ifPresent value: String?) {
    if let value { text(name, value) }
  }

  mutating func integer(_ name: String?, _ value: Int) {
    begin(name)
    bytes += String(value).utf8
  }

  mutating func number(_ name: String?, _ value: Double) {
    begin(name)
    let isWhole = value.rounded() == value && abs(value) < 1e15
    bytes += (isWhole ? String(Int(value)) : value.isFinite ? String(value) : "0").utf8
  }

  mutating func texts(_ name: String, _ values: [String]) { array(name, values) { $0.text(nil, $1) } }

  /// Names in their order, so that equal values have equal texts.
  mutating func texts(_ name: String, _ values: [String: String]) {
    object(name) { line in
      for (name, value) in values.sorted(by: { $0.key < $1.key }) { line.text(name, value) }
    }
  }

  mutating func value(_ name: String?, _ value: JSONValue) {
    switch value {
    case .null: word(name, "null")
    case .bool(let flag): word(name, flag ? "true" : "false")
    case .integer(let number): integer(name, Int(number))
    case .number(let number): self.number(name, number)
    case .string(let text): self.text(name, text)
    case .array(let values): array(name, values) { $0.value(nil, $1) }
    case .object(let fields): values(name, fields)
    }
  }

  mutating func values(_ name: String?, _ fields: [String: JSONValue]) {
    object(name) { line in
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) { line.value(name, value) }
    }
  }

  private mutating func word(_ name: String?, _ word: String) {
    begin(name)
    bytes += word.utf8
  }

  private mutating func begin(_ name: String?) {
    if let last = bytes.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") {
      bytes.append(UInt8(ascii: ","))
    }
    guard let name else { return }
    quote(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }) {
      bytes += text.utf8
    } else {
      for scalar in text.unicodeScalars { escape(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes += "\\\"".utf8
    case "\\": bytes += "\\\\".utf8
    case "\n": bytes += "\\n".utf8
    case "\t": bytes += "\\t".utf8
    case "\r": bytes += "\\r".utf8
    case _ where VisibleText.isHidden(scalar) && scalar.value < 0x10000:
      let digits = String(scalar.value, radix: 16)
      bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
    default: bytes += String(scalar).utf8
    }
  }
}
