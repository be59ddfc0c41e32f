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
