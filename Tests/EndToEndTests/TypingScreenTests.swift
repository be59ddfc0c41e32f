import Glibc
import TestSupport
import Testing

/// What somebody sees while typing: colours, brackets, suggestions.
@Suite(.timeLimit(.minutes(30))) struct TypingScreenTests {
  /// A prompt on an otherwise empty screen.
  private static func prompt(
    environment: [String: String] = [:], options: [String] = [], settings: String? = nil, columns: Int = 60
  ) throws -> PseudoTerminal {
    var shell = try Shell()
    shell.environment = environment
    shell.options = ["--sandbox"] + options
    if let settings { try shell.home.write(".editrc", settings) }
    let terminal = try shell.terminal(columns: columns, rows: 16)
    try terminal.waitForPrompt()
    try clear(terminal)
    return terminal
  }

  private static func clear(_ terminal: PseudoTerminal) throws {
    terminal.send(Key.control("L"))
    try terminal.waitForScreen("an empty screen") { $0.rows == ["mfsh>"] }
  }

  private static func leave(_ terminal: PseudoTerminal) throws {
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func statementsAreColoured() throws {
    let terminal = try Self.prompt()
    terminal.send(
      "for name, value in pairs{1, 0x2F} do\rprint(name, 'text', session.user) -- why\r_ = [[half")
    try terminal.expectScreen("typing-colours", withStyles: true)
    terminal.send("]]" + Key.up + Key.home + Key.delete + Key.delete + "x")
    try terminal.expectScreen("typing-colours-edited", withStyles: true)
    try Self.leave(terminal)
  }

  /// libedit moves by writing what is there, without colours.
  @Test func movingKeepsTheColours() throws {
    let terminal = try Self.prompt()
    terminal.send("for name in next, {} do return end")
    try terminal.waitForScreen("the end") { $0.cursor.column == 6 + 34 }
    for key in [Key.home, Key.right, Key.right, Key.wordRight, Key.right] {
      let column = terminal.screen.cursor.column
      terminal.send(key)
      try terminal.waitForScreen("a movement") { $0.cursor.column != column }
    }
    try terminal.expectScreen("typing-moved", withStyles: true)
    try Self.leave(terminal)
  }

  @Test func commandsAreColoured() throws {
    let terminal = try Self.prompt()
    terminal.send("\\wh")
    try terminal.expectScreen("typing-command-begun", withStyles: true)
    terminal.send("o ")
    try terminal.expectScreen("typing-command-unknown", withStyles: true)
    terminal.send(Key.backspace + Key.backspace + "y")
    try terminal.expectScreen("typing-command", withStyles: true)
    try Self.leave(terminal)
  }

  @Test func lightTerminalsHaveTheirOwnColours() throws {
    let terminal = try Self.prompt(environment: ["COLORFGBG": "0;15"])
    terminal.send("print(12)")
    try terminal.expectScreen("typing-light", withStyles: true)
    try Self.leave(terminal)
  }

  @Test func theMatchingBracketIsShown() throws {
    let terminal = try Self.prompt()
    terminal.send("f{a[1], '(', (2)})")
    try terminal.expectScreen("bracket-stray", withStyles: true)
    terminal.send(Key.backspace)
    try terminal.expectScreen("bracket-match", withStyles: true)
    terminal.send(String(repeating: Key.left, count: 3))
    try terminal.expectScreen("bracket-match-inside", withStyles: true)
    terminal.send(Key.end)
    try terminal.waitForScreen("the end") { $0.cursor.column == 6 + 17 }
    terminal.send(Key.enter)
    try terminal.waitForPrompt()
    #expect(!(0..<60).contains { terminal.screen.style(row: 0, column: $0).isUnderlined })
    try Self.leave(terminal)
  }

  @Test func whatWasTypedBeforeIsSuggested() throws {
    let terminal = try Self.prompt()
    try terminal.enter("word = 'one two'")
    try terminal.enter("for i = 1, 2 do\rword = i\rend")
    try Self.clear(terminal)
    terminal.send("wo")
    try terminal.expectScreen("suggestion", withStyles: true)
    terminal.send(Key.wordRight)
    try terminal.waitForScreen("a word") { $0.cursor.column == 6 + 4 }
    terminal.send(Key.escape + "f")
    try terminal.expectScreen("suggestion-words", withStyles: true)
    terminal.send(Key.end)
    try terminal.expectScreen("suggestion-accepted", withStyles: true)
    terminal.send(Key.control("C") + "for")
    try terminal.expectScreen("suggestion-of-lines", withStyles: true)
    terminal.send(Key.control("F"))
    try terminal.expectScreen("suggestion-of-lines-accepted", withStyles: true)
    try Self.leave(terminal)
  }

  /// Enter runs what was typed, and leaves nothing grey behind; nor does Ctrl-C.
  @Test func aSuggestionIsNotRun() throws {
    let terminal = try Self.prompt()
    try terminal.enter("word = 'one'")
    try Self.clear(terminal)
    terminal.send("wo")
    try terminal.waitForText("word")
    try terminal.enter("")
    terminal.send("word")
    try terminal.waitForText("word =")
    terminal.send(Key.control("C"))
    try terminal.expectScreen("suggestion-not-run", withStyles: true)
    try Self.leave(terminal)
  }

  @Test func aSuggestionIsNotShownInTheMiddle() throws {
    let terminal = try Self.prompt()
    try terminal.enter("session.user, session.url")
    try Self.clear(terminal)
    terminal.send("session.u" + Key.left)
    try terminal.expectScreen("suggestion-in-the-middle", withStyles: true)
    terminal.send(Key.right)
    try terminal.waitForText("session.url")
    terminal.send(Key.tab)
    try terminal.expectScreen("suggestion-while-completing", withStyles: true)
    terminal.send("r")
    try terminal.expectScreen("suggestion-after-completing", withStyles: true)
    try Self.leave(terminal)
  }

  @Test func aSuggestionFitsItsRow() throws {
    let terminal = try Self.prompt(columns: 30)
    try terminal.enter("x = '漢字漢字漢字漢字漢字漢字漢字'")
    try Self.clear(terminal)
    terminal.send("x = '漢字")
    try terminal.expectScreen("suggestion-cut", withStyles: true)
    terminal.resize(columns: 20, rows: 16)
    try terminal.expectScreen("suggestion-narrow", withStyles: true)
    terminal.resize(columns: 60, rows: 16)
    try terminal.expectScreen("suggestion-wide", withStyles: true)
    terminal.send(Key.right)
    try terminal.expectScreen("suggestion-wide-accepted", withStyles: true)
    try Self.leave(terminal)
  }

  @Test func wideCharactersKeepTheirColours() throws {
    let terminal = try Self.prompt(columns: 21)
    terminal.send("x = '漢字漢字漢字漢字', 1 -- 漢字漢字")
    try terminal.expectScreen("typing-wide", withStyles: true)
    terminal.send(String(repeating: Key.left, count: 20) + "ß")
    try terminal.expectScreen("typing-wide-edited", withStyles: true)
    try Self.leave(terminal)
  }

  @Test(arguments: [("NO_COLOR", "1"), ("", "never")])
  func withoutColoursAllIsPlain(variable: String, choice: String) throws {
    let terminal =
      try variable.isEmpty
      ? Self.prompt(options: ["--color", choice]) : Self.prompt(environment: [variable: choice])
    try terminal.enter("print('hi')")
    try Self.clear(terminal)
    terminal.send("print(")
    try terminal.expectScreen("typing-plain", withStyles: true)
    #expect(!terminal.rawOutput.contains(Array("\u{1B}7".utf8)))
    try Self.leave(terminal)
  }

  @Test func theColoursCanBeInsistedOn() throws {
    let terminal = try Self.prompt(environment: ["NO_COLOR": "1"], options: ["--color", "always"])
    terminal.send("nil")
    try terminal.waitForScreen("a colour") { $0.style(row: 0, column: 6).colour == 5 }
    try Self.leave(terminal)
  }

  /// The keys of vi, and ours beside them.
  @Test func viKeysEditInColour() throws {
    let terminal = try Self.prompt(settings: "bind -v\n")
    #expect(terminal.screenText.hasPrefix("mfsh "))
    try terminal.enter("print('one')")
    try Self.clear(terminal)
    terminal.send("print('two')" + Key.escape)
    try terminal.waitForScreen("command mode") {
      $0.rows == ["mfsh> print('two')"] && $0.cursor == (0, 17)
    }
    terminal.send("0cwtype" + Key.escape + "$")
    try terminal.expectScreen("vi-edited", withStyles: true)
    terminal.send("ccpr")
    try terminal.expectScreen("vi-suggestion", withStyles: true)
    terminal.send(Key.right)
    try terminal.expectScreen("vi-suggestion-accepted", withStyles: true)
    try Self.leave(terminal)
  }

  /// The end of a block below does not move the line that Enter is pressed in.
  @Test func aLineAboveTheLastKeepsItsIndentation() throws {
    let terminal = try Self.prompt()
    terminal.send("t = {\ra = 1\n}" + Key.up + Key.end)
    try terminal.waitForScreen("the line above") { $0.rows.last == "}" && $0.cursor == (1, 7) }
    terminal.send("\r")
    try terminal.waitForScreen("what ran") {
      $0.rowsButDurations == ["mfsh> t = {", "  a = 1", "}", "mfsh>"]
    }
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  /// As in insert mode, the end of a block moves to its column.
  @Test func viOpensLinesInABlock() throws {
    let terminal = try Self.prompt(settings: "bind -v\n")
    terminal.send("while true do" + Key.escape)
    try terminal.waitForScreen("command mode") {
      $0.rows == ["mfsh> while true do"] && $0.cursor == (0, 18)
    }
    terminal.send("obreak" + Key.escape)
    try terminal.waitForScreen("command mode") { $0.rows.last == "  break" && $0.cursor == (1, 6) }
    terminal.send("oend" + Key.escape)
    try terminal.waitForScreen("command mode") { $0.rows.last == "  end" && $0.cursor == (2, 4) }
    terminal.send("\r")
    try terminal.waitForScreen("what ran") {
      $0.rowsButDurations == ["mfsh> while true do", "  break", "end", "mfsh>"]
    }
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
