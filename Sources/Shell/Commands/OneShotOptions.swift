/// The commands that ask a server one thing, and their options.
extension CommandSpec {
  static let whoami = CommandSpec(
    name: "whoami", usage: "whoami [options] [URL]", help: "log in, tell who that is, log out",
    options: OptionSpec.oneShot(.table), maximumWords: 1, notes: outputNotes)
  static let vaults = CommandSpec(
    name: "vaults", usage: "vaults [options] [URL]", help: "log in, list the vaults, log out",
    options: OptionSpec.oneShot(.table), maximumWords: 1, notes: outputNotes)
  static let api = CommandSpec(
    name: "api", usage: "api [options] PATH", help: "log in, request any resource, log out",
    options: OptionSpec.request + OptionSpec.oneShot(.json), maximumWords: 1, notes: outputNotes)
  static let doctor = CommandSpec(
    name: "doctor", usage: "doctor [options] [URL]",
    help: "what is reachable, and how one could log in",
    options: OptionSpec.oneShot(.table), maximumWords: 1, notes: doctorNotes)

  static let oneShots = [whoami, vaults, api, doctor]

  private static let outputNotes = """
    table gives long lists and objects in a record by their size, and leaves them
    out of a list of records that is wider than the terminal; json has all of it.
    json is one document with the server's own values; secrets are ***.
    csv has a header row; a text that a spreadsheet would take for a formula
    (= + - @ in front) has a ' in front of it; lists and objects are JSON.

    """

  private static let doctorNotes = """
    URL may be a bare host, host:port, or the address of a page in the browser.
    About twenty requests, without credentials, change nothing on the server.
    With a user or a profile, and only if nothing is wrong so far, one login
    follows, never over http:// to another machine.
    Each line is fine, doubtful or wrong; 0 when nothing is wrong, 69 otherwise.

    """
}

extension OptionSpec {
  /// What says where to connect and as whom is the same everywhere.
  ///
  /// - Parameter format: how the answer is printed unless told.
  static func oneShot(_ format: OutputFormat) -> [OptionSpec] {
    [output(format)] + main.filter { !["-e", "-i"].contains($0.name) }
  }

  static let request: [OptionSpec] = [
    OptionGroup.request.text(
      "--request", letter: "X", "METHOD", \.requestMethod, "GET, POST, PUT or DELETE (GET, with -d POST)"
    ).mostly(["GET", "POST", "PUT", "DELETE"]),
    OptionGroup.request.text(
      "--data", letter: "d", "BODY", \.requestBody, "send this JSON; @FILE, or - for standard input"),
  ]

  private static func output(_ format: OutputFormat) -> OptionSpec {
    OptionGroup.output.choice(
      "--output", letter: "o", \.outputFormat, "how to print the answer (\(format.rawValue))")
  }
}
