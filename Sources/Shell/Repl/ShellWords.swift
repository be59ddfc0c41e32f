/// Commands of a shell that are given passwords on their line.
enum ShellWords {
  private static let programs = ["curl", "wget", "sshpass"]
  private static let options = ["-u", "-U", "--user", "--proxy-user"]

  /// What the history keeps of a line that was meant for a shell; nil: it was not, or holds no secret.
  static func kept(_ line: String) -> String? {
    guard let first = line.split(whereSeparator: \.isWhitespace).first, programs.contains(String(first)),
      holdSecret(line)
    else { return nil }
    return String(first)
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
