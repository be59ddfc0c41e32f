import HTTP

/// The fields of a form, as providers take them (`application/x-www-form-urlencoded`).
struct Form: Sendable {
  private var fields: [(name: String, value: Secret)]

  init(_ fields: [(String, Secret)] = []) { self.fields = fields }

  /// Adds a field, unless there is no value.
  mutating func add(_ name: String, _ value: Secret?) {
    if let value { fields.append((name, value)) }
  }

  /// Adds a field, unless there is no value.
  mutating func add(_ name: String, _ value: String?) { add(name, value.map { Secret($0) }) }

  /// The value of the first field of that name.
  subscript(name: String) -> Secret? { fields.first { $0.name == name }?.value }

  /// The fields that are nobody else's business.
  var secrets: [Secret] {
    let names: Set<String> = ["client_secret", "code", "code_verifier", "device_code", "refresh_token"]
    return fields.filter { names.contains($0.name) }.map(\.value)
  }

  /// The text, for a body or a query.
  var text: String {
    fields.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value.reveal()))" }
      .joined(separator: "&")
  }

  var body: Secret { Secret(text) }

  /// Reads the text of a query.
  init(query: some StringProtocol) {
    fields = query.split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(parts[0]), Secret(parts.count > 1 ? Self.decoded(parts[1]) : ""))
    }
  }

  private static func decoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
