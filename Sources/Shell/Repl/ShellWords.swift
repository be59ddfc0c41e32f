/// Commands of a shell that are given passwords on their line.
enum ShellWords {
  private static let programs = ["curl", "wget", "sshpass"]
  private static let options = ["-u", "-U", "--user", "--proxy-user"]

  private static let logins: Set<String> = ["login", "logon", "signin", "connect", "auth"]

  /// What the history keeps of a line that was meant for a shell; nil: it was not, or holds no secret.
  static func kept(_ line: String) -> String? {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first else { return nil }
    if isLogin(words) || isOurs(words) { return first }
    return programs.contains(first) && holdSecret(line) ? first : nil
  }

  /// `login NAME PASSWORD`, which is no Lua: two names side by side.
  private static func isLogin(_ words: [String]) -> Bool {
    guard words.count > 2, logins.contains(words[0].lowercased()) else { return false }
    return words[1].unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "_" } == true
      && !LuaLiteral.keywords.contains(words[1])
  }

  /// `mfsh whoami -p PASSWORD`.
  private static func isOurs(_ words: [String]) -> Bool {
    words.first == "mfsh" && words.dropFirst().contains { $0.hasPrefix("-p") || $0.hasPrefix("--pass") }
  }

  /// Whether a text runs such a program with a password: `curl -u user:password`, `sshpass -p password`.
  static func holdSecret(_ text: String) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard
      let program = words.firstIndex(where: { programs.contains(String($0.split(separator: "/").last ?? $0)) }
      )
    else { return false }
    let rest = words[(program + 1)...]
    if words[program].hasSuffix("sshpass") { return rest.contains { $0.hasPrefix("-p") } }
    return zip(rest, rest.dropFirst() + [""]).contains { word, next in
      let isOption = options.contains(String(word))
      return isOption && next.contains(":") || word.hasPrefix("--password")
        || !isOption && options.contains { word.hasPrefix($0) } && word.contains(":")
    }
  }
}
