import MFWS

/// The columns that mean something.
package enum RosterColumn: String, Sendable, CaseIterable {
  case account, server, vault, auth, domain, expect, vaults
  case vaultsMin = "vaults_min"
  case vaultsNot = "vaults_not"
  case license, rights, `internal`
  case userID = "user_id"
  case tags, secret, id
}

/// What the name of a column says.
enum ColumnMeaning {
  case known(RosterColumn)
  /// It travels along.
  case meta
  /// Why it is refused.
  case mistake(String)

  init(_ name: String) {
    let lowercased = name.lowercased()
    if let column = RosterColumn(rawValue: lowercased) {
      self = .known(column)
    } else if PasswordNames.contain(name) {
      self = .mistake(
        "the column \(Quoted(name)): a roster holds no passwords; take it out, and name a --secret in the column secret"
      )
    } else if let meant = Self.meant(by: lowercased) {
      self = .mistake("the column \(Quoted(name)) is unknown: did you mean \(meant)? Rename it")
    } else {
      self = .meta
    }
  }

  /// The known column that is a slip away, or two in a long name, whatever stands between its words. Names of two letters
  /// are too near to everything.
  private static func meant(by name: String) -> String? {
    if let other = otherWords[name] { return other.rawValue }
    let known = RosterColumn.allCases.filter { $0 != .id }
    let plain = known.map { letters($0.rawValue) }
    let written = letters(name)
    let meant =
      nearest(to: written, in: plain, slips: 1)
      ?? nearest(to: written, in: plain.filter { looksLike($0, written) }, slips: 2)
    return meant.flatMap { plain.firstIndex(of: $0) }.map { known[$0].rawValue }
  }

  /// Two slips are near only where the rest is the same: `lisence`, but neither `amount` nor `external`.
  private static func looksLike(_ known: String, _ written: String) -> Bool {
    if known.count > 4, known.sorted() == written.sorted() { return true }
    return min(known.count, written.count) > 6 && known.first == written.first && known.last == written.last
  }

  private static func letters(_ name: String) -> String { name.filter { $0.isLetter || $0.isNumber } }

  /// What would be taken for another order than the one that was meant.
  private static let otherWords: [String: RosterColumn] = [
    "expected": .expect, "expectation": .expect, "vaults_exact": .vaults, "vaults_max": .vaults,
    "licence_type": .license, "license_type": .license,
  ]
}

/// Names of columns that hold passwords.
enum PasswordNames {
  /// Those that are told when they are misspelt: they are long, and hardly another word is near.
  private static let long = ["password", "passwort", "kennwort", "passphrase", "passcode"]
  private static let words: Set<String> = [
    "password", "passwort", "kennwort", "passwd", "passphrase", "passcode", "pass", "pwd", "pw", "pin",
    "token",
    "bearer", "apikey", "psk",
  ]

  /// Told by the last word: `InitialPassword` holds one, `password_changed` does not.
  static func contain(_ name: String) -> Bool {
    var words = [""]
    var wasLowercase = false
    for character in name {
      let isWord = character.isLetter || character.isNumber
      if !isWord || character.isUppercase && wasLowercase { words.append("") }
      if isWord { words[words.count - 1] += character.lowercased() }
      wasLowercase = character.isLowercase
    }
    let last = words.last { !$0.isEmpty } ?? ""
    let word = String(last.reversed().drop { $0.isNumber }.reversed())
    return [word, words.joined()].contains {
      self.words.contains($0) || $0 != "passport" && nearest(to: $0, in: long, slips: 1) != nil
    }
  }
}
