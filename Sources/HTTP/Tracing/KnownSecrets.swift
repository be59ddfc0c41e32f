/// Finds secrets of eight bytes and more in text: as they are, in base64, and both under the escapes of URLs and JSON.
struct KnownSecrets {
  static let shortest = 8
  private var secrets: Set<Secret> = []
  /// What is looked for, by its first four bytes and its kind. Many passwords may begin alike.
  private var needles: [UInt32: [Kind: Set<Secret>]] = [:]

  private struct Kind: Hashable {
    let length: Int
    let isBase64: Bool
  }

  var isEmpty: Bool { secrets.isEmpty }

  func contains(_ secret: Secret) -> Bool { secrets.contains(secret) }

  mutating func add(_ secret: Secret) {
    guard secret.count >= Self.shortest, secrets.insert(secret).inserted else { return }
    let bytes = unsafe secret.withBytes { unsafe Array($0) }
    addNeedle(bytes, isBase64: false)
    // Text that is no UTF-8 arrives repaired.
    let repaired = Array(secret.reveal().utf8)
    if repaired != bytes { addNeedle(repaired, isBase64: false) }
    for offset in 0..<3 {
      let encoded = Base64.core(of: bytes, atOffset: offset)
      addNeedle(encoded, isBase64: true)
      let forURLs = encoded.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }
      if forURLs != encoded { addNeedle(forURLs, isBase64: true) }
    }
  }

  /// The text with every secret masked.
  func masked(_ text: String) -> String {
    guard !isEmpty else { return text }
    let bytes = Array(text.utf8)
    let ranges = ranges(in: bytes)
    guard !ranges.isEmpty else { return text }
    var result: [UInt8] = []
    var end = 0
    for range in ranges {
      // What overlaps is masked as one.
      if range.lowerBound > end || end == 0 {
        result += bytes[end..<range.lowerBound]
        result += RedactionRules.mask.utf8
      }
      end = max(end, range.upperBound)
    }
    return String(decoding: result + bytes[end...], as: UTF8.self)
  }

  private mutating func addNeedle(_ bytes: [UInt8], isBase64: Bool) {
    guard bytes.count >= 4 else { return }
    let kind = Kind(length: bytes.count, isBase64: isBase64)
    needles[Self.key(bytes, 0), default: [:]][kind, default: []].insert(Secret(bytes: bytes))
  }

  private func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    let found = DecodedText.views(of: bytes).flatMap { view in
      matches(in: view.bytes).map { view.original($0) }
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func matches(in bytes: [UInt8]) -> [Range<Int>] {
    guard bytes.count >= Self.shortest else { return [] }
    var result: [Range<Int>] = []
    for start in 0...(bytes.count - 4) {
      for (kind, secrets) in needles[Self.key(bytes, start)] ?? [:] where kind.length <= bytes.count - start {
        let range = start..<(start + kind.length)
        guard secrets.contains(Secret(bytes: Array(bytes[range]))) else { continue }
        result.append(kind.isBase64 ? Self.widened(range, bytes) : range)
      }
    }
    return result
  }

  /// A secret in base64 shares its first and last characters with its neighbours, so the whole word goes.
  private static func widened(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, Base64.isCharacter(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, Base64.isCharacter(bytes[end]) { end += 1 }
    return start..<end
  }

  private static func key(_ bytes: [UInt8], _ start: Int) -> UInt32 {
    UInt32(bytes[start]) << 24 | UInt32(bytes[start + 1]) << 16 | UInt32(bytes[start + 2]) << 8
      | UInt32(bytes[start + 3])
  }
}

/// What redaction needs of base64.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The characters that `bytes` have in base64 wherever they stand `offset` bytes after a multiple of three: those
  /// that the neighbours share are left out.
  static func core(of bytes: [UInt8], atOffset offset: Int) -> [UInt8] {
    let firstBit = (6 - offset * 8 % 6) % 6
    return stride(from: firstBit, through: bytes.count * 8 - 6, by: 6).map { bit in
      let pair = UInt16(bytes[bit / 8]) << 8 | UInt16(bit / 8 + 1 < bytes.count ? bytes[bit / 8 + 1] : 0)
      return alphabet[Int(pair >> UInt16(10 - bit % 8) & 0x3F)]
    }
  }

  static func isCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x3D, 0x5F: true
    default: false
    }
  }
}
