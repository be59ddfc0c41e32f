import TestSupport

/// The session at the top of the README, as it runs on a terminal.
enum ReadmeSession {
  /// What is typed, and the prompt that is there afterwards.
  private static let steps = [
    ("session.info().FullName", "editor>"),
    (#"session.use("Finance").Name"#, "editor@Finance>"),
    (#"session.use("Human Resources")"#, "editor@Finance>"),
    ("while true do end", "editor@Finance>"),
    ("session.logout()", "mfsh>"),
    ("session.info()", "mfsh>"),
  ]

  /// What the screen shows from the command on, up to the last answer, with one port for the one that was free.
  static func record() throws -> String {
    let shell = try Shell()
    let terminal = try shell.bash(columns: 150, rows: 60)
    terminal.send("mfsh --sandbox -u editor\r")
    try terminal.expect("Password for editor: ", within: Shell.patience)
    try terminal.enter("demo", until: "editor>")
    for (typed, prompt) in steps {
      try terminal.enter(typed, until: prompt) {
        guard typed.hasPrefix("while") else { return }
        try terminal.waitForCodeToRun()
        terminal.send(Key.control("C"))
      }
    }
    let rows = terminal.screen.rows.dropLast().filter { !ScreenVariables.isDuration($0) }
    return rows.map { $0.replacing(#/127\.0\.0\.1:[0-9]{5}/#, with: "127.0.0.1:49152") + "\n" }.joined()
  }
}
