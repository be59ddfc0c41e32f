import Cryptography

extension RosterRow {
  /// The id of a row without one: 16 hexadecimal digits that depend on server, vault, account with its domain, auth and
  /// expect alone.
  package var derivedID: String {
    let key = AccountKey(self)
    var line = JSONLine()
    line.object { line in
      line.text("server", server)
      line.target(target)
      line.text("auth", key.auth.rawValue)
      line.text("domain", ifPresent: key.domain)
      line.text("account", key.account)
      line.text("expect", expect.rawValue)
    }
    return SHA256.digest(line.bytes).prefix(8).hexadecimal
  }
}

extension RosterRow.Target {
  /// As a roster spells it; empty: the account alone.
  package var spelling: String {
    switch self {
    case .account: ""
    case .vault(let guid): guid
    case .vaultNamed(let name): name
    case .everyVault: "*"
    }
  }
}

extension AccountKey {
  /// The same on every machine: shards are told by it.
  var digest: ShortDigest {
    var line = JSONLine()
    line.object { line in
      line.text("auth", auth.rawValue)
      line.text("domain", ifPresent: domain)
      line.text("account", account)
    }
    return ShortDigest(line.bytes)
  }
}

/// 16 bytes of SHA-256, to tell texts apart without keeping them.
struct ShortDigest: Sendable, Hashable, Comparable {
  let high, low: UInt64

  init(_ bytes: [UInt8]) {
    let digest = SHA256.digest(bytes)
    high = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
    low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
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
}
