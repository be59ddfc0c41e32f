/// A word that people know from other programs and type here first, with what does it in mfsh.
struct FamiliarWord: Sendable {
  private let words: [String]
  /// On the command line.
  let command: String
  /// At the prompt.
  let statement: String

  /// The one that somebody has typed; nil: it is none.
  static func typed(_ word: String) -> FamiliarWord? {
    let word = word.lowercased()
    return all.first { $0.words.contains(word) }
  }

  private static let all = [
    FamiliarWord(
      words: ["vaults", "vault", "ls", "list", "dir", "show"],
      command: "mfsh vaults lists the vaults an account may enter",
      statement: "session.vaults() lists the vaults you may enter"),
    FamiliarWord(
      words: ["use", "cd", "enter"], command: "--vault VAULT enters a vault",
      statement: "session.use(\"VAULT\") enters a vault"),
    FamiliarWord(
      words: ["login", "logon", "signin", "connect", "auth"],
      command: "mfsh -u NAME https://HOST logs in", statement: "session.login{user=\"NAME\"} logs in"),
    FamiliarWord(
      words: ["logout", "logoff", "disconnect"], command: "each command logs out by itself",
      statement: "session.logout() logs out"),
    FamiliarWord(
      words: ["whoami", "who", "me", "id", "info"], command: "mfsh whoami tells who is logged in",
      statement: "session.info() tells who is logged in"),
    FamiliarWord(
      words: ["doctor", "ping", "status", "test", "diagnose"],
      command: "mfsh doctor ADDRESS tells what is reachable",
      statement: "server.diagnose() tells what is reachable"),
    FamiliarWord(
      words: ["api", "get", "request", "curl"], command: "mfsh api PATH requests a resource",
      statement: "session.request{path=\"/PATH\"} requests a resource"),
    FamiliarWord(
      words: ["run", "source", "load"], command: "mfsh FILE runs a script",
      statement: "dofile(\"FILE\") runs a script"),
    FamiliarWord(
      words: ["version"], command: "mfsh --version prints the version",
      statement: "mfsh.version is the version"),
    FamiliarWord(
      words: ["man", "usage", "commands", "h"], command: "mfsh --help lists the commands",
      statement: "help() shows what there is"),
    FamiliarWord(
      words: ["prompt", "shell", "repl", "console"], command: "mfsh alone is the prompt",
      statement: "this is the prompt; help() shows what there is"),
    FamiliarWord(
      words: ["exit", "quit", "q", "bye", "stop"], command: "only the prompt has to be left",
      statement: "\\quit leaves"),
    FamiliarWord(
      words: ["clear", "cls"], command: "that is for the shell", statement: "Ctrl-L clears the screen"),
  ]
}
