import Glibc

/// Names nobody can guess.
enum Opaque {
  /// 256 random bytes as 342 base64url characters, the size of a real server's tokens.
  static func token() -> String {
    let token = modulus()
    UsedSecrets.note(token, as: "token")
    return token
  }

  /// Looks like a token, but is no secret.
  static func modulus() -> String { base64URL(randomBytes(256)) }

  /// 24 characters of a-z and 0-5, as ASP.NET names its sessions.
  static func cookie() -> String {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz012345".utf8)
    let cookie = String(decoding: randomBytes(24).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    UsedSecrets.note(cookie, as: "cookie")
    return cookie
  }

  /// A random GUID without braces, in lower case.
  static func reference() -> String {
    let digits = Array("0123456789abcdef")
    var text = ""
    for (index, byte) in randomBytes(16).enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  /// Base64 with `-` and `_`, without padding.
  static func base64URL(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var (pending, bits) = (0, 0)
    for byte in bytes {
      pending = (pending << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[pending >> bits & 63])
      }
    }
    if bits > 0 { text.append(alphabet[pending << (6 - bits) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }

  static func randomBytes(_ count: Int) -> [UInt8] {
    // Not SystemRandomNumberGenerator: that asks the kernel anew for every eight bytes.
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let start = buffer.baseAddress else { return }
      unsafe arc4random_buf(start, count)
      initialized = count
    }
  }
}
