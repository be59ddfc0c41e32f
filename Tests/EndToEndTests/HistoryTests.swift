import Glibc
import TestSupport
import Testing

/// The history of real prompts: side by side, killed, and with a file that does not do.
struct HistoryTests {
  private static let file = ".local/state/mfsh/history"

  private static func prompt(_ shell: Shell) throws -> PseudoTerminal {
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    return terminal
  }

  private static func statements(_ shell: Shell) throws -> [Substring] {
    try shell.home.read(file).split(separator: "\n")
  }

  @Test func tenSessionsLoseNothing() throws {
    let shell = try Shell()
    let terminals = try (0..<10).map { _ in try shell.terminal() }
    for terminal in terminals { try terminal.show("mfsh> ") }
    for round in 1...12 {
      for (number, terminal) in terminals.enumerated() { terminal.send("s_\(number) = \(round)\r") }
      for terminal in terminals { try terminal.show("mfsh> ") }
    }
    for terminal in terminals { #expect(try PromptTests.leave(terminal) == .exited(0)) }
    let lines = try Self.statements(shell)
    #expect(lines.count == 120)
    for number in 0..<10 {
      let own = lines.filter { $0.contains("\"s_\(number) = ") }
      #expect(own.count == 12 && own.enumerated().allSatisfy { $1.contains("= \($0 + 1)\"") })
    }
  }

  /// Killed while others write, before the prompt comes back.
  @Test func aKilledSessionLeavesTheFileReadable() throws {
    let shell = try Shell()
    let witness = try Self.prompt(shell)
    for number in 1...8 {
      let victim = try Self.prompt(shell)
      victim.send("v_\(number) = 1\r")
      witness.send("w_\(number) = 1\r")
      victim.send("v_\(number) = '\(String(repeating: "x", count: 200 * number))'\r")
      victim.signal(SIGKILL)
      _ = try victim.waitForExit(within: Shell.patience)
      try witness.show("mfsh> ")
    }
    let lines = try Self.statements(shell)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"s\":\"") && $0.hasSuffix("}") })
    #expect(lines.filter { $0.contains("\"w_") }.count == 8)
    let text = try witness.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(!text.contains("history:"))
    #expect(try PromptTests.leave(witness) == .exited(0))
  }

  @Test(arguments: ["os.exit(7)", "local f <close> = io.popen('kill -9 $PPID') f:read('a')"])
  func aStatementIsThereBeforeItRuns(statement: String) throws {
    let shell = try Shell()
    let terminal = try Self.prompt(shell)
    terminal.send(statement + "\r")
    _ = try terminal.waitForExit(within: Shell.patience)
    #expect(try Self.statements(shell).first?.contains(statement) == true)
  }

  @Test func statementsOfOtherSessionsComeBehindOnesOwn() throws {
    let shell = try Shell()
    let (mine, other) = (try Self.prompt(shell), try Self.prompt(shell))
    try mine.type("'mi' .. 'ne'", until: "\"mine\"")
    try mine.show("mfsh> ")
    try other.type("'oth' .. 'er'", until: "\"other\"")
    mine.send("\u{1B}[A\r")
    try mine.show("\"mine\"")
    try mine.show("mfsh> ")
    mine.send("\u{1B}[A\u{1B}[A\r")
    try mine.show("\"other\"")
  }

  @Test func whatTurnsOutToBeAPasswordIsRewritten() throws {
    let canary = Canary.make("typed before its use")
    let shell = try Shell()
    let terminal = try Self.prompt(shell)
    terminal.showsTyping(because: "the password is typed into a statement")
    try terminal.type("q = '\(canary)'", until: "mfsh> ")
    try terminal.type(
      "pcall(session.login, {url='http://127.0.0.1:9', user='jo', password=q})", until: "mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    let history = try shell.home.read(Self.file)
    #expect(history.contains("q = secret.ask()") && !history.contains(canary))
    #expect(access(shell.home.path(Self.file + ".new"), F_OK) != 0)
  }

  @Test func aFileForAllBecomesPrivate() throws {
    let shell = try Shell()
    for folder in [".local", ".local/state", ".local/state/mfsh"] { mkdir(shell.home.path(folder), 0o700) }
    try shell.home.write(Self.file, "{\"t\":1,\"s\":\"'ol' .. 'd'\"}\n")
    chmod(shell.home.path(Self.file), 0o644)
    let terminal = try Self.prompt(shell)
    terminal.send("\u{1B}[A\r")
    try terminal.show("\"old\"")
    var status = stat()
    #expect(stat(shell.home.path(Self.file), &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  /// Each is told once, in one line, and Up goes on.
  @Test(arguments: [
    "folder", "pipe", "link", "garbage", "nobody's home", "full disk", "read-only", "read-only folder",
  ])
  func aFileThatDoesNotDoIsSaidOnce(fault: String) throws {
    var shell = try Shell()
    for folder in [".local", ".local/state", ".local/state/mfsh"] { mkdir(shell.home.path(folder), 0o700) }
    let path = shell.home.path(Self.file)
    var command: [String] = []
    switch fault {
    case "folder": mkdir(path, 0o700)
    case "pipe": mkfifo(path, 0o600)
    case "link": symlink("/dev/null", path)
    case "garbage": try shell.home.write(Self.file, "\u{0}\u{1}\nnonsense\n{\"t\":\n")
    case "nobody's home": shell.environment["HOME"] = shell.home.path("nobody")
    case "read-only", "read-only folder":
      try shell.home.write(Self.file, "{\"t\":1,\"s\":\"x\"}\n")
      if fault == "read-only" { chmod(path, 0o400) }
      // Without the right to pass over permissions that root has.
      if geteuid() == 0 { command = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] }
      if fault != "read-only" {
        rename(path, path + ".old")
        chmod(shell.home.path(".local/state/mfsh"), 0o500)
      }
    default:
      // A limit of 512 bytes stands for the disk.
      try shell.home.write(Self.file, String(repeating: "{\"t\":1,\"s\":\"x\"}\n", count: 31))
      command = ["sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""]
    }
    let terminal = try PseudoTerminal(
      command + [BuiltBinary.mfsh],
      environment: ["HOME": shell.environment["HOME"] ?? shell.home.path], folder: shell.home.path,
      columns: 200)
    try terminal.show("mfsh> ")
    let first = try terminal.type("'fir' .. 'st'", until: "\"first\"")
    #expect(first.contains("mfsh: history: "), "\(first)")
    try terminal.show("mfsh> ")
    terminal.send("\u{1B}[A\r")
    #expect(try !terminal.show("\"first\"").contains("history: "))
    #expect(try PromptTests.leave(terminal) == .exited(0))
    chmod(shell.home.path(".local/state/mfsh"), 0o700)
  }

  /// Neither by doing it again nor from a register.
  @Test func viBringsNoSecretBack() throws {
    let shell = try Shell()
    let secret = Canary.make("typed for vi")
    try shell.home.write(".editrc", "bind -v\n")
    let terminal = try Self.prompt(shell)
    terminal.showsTyping(because: "the statement is typed")
    terminal.send("login = {password=\"\(secret)\"}" + Key.escape)
    try terminal.waitUntilIdle()
    terminal.send("yy\"ayy\r")
    try terminal.show("mfsh> ")
    let before = terminal.rawOutput.count
    for command in [".", "p", "\"ap"] {
      terminal.send(Key.escape)
      try terminal.waitUntilIdle()
      terminal.send(command)
      try terminal.waitUntilIdle()
    }
    #expect(!String(decoding: terminal.rawOutput[before...], as: UTF8.self).contains(secret))
    terminal.send("Aprint('st' .. 'ill here')\r")
    try terminal.show("still here\n")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
