import FoundationEssentials
import HTTP

/// What can be told of a body that should be JSON.
package enum JSONText {
  /// The value; nil when the text is no JSON.
  package static func value(_ text: [UInt8]) -> JSONValue? {
    text.isEmpty ? nil : try? JSONDecoder().decode(JSONValue.self, from: Data(text))
  }

  /// The first byte that is no white space.
  package static func firstByte(_ text: [UInt8]) -> UInt8? {
    text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  }

  /// The title of an HTML page, on one line.
  static func title(_ page: [UInt8]) -> String? {
    guard firstByte(page) == UInt8(ascii: "<") else { return nil }
    let text = String(decoding: page.prefix(65536), as: UTF8.self)
    let lower = text.lowercased()
    guard lower.utf8.count == text.utf8.count, let open = lower.firstRange(of: "<title"),
      let start = lower[open.upperBound...].firstIndex(of: ">"),
      let end = lower[start...].firstRange(of: "</title")
    else { return nil }
    let from = text.utf8.index(
      text.utf8.startIndex, offsetBy: lower.utf8.distance(from: lower.utf8.startIndex, to: start) + 1)
    let to = text.utf8.index(
      text.utf8.startIndex, offsetBy: lower.utf8.distance(from: lower.utf8.startIndex, to: end.lowerBound))
    let words = text[from..<to].split { $0.isWhitespace || $0.isNewline }
    return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(80))
  }
}
