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

  /// The known column that is one slip away, whatever stands between its words. Names of two letters are too near to
  /// everything.
  private static func meant(by name: String) -> String? {
    if let other = otherWords[name] { return other.rawValue }
    let known = RosterColumn.allCases.filter { $0 != .id }
    let plain = known.map { letters($0.rawValue) }
    return nearest(to: letters(name), in: plain, slips: 1).flatMap { plain.firstIndex(of: $0) }.map {
      known[$0].rawValue
    }
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
    return self.words.contains(word) || self.words.contains(words.joined())
  }
}
