/// A URL taken apart as far as masking needs it; it need not be a valid one.
struct RedactedURL {
  /// `https://user:password@host:port`, empty in a relative URL.
  private let origin: Substring
  private let path: Substring
  private let query: Substring?

  init(_ url: String) {
    let whole = url.prefix { $0 != "#" }
    let target = Self.targetStart(whole)
    origin = whole[..<target]
    let rest = whole[target...]
    let mark = rest.firstIndex(of: "?")
    path = rest[..<(mark ?? rest.endIndex)]
    query = mark.map { rest[rest.index(after: $0)...] }
  }

  func masked(_ text: (String) -> String) -> String { text(shownOrigin) + maskedTarget(text) }

  func maskedTarget(_ text: (String) -> String) -> String {
    guard query != nil else { return text(String(path)) }
    let items = maskedItems(text).map { $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)" }
    return text(String(path)) + "?" + items.joined(separator: "&")
  }

  func maskedItems(_ text: (String) -> String) -> [(name: String, value: String)] {
    (query ?? "").split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      // Without a name of its own the item may be a secret as a whole.
      guard parts.count == 2, let name = parts.first, let value = parts.last else {
        return (RedactionRules.mask, "")
      }
      return (text(String(name)), text(Self.shown(value, of: String(name))))
    }
  }

  private var shownOrigin: String {
    guard let at = origin.lastIndex(of: "@"), let slashes = origin.firstRange(of: "//") else {
      return String(origin)
    }
    return origin[..<slashes.upperBound] + RedactionRules.mask + origin[at...]
  }

  private static func targetStart(_ url: Substring) -> Substring.Index {
    let authority: Substring.Index
    if let mark = url.firstRange(of: "://"), !url[..<mark.lowerBound].contains(where: { "/?".contains($0) }) {
      authority = mark.upperBound
    } else if url.hasPrefix("//") {
      authority = url.index(url.startIndex, offsetBy: 2)
    } else {
      return url.startIndex
    }
    return url[authority...].firstIndex { "/?\\".contains($0) } ?? url.endIndex
  }

  private static func shown(_ value: Substring, of name: String) -> String {
    if value.isEmpty { return "" }
    if name.lowercased() == "restpath" {
      return percentEncoded(RedactedURL(percentDecoded(value)).masked { $0 })
    }
    guard RedactionRules.showsQueryItem(name), isPlain(percentDecoded(value)) else {
      return RedactionRules.mask
    }
    return String(value)
  }

  /// Nothing that could hold a second item.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.count <= 100 && value.allSatisfy { $0.isLetter || $0.isNumber || "{}()-_. ".contains($0) }
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
