/// Which names of variables, fields and headers speak of secrets.
enum SecretNames {
  private static let parts = [
    "password", "passwd", "passphrase", "passcode", "secret", "token", "bearer", "presharedkey",
    "authorization",
    "authentication", "cookie", "credential", "apikey", "privatekey",
  ]
  private static let words: Set<String> = ["pass", "pwd", "pw", "psk", "pin", "auth"]
  /// Ways to get a secret that name only where it is kept.
  private static let sources: Set<String> = [
    "secret.ask", "secret.env", "secret.file", "secret.command", "os.getenv", "io.read",
  ]
  /// Settings whose names only sound like secrets.
  private static let harmless: Set<String> = ["auth_config", "authconfig"]
  /// What precedes a secret inside a text: a JSON field, a form field, a header.
  private static let marks = [
    "password", "passwd", "passphrase", "secret", "token", "authorization", "x-authentication", "cookie",
  ]

  /// Whether what has this name is a secret.
  static func match(_ name: String) -> Bool {
    let lowercased = name.lowercased()
    if harmless.contains(lowercased) { return false }
    let squeezed = plain(lowercased).filter { $0.isLetter || $0.isNumber }
    return parts.contains(where: squeezed.contains)
      || words(of: name).contains(where: words.contains)
  }

  /// Whether a call of this function, written with its dots, gets a secret from where it is kept.
  static func isSource(_ function: String) -> Bool { sources.contains(function) }

  /// Whether a text holds a secret by its own words: JSON, a form, a header, an address with a password.
  static func speakIn(_ text: String) -> Bool {
    let lowercased = plain(text.lowercased())
    let words = lowercased.split(separator: " ")
    if words.count == 2, ["bearer", "basic"].contains(words[0]) { return true }
    if hasUserInfo(text) || callsOf(lowercased) { return true }
    return valuesBehindMarks(lowercased).contains { $0.contains { !"\"'\\ }],;&".contains($0) } }
  }

  /// Whether what is appended to a text is a secret: `Authorization: Bearer `, `{"Password":"`.
  static func endsInMark(_ text: String) -> Bool {
    let lowercased = plain(text.lowercased())
    if ["bearer ", "basic "].contains(where: lowercased.hasSuffix) { return true }
    return valuesBehindMarks(lowercased).contains { $0.allSatisfy { "\"'\\ ".contains($0) } }
  }

  /// What follows the `:` or `=` behind each mark, up to the next mark of that kind.
  private static func valuesBehindMarks(_ lowercased: String) -> [Substring] {
    marks.flatMap { mark in
      lowercased.split(separator: mark, omittingEmptySubsequences: false).dropFirst().compactMap { rest in
        let value = rest.drop { "\"'\\ ])".contains($0) }
        return value.first.map { ":=".contains($0) } == true ? value.dropFirst() : nil
      }
    }
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
