import TestSupport
import Testing

/// bash, zsh or fish on a terminal with the completion of mfsh. `mfsh` is a function there that prints its arguments,
/// each in `<>`; its folder is the home folder, with `report.lua`, `ca.pem` and the folder `runs` in it.
struct InteractiveShell: RealPart {
  static let needs = ["bash", "zsh", "fish"]

  let home: TemporaryFolder
  private let terminal: PseudoTerminal

  /// Starts a shell that reads what `mfsh completion` prints.
  init(_ name: String) throws {
    let shell = try Shell()
    let script = try shell.run(["completion", name])
    try #require(script.status == .exited(0) && script.error == "")
    let file = try shell.home.write("completion", script.output)
    try self.init(name, home: shell.home, loading: "source \(file)", after: name == "zsh")
  }

  /// Starts a shell that finds what was installed below the prefix `~/.local`.
  init(installed name: String, home: TemporaryFolder) throws {
    let share = home.path(".local/share")
    let loading = [
      "bash": "source \(share)/bash-completion/completions/mfsh",
      "zsh": "fpath=(\(share)/zsh/site-functions $fpath)", "fish": "true",
    ]
    try self.init(name, home: home, loading: loading[name] ?? "", after: false)
  }

  /// - Parameter after: whether the line that loads the completion stands behind zsh's compinit.
  private init(_ name: String, home: TemporaryFolder, loading: String, after: Bool) throws {
    self.home = home
    try home.write("report.lua", "")
    try home.write("ca.pem", "")
    try #require(try ChildProcess.run(["mkdir", "-p", home.path("runs")]).status == .exited(0))
    let folder = BuiltBinary.mfsh.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    let environment = [
      "HOME": home.path, "PATH": "\(folder):/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
    ]
    terminal = try PseudoTerminal(
      Self.command[name] ?? [], environment: environment, folder: home.path, columns: 120, rows: 50)
    let setup = Self.setup[name] ?? []
    for line in (after ? setup + [loading] : [loading] + setup) + ["echo rea''dy"] {
      terminal.send(line + "\r")
    }
    try terminal.expect("ready", within: Shell.patience)
  }

  private static let command = [
    "bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"], "fish": ["fish", "-i"],
  ]
  private static let setup = [
    "bash": ["PS1='$ '", "mfsh() { printf '<%s>' \"$@\"; echo; }"],
    "zsh": ["PS1='$ '", "autoload -Uz compinit && compinit -u -D", "mfsh() { printf '<%s>' \"$@\"; echo }"],
    "fish": [
      "function fish_prompt; echo '$ '; end", "set -g fish_autosuggestion_enabled 0",
      "function mfsh; printf '<%s>' $argv; echo; end",
    ],
  ]

  private func awaitPrompt() throws {
    try terminal.wait(for: "the prompt", within: Shell.patience) { !terminal.settings.readsLines }
  }

  /// What `mfsh` gets when this is typed, Tab and Enter after it.
  func completed(_ line: String) throws -> String {
    try awaitPrompt()
    terminal.send("mfsh \(line)\t end\r")
    let seen = try terminal.expect("<end>", within: Shell.patience)
    return String(seen[(seen.lastIndex(of: "\n") ?? seen.startIndex)...].dropFirst().dropLast(5))
  }

  /// Takes back what is typed.
  func clearLine() { terminal.send("\u{15}") }

  /// What shows when Tab is typed twice after this.
  func listed(_ line: String, until last: String) throws -> String {
    try awaitPrompt()
    terminal.send("mfsh \(line)\t\t")
    return try terminal.expect(last, within: Shell.patience)
  }
}
