/// How a text may spell a secret.
struct SecretForms {
  /// Of longer secrets, which are random, only both ends are looked for: that finds what was cut off, too, and keeps the
  /// search fast.
  static let longestWhole = 48
  private static let endLength = 16

  /// What to search for, with the form's name.
  static func all(of secret: [UInt8]) -> [(form: String, bytes: [UInt8])] {
    guard secret.count > longestWhole else { return forms(secret) }
    return forms(Array(secret.prefix(endLength))) + forms(Array(secret.suffix(endLength)))
  }

  private static func forms(_ bytes: [UInt8]) -> [(form: String, bytes: [UInt8])] {
    var result = [("as it is", bytes)]
    result += percentForms(bytes).map { ("in a URL", $0) }
    result += jsonForms(bytes).map { ("in JSON", $0) }
    for offset in 0..<3 {
      let core = Base64Core.characters(of: bytes, atOffset: offset)
      let forURLs = core.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }
      result += ([core, forURLs, slashesEscaped(core)] + percentForms(core)).map { ("in base64", $0) }
    }
    // grep takes lines.
    return result.filter { !$0.1.contains(0x0A) && !$0.1.contains(0) }
  }

  // MARK: URLs

  private static func percentForms(_ bytes: [UInt8]) -> [[UInt8]] {
    let upper = percent(bytes, uppercase: true)
    let withPlus = Array(String(decoding: upper, as: UTF8.self).replacing("%20", with: "+").utf8)
    return [upper, withPlus, percent(bytes, uppercase: false), percent(upper, uppercase: true)]
  }

  private static func percent(_ bytes: [UInt8], uppercase: Bool) -> [UInt8] {
    if bytes.allSatisfy(isUnreserved) { return bytes }
    return bytes.flatMap {
      isUnreserved($0) ? [$0] : [0x25] + hex(UInt32($0), digits: 2, uppercase: uppercase)
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }

  // MARK: JSON

  /// As most write it, with slashes escaped, in ASCII alone, and JSON within JSON.
  private static func jsonForms(_ bytes: [UInt8]) -> [[UInt8]] {
    let usual = escaped(bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    let ascii = [true, false].map { uppercase in
      text.utf16.flatMap { unit in
        unit < 0x80
          ? escaped([UInt8(unit)]) : [0x5C, 0x75] + hex(UInt32(unit), digits: 4, uppercase: uppercase)
      }
    }
    return [usual, slashesEscaped(usual), escaped(usual)] + ascii
  }

  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x22, 0x5C: [0x5C, byte]
      case 0x09: [0x5C, 0x74]
      case 0x0A: [0x5C, 0x6E]
      case 0x0D: [0x5C, 0x72]
      case 0..<0x20: [0x5C, 0x75] + hex(UInt32(byte), digits: 4, uppercase: false)
      default: [byte]
      }
    }
  }

  private static func slashesEscaped(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 == 0x2F ? [0x5C, $0] : [$0] }
  }

  private static func hex(_ value: UInt32, digits: Int, uppercase: Bool) -> [UInt8] {
    let text = String(value, radix: 16, uppercase: uppercase)
    return Array(String(repeating: "0", count: digits - text.count).utf8) + Array(text.utf8)
  }
}

/// Base64 without what the neighbours share.
enum Base64Core {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The characters that stand for `bytes` alone where these begin `offset` bytes after a multiple of three.
  static func characters(of bytes: [UInt8], atOffset offset: Int) -> [UInt8] {
    let padded = [UInt8](repeating: 0, count: offset) + bytes
    let first = (offset * 8 + 5) / 6
    let end = padded.count * 8 / 6
    return (first..<max(first, end)).map { index in
      let bit = index * 6
      let pair = UInt16(padded[bit / 8]) << 8 | (bit / 8 + 1 < padded.count ? UInt16(padded[bit / 8 + 1]) : 0)
      return alphabet[Int(pair >> UInt16(10 - bit % 8) & 0x3F)]
    }
  }
}
