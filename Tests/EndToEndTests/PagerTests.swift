import Glibc
import Sandbox
import TestSupport
import Testing

/// What is taller than the screen goes through a pager.
struct PagerTests {
  /// A prompt on a terminal of 24 rows.
  static func prompt(
    pager: [String: String], server: SandboxServer? = nil
  ) throws -> (shell: Shell, terminal: PseudoTerminal) {
    let shell = try Shell()
    // Not by way of the shell's environment, which turns the pager off.
    let terminal = try PseudoTerminal(
      [BuiltBinary.mfsh] + (server.map { ["--url", $0.url] } ?? ["--sandbox"]),
      environment: ["HOME": shell.home.path, "no_proxy": "*"].merging(pager) { $1 },
      folder: shell.home.path)
    try terminal.show("mfsh> ")
    return (shell, terminal)
  }

  /// A pager that notes what it gets and waits for a line, as a person would have it.
  static func waiting(in shell: Shell) throws {
    try shell.home.write(
      "pager",
      """
      #!/bin/sh
      trap 'echo interrupted pager' INT
      cat > "$HOME/paged"
      echo "the pager waits"
      while ! read -r line < /dev/tty; do :; done
      echo "the pager leaves"
      """, mode: 0o755)
  }

  private static let tall = #"t = {} for i = 1, 60 do t[i] = {Name = "row " .. i} end"#

  @Test func tallResultsArePaged() throws {
    let (shell, terminal) = try Self.prompt(pager: ["MFSH_PAGER": "./pager"])
    try Self.waiting(in: shell)
    try terminal.type(Self.tall, until: "mfsh> ")
    try terminal.type("t", until: "the pager waits\n")
    #expect(terminal.settings.echoes && terminal.settings.readsLines)
    // Ctrl-C is the pager's: twice in a second would end code that runs.
    for _ in 1...3 {
      try terminal.waitUntilForegroundSleeps()
      terminal.send("\u{3}")
      try terminal.show("interrupted pager")
    }
    terminal.send("\n")
    try terminal.show("mfsh> ")
    let paged = try shell.home.read("paged").split(separator: "\n")
    #expect(paged.first == "Name" && paged.last == "row 60" && paged.count == 61)
    try terminal.type("#t", until: "60\n")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  /// However late this program gets to know of them: it is stopped while the second one comes.
  @Test func interruptsOfThePagerDoNotCountBehindIt() throws {
    let (shell, terminal) = try Self.prompt(pager: ["MFSH_PAGER": "./pager"])
    try Self.waiting(in: shell)
    try terminal.type(Self.tall, until: "mfsh> ")
    for _ in 1...10 {
      try terminal.type("t", until: "the pager waits\n")
      for isSecond in [false, true] {
        try terminal.waitUntilForegroundSleeps()
        if isSecond { terminal.signal(SIGSTOP) }
        terminal.send("\u{3}")
        try terminal.show("interrupted pager")
      }
      terminal.send("\n")
      try terminal.show("the pager leaves\n")
      terminal.signal(SIGCONT)
      try terminal.show("mfsh> ")
    }
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: ["table", "csv", "json", "lua"]) func soIsTheLastResultInAnyForm(format: String) throws {
    let (_, terminal) = try Self.prompt(pager: ["PAGER": "echo paged; cat"])
    try terminal.type(Self.tall, until: "mfsh> ")
    try terminal.type("t", until: "mfsh> ")
    try terminal.type("\\as \(format)", until: "paged\n")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func oneWideRecordIsTallToo() throws {
    let (_, terminal) = try Self.prompt(pager: ["PAGER": "echo paged; cat"])
    try terminal.type("r = {} for i = 1, 60 do r['field' .. i] = ('x'):rep(50) end", until: "mfsh> ")
    try terminal.type("r", until: "mfsh> ")
    try terminal.type("\\as csv", until: "paged\n")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatFitsIsNot() throws {
    let (_, terminal) = try Self.prompt(pager: ["PAGER": "echo paged; cat"])
    try terminal.type(Self.tall.replacing("60", with: "22"), until: "mfsh> ")
    #expect(!(try terminal.type("t", until: "mfsh> ")).contains("paged"))
    try terminal.type("t[23] = {Name = 'row 23'}", until: "mfsh> ")
    try terminal.type("t", until: "paged\nName\n")
    try terminal.showLast("row 23")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: [
    ["MFSH_PAGER": "no-such-pager"], ["MFSH_PAGER": "no-such-pager 2>/dev/null"], ["PAGER": ""],
    ["MFSH_PAGER": "", "PAGER": "false"], ["PAGER": " cat "], ["PAGER": "false", "TERM": "dumb"],
  ])
  func withoutAPagerAllIsWritten(pager: [String: String]) throws {
    let (_, terminal) = try Self.prompt(pager: pager)
    try terminal.type(Self.tall, until: "mfsh> ")
    try terminal.type("t", until: "Name\nrow 1\n")
    try terminal.showLast("row 60")
    terminal.send("quit\r")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
  }

  @Test func aPagerThatLeavesEarlyIsFine() throws {
    let (_, terminal) = try Self.prompt(pager: ["PAGER": "head -n 2"])
    try terminal.type("t = {} for i = 1, 60 do t[i] = ('x'):rep(9999) end", until: "mfsh> ")
    try terminal.type("t", until: "mfsh> ")
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aPagerThatLeavesTheTerminalRawIsMended() throws {
    let (_, terminal) = try Self.prompt(pager: ["PAGER": "stty raw -echo </dev/tty; cat >/dev/null"])
    try terminal.type(Self.tall, until: "mfsh> ")
    try terminal.type("t", until: "mfsh> ")
    terminal.send("print('re' .. 'ady') return io.read()\r")
    try terminal.show("ready\n")
    try terminal.wait(for: "whole lines", within: Shell.patience) { terminal.settings.readsLines }
    try terminal.type("typed", until: "\"typed\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: PromptEndTests.kinds)
  func signalsEndThePagerToo(number: Int32, status: Int32) throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try Self.prompt(pager: ["PAGER": "sleep 9999"], server: sandbox)
    try terminal.type(
      #"session.login{user="editor", password=secret.command{"echo", "demo"}}"#, until: "editor> ")
    try terminal.type(Self.tall + " print('ma' .. 'de')", until: "made\n")
    try terminal.show("editor> ")
    try terminal.type("t", until: "\n")
    terminal.signal(number)
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(status))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test func lessIsThePagerUnlessToldOtherwise() throws {
    let (_, terminal) = try Self.prompt(pager: [:])
    try terminal.type(Self.tall, until: "mfsh> ")
    try terminal.type("t", until: "row 22\n:")
    terminal.send("q")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
