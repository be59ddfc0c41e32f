/// Bytes after decoding, each with the place in the original where it came from.
struct DecodedText {
  private(set) var bytes: [UInt8] = []
  /// One more than there are bytes: the last is the end of the original.
  private var places: [Int] = []

  /// The text as it is.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    places = Array(0...bytes.count)
  }

  private init() {}

  /// The range of the original that `range` of the bytes came from.
  func original(_ range: Range<Int>) -> Range<Int> { places[range.lowerBound]..<places[range.upperBound] }

  /// The text and what it becomes by every decoding, and that decoded once more.
  static func views(of bytes: [UInt8]) -> [DecodedText] {
    let plain = DecodedText(bytes)
    let once = plain.decodings
    return [plain] + once + once.flatMap(\.decodings)
  }

  private var decodings: [DecodedText] {
    var result: [DecodedText] = []
    if bytes.contains(0x25) { result.append(decoded(at: Self.percentEscape)) }
    if bytes.contains(0x2B) { result.append(decoded(at: Self.formEscape)) }
    if bytes.contains(0x5C) { result.append(decoded(at: JSONLiteral.escape)) }
    return result
  }

  private typealias Escape = (_ bytes: ArraySlice<UInt8>) -> (length: Int, decoded: [UInt8])?

  private func decoded(at escape: Escape) -> DecodedText {
    var result = DecodedText()
    var index = 0
    while index < bytes.count {
      let found = escape(bytes[index...]) ?? (1, [bytes[index]])
      for byte in found.decoded {
        result.bytes.append(byte)
        result.places.append(places[index])
      }
      index += found.length
    }
    result.places.append(places[bytes.count])
    return result
  }

  private static func percentEscape(_ bytes: ArraySlice<UInt8>) -> (length: Int, decoded: [UInt8])? {
    guard bytes.first == 0x25, let value = hexValue(bytes.dropFirst().prefix(2), digits: 2) else {
      return nil
    }
    return (3, [UInt8(truncatingIfNeeded: value)])
  }

  /// As in forms, where a plus is a space.
  private static func formEscape(_ bytes: ArraySlice<UInt8>) -> (length: Int, decoded: [UInt8])? {
    bytes.first == 0x2B ? (1, [0x20]) : percentEscape(bytes)
  }
}

/// The value of exactly that many hexadecimal digits.
func hexValue(_ text: some Collection<UInt8>, digits: Int) -> UInt32? {
  guard text.count == digits else { return nil }
  var value: UInt32 = 0
  for byte in text {
    guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
    value = value << 4 | UInt32(digit)
  }
  return value
}
