import FoundationEssentials
import HTTP

/// What can be told of a body that should be JSON.
package enum JSONText {
  /// Deeper texts are refused: the decoder's time grows faster than the depth.
  package static let depthLimit = 128

  /// The value; nil when the text is no JSON.
  package static func value(_ text: [UInt8]) -> JSONValue? { try? decode(JSONValue.self, text) }

  /// Decodes a text. Throws Foundation's errors, or one for a text that is nested too deep.
  ///
  /// - Parameter information: what the type's initializer finds in `decoder.userInfo`.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, _ text: [UInt8], information: [CodingUserInfoKey: any Sendable] = [:]
  ) throws -> Value {
    guard nesting(text).deepest <= depthLimit else {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "nested too deep"))
    }
    let decoder = JSONDecoder()
    decoder.userInfo = information
    return try decoder.decode(type, from: Data(text))
  }

  /// Whether all brackets and strings are closed: a text that was cut off is told without decoding it.
  static func isWhole(_ text: [UInt8]) -> Bool { nesting(text).end == 0 }

  /// The deepest nesting of brackets outside of strings, and that at the end.
  private static func nesting(_ text: [UInt8]) -> (deepest: Int, end: Int) {
    var depth = 0, deepest = 0
    var isString = false, isEscaped = false
    for byte in text {
      if isString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return (deepest, isString ? depth + 1 : depth)
  }

  /// The first byte that is no white space.
  package static func firstByte(_ text: [UInt8]) -> UInt8? {
    text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  }

  /// The title of an HTML page, on one line.
  static func title(_ page: [UInt8]) -> String? {
    guard firstByte(page) == UInt8(ascii: "<") else { return nil }
    let text = Array(page.prefix(65536))
    let lower = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let open = lower.firstRange(of: Array("<title".utf8)),
      let start = lower[open.upperBound...].firstIndex(of: UInt8(ascii: ">")),
      let end = lower[start...].firstRange(of: Array("</title".utf8))
    else { return nil }
    let words = String(decoding: text[(start + 1)..<end.lowerBound], as: UTF8.self).split(
      whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(80))
  }
}

/// JSON texts to typed values.
package enum Decoding {
  /// - Throws: `server.bad_response` when the text was cut off.
  static func checkIsWhole(_ text: [UInt8], of request: String) throws(MFWSError) {
    if !JSONText.isWhole(text) { throw unreadable(request) }
  }

  /// - Throws: `server.bad_response` when the text does not fit the type.
  package static func value<Value: Decodable>(_ text: [UInt8], of request: String) throws(MFWSError) -> Value
  {
    do {
      return try JSONText.decode(Value.self, text)
    } catch {
      throw unreadable(request)
    }
  }

  private static func unreadable(_ request: String) -> MFWSError {
    var error = MFWSError(.serverBadResponse, "\(request) answered with JSON that cannot be read")
    error.request = request
    return error
  }
}
