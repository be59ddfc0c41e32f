/// The net below the grammar: finds `password = "…"` where no Lua is, in a text that is half a string, for instance.
enum SecretText {
  private static let marks = SecretNames.parts.map { Array($0.utf8) }

  private static let firsts = Set(marks.compactMap(\.first))

  /// The text with a question from the first such string on to the last quote: which of them begin a string and which
  /// end one is what cannot be told.
  static func redact(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let lowercased = bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    for index in bytes.indices where firsts.contains(lowercased[index]) {
      guard let mark = marks.first(where: { lowercased[index...].starts(with: $0) }),
        let value = value(behind: index + mark.count, in: bytes)
      else { continue }
      let kept = bytes[..<value.lowerBound] + Array(HistoryRedaction.question.utf8)
      let end = max(value.upperBound, endOfLastQuote(bytes) ?? 0)
      return String(decoding: kept + bytes[end...], as: UTF8.self)
    }
    return text
  }

  private static func endOfLastQuote(_ bytes: [UInt8]) -> Int? {
    bytes.indices.last { "\"']".utf8.contains(bytes[$0]) || typographicQuote(at: $0, in: bytes) != nil }.map {
      $0 + (typographicQuote(at: $0, in: bytes) ?? 1)
    }
  }

  private static let typographicQuotes = LuaToken.typographicQuotes.map { Array(String($0).utf8) }

  /// The length of such a quote that begins here.
  private static func typographicQuote(at index: Int, in bytes: [UInt8]) -> Int? {
    guard bytes[index] >= 0xC2 else { return nil }
    return typographicQuotes.first { bytes[index...].starts(with: $0) }?.count
  }

  /// The string behind `=` or `:`, with its quotes; nil when there is none or it is empty.
  private static func value(behind start: Int, in bytes: [UInt8]) -> Range<Int>? {
    var index = start
    func skip(_ condition: (UInt8) -> Bool) {
      while index < bytes.count, condition(bytes[index]) { index += 1 }
    }
    skip { isWord($0) || $0 == UInt8(ascii: "-") }
    skip { " \t\r\n\"'\\])".utf8.contains($0) }
    // `secret.of("…")` needs no such sign.
    let isCall = bytes[index...].starts(with: ".of".utf8)
    guard index < bytes.count,
      isCall || bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":")
    else { return nil }
    index += isCall ? 3 : 1
    if isCall { skip { " \t\r\n(".utf8.contains($0) } }
    skip { " \t\r\n\\".utf8.contains($0) }
    guard index < bytes.count else { return nil }
    let content: Range<Int>
    let end: Int
    if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
      let close =
        bytes[(index + 1)...].firstIndex { $0 == bytes[index] || $0 == UInt8(ascii: "\n") } ?? bytes.count
      content = index + 1..<close
      end = close < bytes.count && bytes[close] == bytes[index] ? close + 1 : close
    } else if let length = typographicQuote(at: index, in: bytes) {
      end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let close = (index + length..<end).first { typographicQuote(at: $0, in: bytes) != nil }
      content = index + length..<(close ?? end)
      return content.isEmpty
        ? nil : index..<(close.map { $0 + (typographicQuote(at: $0, in: bytes) ?? 0) } ?? end)
    } else {
      guard let (inside, behind) = longBracket(at: index, in: bytes) else { return nil }
      (content, end) = (inside, behind)
    }
    return content.isEmpty ? nil : index..<end
  }

  /// What `[[` or `[=[` holds, and where its end is.
  private static func longBracket(at start: Int, in bytes: [UInt8]) -> (Range<Int>, Int)? {
    guard bytes[start] == UInt8(ascii: "[") else { return nil }
    let level = bytes[(start + 1)...].prefix { $0 == UInt8(ascii: "=") }.count
    let inside = start + level + 2
    guard inside <= bytes.count, bytes[inside - 1] == UInt8(ascii: "[") else { return nil }
    let mark = [UInt8(ascii: "]")] + Array(repeating: UInt8(ascii: "="), count: level) + [UInt8(ascii: "]")]
    var end = inside
    while end < bytes.count, !bytes[end...].starts(with: mark) { end += 1 }
    return (inside..<end, min(end + mark.count, bytes.count))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }
}
