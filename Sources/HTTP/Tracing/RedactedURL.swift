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
    return text(String(path)) + "?" + RedactedItems.joined(maskedItems(text))
  }

  func maskedItems(_ text: (String) -> String) -> [(name: String, value: String)] {
    RedactedItems.masked(query ?? "", text)
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
}
