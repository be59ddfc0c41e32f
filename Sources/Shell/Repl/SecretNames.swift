import MFWS

/// Which names of variables, fields and headers speak of secrets.
enum SecretNames {
  /// Parts of names that need no other word, with and without what may stand between their words.
  static let parts = [
    "passw", "pasw", "passphrase", "passcode", "kennwort", "secret", "token", "bearer", "presharedkey",
    "preshared_key", "authorization", "authentication", "cookie", "credential", "apikey", "privatekey", "pwd",
  ]
  /// Words that are often misspelt in a way that leaves none of the parts.
  private static let misspelt = ["password", "passphrase", "kennwort", "secret"]
  private static let words: Set<String> = ["pass", "pwd", "pw", "psk", "pin", "auth"]
  /// Ways to get a secret that name only where it is kept.
  private static let sources: Set<String> = [
    "secret.ask", "secret.env", "secret.file", "secret.command", "os.getenv", "io.read",
  ]
  /// Settings whose names only sound like secrets.
  private static let harmless: Set<String> = ["auth_config", "authconfig"]
  /// Functions of the global `secret`.
  private static let functions: Set<String> = ["secret.of", "secret.reveal"]

  /// Whether what has this name is a secret.
  static func match(_ name: String) -> Bool {
    let lowercased = name.lowercased()
    if harmless.contains(lowercased) { return false }
    let squeezed = plain(lowercased).filter { $0.isLetter || $0.isNumber }
    return hasPart(squeezed) || words(of: name).contains(where: words.contains)
  }

  private static func hasPart(_ squeezed: String) -> Bool {
    if parts.contains(where: squeezed.contains) { return true }
    let letters = squeezed.filter(\.isLetter)
    guard (5...12).contains(letters.count), let first = letters.first else { return false }
    return "pks".contains(first)
      && nearest(to: letters, in: misspelt, slips: 1)?.first == first
  }

  /// Whether a function is one of `secret`'s that there is not.
  static func isUnknownFunction(_ path: String) -> Bool {
    path.hasPrefix("secret.") && !isSource(path) && !functions.contains(path)
  }

  /// Whether a call of this function, written with its dots, gets a secret from where it is kept.
  static func isSource(_ function: String) -> Bool { sources.contains(function) }

  /// Whether a text holds a secret by its own words: JSON, a form, a header, an address with a password.
  static func speakIn(_ text: String) -> Bool {
    let lowercased = plain(text.lowercased())
    let words = lowercased.split(separator: " ")
    if words.count == 2, ["bearer", "basic"].contains(words[0]) { return true }
    if hasUserInfo(text) || callsOf(lowercased) || ShellWords.holdSecret(text) { return true }
    return valuesBehindNames(text).contains { value in value.first.map { !"}],;&".utf8.contains($0) } ?? false
    }
  }

  /// Whether what is appended to a text is a secret: `Authorization: Bearer `, `{"Password":"`.
  static func endsInMark(_ text: String) -> Bool {
    let lowercased = plain(text.lowercased())
    if ["bearer ", "basic "].contains(where: lowercased.hasSuffix) { return true }
    return valuesBehindNames(text).contains(where: \.isEmpty)
  }

  /// What follows the `:` or `=` behind each name of a secret: of a JSON field, a form field, a header. Short words such
  /// as `pass` are only names where they are not prose.
  private static func valuesBehindNames(_ text: String) -> [ArraySlice<UInt8>] {
    let bytes = Array(plain(text).utf8)
    return bytes.indices.filter { bytes[$0] == 0x3A || bytes[$0] == 0x3D }.compactMap { index in
      let before = bytes[max(0, index - 96)..<index]
      let behindName = before.reversed().prefix { "\"'\\ ])".utf8.contains($0) }
      let reversed = before.dropLast(behindName.count).reversed().prefix { isWord($0) }.prefix(64)
      let name = String(decoding: reversed.reversed(), as: UTF8.self)
      let isField = bytes[index] == 0x3D || behindName.contains { "\"'".utf8.contains($0) }
      let isSecret = isField ? match(name) : hasPart(name.lowercased().filter { $0.isLetter || $0.isNumber })
      guard !name.isEmpty, isSecret else { return nil }
      return bytes[(index + 1)...].drop { "\"'\\ ".utf8.contains($0) }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  /// Code that holds `secret.of("…")`.
  private static func callsOf(_ lowercased: String) -> Bool {
    lowercased.split(separator: "secret.of", omittingEmptySubsequences: false).dropFirst().contains {
      $0.first { $0 != " " }.map { "([\"'\\".contains($0) } == true
    }
  }

  /// Characters that no other can change, and no white space but spaces.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.isASCII ? $0.properties.isWhitespace ? " " : $0 : "?" }))
  }

  /// `https://user:password@host`.
  private static func hasUserInfo(_ text: String) -> Bool {
    text.split(separator: "://").dropFirst().contains { rest in
      let authority = rest.prefix { !"/?# ".contains($0) }
      return authority.lastIndex(of: "@").map { authority[..<$0].contains(":") } == true
    }
  }

  /// The words of `dbPassword`, `db_password` and `db-password`.
  private static func words(of name: String) -> [String] {
    var words = [""]
    var wasLowercase = false
    for character in name {
      let starts = character.isUppercase && wasLowercase
      if starts || !(character.isLetter || character.isNumber) { words.append("") }
      if character.isLetter || character.isNumber { words[words.count - 1] += character.lowercased() }
      wasLowercase = character.isLowercase
    }
    return words.map { String($0.reversed().drop(while: \.isNumber).reversed()) }
  }
}
