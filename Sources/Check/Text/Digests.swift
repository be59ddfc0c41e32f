import Cryptography

/// Eight bytes of SHA-256, to tell texts apart without keeping them.
enum ShortHash {
  static func of(_ bytes: [UInt8]) -> UInt64 { SHA256.digest(bytes).prefix(8).number }
}

/// 16 bytes of SHA-256, to tell texts apart without keeping them.
struct ShortDigest: Sendable, Hashable, Comparable {
  let high, low: UInt64

  init(_ bytes: [UInt8]) {
    let digest = SHA256.digest(bytes)
    high = digest[0..<8].number
    low = digest[8..<16].number
  }

  static func < (one: ShortDigest, other: ShortDigest) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }
}

extension Sequence<UInt8> {
  /// Two digits for each byte.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// Of eight bytes, the first one the highest.
  fileprivate var number: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}
