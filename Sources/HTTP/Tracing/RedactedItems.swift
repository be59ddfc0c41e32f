/// Names and values as queries and forms have them, `name=value&name=value`.
enum RedactedItems {
  static func masked(_ items: Substring, _ text: (String) -> String) -> [(name: String, value: String)] {
    items.split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      // Without a name of its own the item may be a secret as a whole.
      guard parts.count == 2, let name = parts.first, let value = parts.last else {
        return (RedactionRules.mask, "")
      }
      return (text(String(name)), text(Self.shown(value, of: String(name))))
    }
  }

  static func joined(_ items: [(name: String, value: String)]) -> String {
    items.map { $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)" }.joined(separator: "&")
  }

  private static func shown(_ value: Substring, of name: String) -> String {
    if value.isEmpty { return "" }
    if RedactionRules.holdsURL(item: name) {
      return percentEncoded(RedactedURL(percentDecoded(value)).masked { $0 })
    }
    guard RedactionRules.showsQueryItem(name), isPlain(percentDecoded(value)) else {
      return RedactionRules.mask
    }
    return String(value)
  }

  /// Nothing that could hold a second item.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.count <= 100 && value.allSatisfy { $0.isLetter || $0.isNumber || "{}()-_.:/+ ".contains($0) }
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, let value = hexValue(rest.prefix(2), digits: 2) {
        result.append(UInt8(truncatingIfNeeded: value))
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Readable, and yet without what would end the item.
  private static func percentEncoded(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("&", with: "%26").replacing("#", with: "%23")
      .replacing("+", with: "%2B").replacing(" ", with: "%20")
  }
}
