import Glibc
import TestSupport
import Testing

/// The editor on a real terminal, by way of a small program that prints what it reads.
@Suite(.serialized) struct EditorTests {
  private func probe(environment: [String: String] = [:], columns: Int = 80) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      [BuiltBinary.path("EditorProbe")], environment: environment, columns: columns)
    try terminal.expect("probe> ")
    return terminal
  }

  @Test func aStatementEndsAtEnter() throws {
    let terminal = try probe()
    terminal.send("hello\r")
    try terminal.expect("[hello]")
    try terminal.expect("probe> ")
  }

  @Test func anIncompleteStatementGoesOnWithTheIndentation() throws {
    let terminal = try probe()
    terminal.send("f(\r  a,\rb)\r")
    try terminal.expect("[f(|  a,|  b)]")
  }

  @Test(arguments: ["\n", "\u{1B}\r"])
  func aLineCanBeBegunByHand(key: String) throws {
    let terminal = try probe()
    terminal.send("one\(key)two\r")
    try terminal.expect("[one|two]")
  }

  @Test func controlCDropsWhatWasTyped() throws {
    let terminal = try probe()
    terminal.send("f(\rsecond\u{1B}[A\u{03}")
    try terminal.expect("^C")
    try terminal.expect("<interrupted>")
    try terminal.expect("probe> ")
    terminal.send("x\r")
    try terminal.expect("[x]")
  }

  @Test func anInterruptFromElsewhereDropsItToo() throws {
    let terminal = try probe()
    terminal.send("abc")
    try terminal.expect("abc")
    terminal.signal(SIGINT)
    try terminal.expect("<interrupted>")
  }

  @Test func controlDEndsOnAnEmptyLineOnly() throws {
    let terminal = try probe()
    terminal.send("x\u{04}\r")
    try terminal.expect("[x]")
    try terminal.expect("probe> ")
    terminal.send("\u{04}")
    try terminal.expect("<endOfInput>")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.settings.echoes && terminal.settings.readsLines)
  }

  @Test func stopEndsTheWait() throws {
    let terminal = try probe()
    terminal.send("half")
    try terminal.expect("half")
    terminal.signal(SIGTERM)
    try terminal.expect("<stopped>")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.settings.echoes)
  }

  @Test func controlCInAPasteDoesNotRunTheRest() throws {
    let terminal = try probe()
    terminal.send("\u{1B}[200~harmless\u{03}\rsecond\r\u{1B}[201~")
    try terminal.expect("second")
    terminal.send("\r")
    try terminal.expect("[harmless|second]")
  }

  @Test func controlCLeavesAPasteThatNeverEnds() throws {
    let terminal = try probe()
    terminal.send("\u{1B}[200~abc")
    try terminal.waitUntilIdle()
    terminal.send("\u{03}")
    try terminal.expect("<interrupted>")
    terminal.send("x\r")
    try terminal.expect("[x]")
  }

  @Test func aPasteIsOnePiece() throws {
    let terminal = try probe()
    terminal.send("\u{1B}[200~a\r\nb\r\n\tc\u{07}\r\n\u{1B}[201~")
    try terminal.expect("c")
    terminal.send("\r")
    try terminal.expect("[a|b|\tc]")
  }

  @Test func aLargePasteArrivesWhole() throws {
    let terminal = try probe()
    let lines = (1...500).map { "line number \($0)" }
    terminal.send("\u{1B}[200~\(lines.joined(separator: "\r"))\u{1B}[201~\r")
    let shown = try terminal.expect("|line number 500]")
    #expect(shown.hasSuffix("[" + lines.joined(separator: "|") + "]"))
  }

  @Test(arguments: [
    "\u{1B}[15~", "\u{1B}[1;5A", "\u{1B}[5~", "\u{1B}OP", "\u{1B}[[A", "\u{1B}[Z", "\u{1B}[200;1u",
  ])
  func unknownKeysLeaveNothing(key: String) throws {
    let terminal = try probe()
    terminal.send("a\(key)b\r")
    try terminal.expect("[ab]")
  }

  /// libedit would ask for a command of its own.
  @Test(arguments: ["x", "X"]) func altXDoesNothing(letter: String) throws {
    let terminal = try probe()
    terminal.send("one\u{1B}\(letter)!\r")
    try terminal.expect("[one!]")
  }

  @Test func wordsAndLineEndsAreKeys() throws {
    let terminal = try probe()
    terminal.send("two three\u{1B}[1;5D\u{1B}[1;5Done \u{1B}[Ffour\u{01}zero \r")
    try terminal.expect("[zero one two threefour]")
  }

  @Test func textIsUTF8() throws {
    let terminal = try probe(environment: ["LANG": "", "LC_ALL": "C"])
    terminal.send("größer 日本\u{7F}語\r")
    try terminal.expect("[größer 日語]")
  }

  @Test func upAndDownWalkThroughLinesAndThenStatements() throws {
    let terminal = try probe()
    terminal.send("first\r")
    try terminal.expect("[first]")
    try terminal.expect("probe> ")
    terminal.send("f(\r)\r")
    try terminal.expect("[f(|)]")
    try terminal.expect("probe> ")
    terminal.send("live\u{1B}[A\u{1B}[A1\u{1B}[B2\r")
    try terminal.expect("[f1(|)2]")
    try terminal.expect("probe> ")
    terminal.send("live\u{10}\u{10}\u{10}\u{10}!\r")
    try terminal.expect("[f!(|)]")
    try terminal.expect("probe> ")
    terminal.send("live\u{1B}[A\u{1B}[B\u{1B}[B?\r")
    try terminal.expect("[live?]")
  }

  @Test func whatIsChangedInAnEarlierStatementIsKept() throws {
    let terminal = try probe()
    for statement in ["one", "two"] {
      terminal.send("\(statement)\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
    terminal.send("new\u{1B}[A changed\u{1B}[A\u{1B}[B!\u{1B}[B\u{1B}[A\r")
    try terminal.expect("[two changed!]")
    // It was for that statement only.
    try terminal.expect("probe> ")
    terminal.send("\u{1B}[A\u{1B}[A\r")
    try terminal.expect("[two]")
  }

  @Test func historyOutlivesTheProgram() throws {
    let folder = try TemporaryFolder()
    let environment = ["PROBE_HISTORY": folder.path("state/history")]
    let first = try probe(environment: environment)
    first.send("f(\r)\r")
    try first.expect("[f(|)]")
    let second = try probe(environment: environment)
    second.send("\u{1B}[A\r")
    try second.expect("[f(|)]")
  }

  @Test func messagesAppearAboveThePrompt() throws {
    let terminal = try probe()
    terminal.send("say news\r")
    try terminal.expect("[say news]")
    try terminal.expect("news\n")
    try terminal.expect("probe> ")
    terminal.send("x\r")
    try terminal.expect("[x]")
  }

  @Test func aNarrowerWindowRedraws() throws {
    let terminal = try probe()
    terminal.send(String(repeating: "abcdefghi ", count: 5))
    try terminal.expect("abcdefghi abcdefghi ")
    terminal.resize(columns: 30, rows: 20)
    try terminal.expect("probe> abcdefghi")
    terminal.send("end\r")
    try terminal.expect("[abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi end]")
  }

  @Test func controlZSuspendsAndResumes() throws {
    let terminal = try PseudoTerminal(["bash", "--norc", "-i"], environment: ["PS1": "$ "])
    try terminal.expect("$ ")
    terminal.send(BuiltBinary.path("EditorProbe") + "\r")
    try terminal.expect("probe> ")
    terminal.send("kept\u{1A}")
    try terminal.expect("Stopped")
    try terminal.expect("$ ")
    terminal.send("fg\r")
    try terminal.expect("probe> kept")
    terminal.send("!\r")
    try terminal.expect("[kept!]")
  }

  @Test func viModeKeepsOurKeys() throws {
    let home = try TemporaryFolder()
    try home.write(".editrc", "bind -v\n")
    let terminal = try probe(environment: ["HOME": home.path])
    terminal.send("one\r")
    try terminal.expect("[one]")
    try terminal.expect("probe> ")
    terminal.send("\u{1B}[Ax\u{1B}[200~(\r)\u{1B}[201~\r")
    try terminal.expect("[onex(|)]")
    try terminal.expect("probe> ")
    terminal.send("half\u{1B}\u{03}")
    try terminal.expect("<interrupted>")
  }

  private func viProbe() throws -> PseudoTerminal {
    let home = try TemporaryFolder()
    try home.write(".editrc", "bind -v\n")
    return try probe(environment: ["HOME": home.path])
  }

  /// Each of these keys, in insert mode and in command mode.
  @Test(arguments: [
    ("one two\u{1B}[D\u{1B}[DX", "one tXwo"), ("one\u{1B}[HX", "Xone"), ("one\u{1B}[1;5DX", "Xone"),
    ("one\u{1B}[H\u{1B}[3~", "ne"), ("one\u{1B}[5~\u{1B}[6~\u{1B}OP\u{1B}[15~X", "oneX"),
    ("one two\u{17}X", "one X"),
    ("a\u{C}b", "ab"),
  ])
  func viInsertModeHasOurKeys(keys: String, statement: String) throws {
    let terminal = try viProbe()
    terminal.send(keys)
    terminal.send("\r")
    try terminal.expect("[\(statement)]")
  }

  @Test(arguments: [
    ("bX", "onetwo"), ("0dw", "two"), ("\u{1B}[Dx", "one to"), ("\u{1B}[H\u{1B}[3~", "ne two"),
    ("\u{1B}[5~\u{1B}OPx", "one tw"), ("0~", "One two"), ("bcwfour", "one four"), ("xu", "one two"),
    (":x", "one tw"),
    ("a!", "one two!"), ("#x", "one tw"),
    ("r\u{1B}[AiX", "one twXo"), ("r\u{5}iX", "one twXo"), ("r\u{1B}[3~iX", "one twXo"),
    ("0f\u{1B}[1;5CiX", "Xone two"), ("r\n", "one tw|"), ("2", "one two"), ("d", "one two"),
    ("d'ax", "one tw"), ("xu\u{12}\u{12}iX", "one tXw"), ("xu\u{12}h\u{12}x\u{7}iX", "one Xtw"),
  ])
  func viCommandModeEdits(keys: String, statement: String) throws {
    let terminal = try viProbe()
    try leaveInsertMode(terminal, typing: "one two")
    terminal.send(keys + "\r")
    try terminal.expect("[\(statement)]")
  }

  /// The cursor steps back once Escape was a key of its own.
  private func leaveInsertMode(_ terminal: PseudoTerminal, typing text: String) throws {
    terminal.send(text)
    try terminal.waitForScreen("the text") { $0.cursor.column == 7 + text.count }
    terminal.send("\u{1B}")
    try terminal.waitForScreen("command mode") { $0.cursor.column == 6 + text.count }
  }

  @Test func viWalksThroughStatements() throws {
    let terminal = try viProbe()
    #expect(terminal.screen.rows == ["probe>"])
    for statement in ["first", "second"] {
      terminal.send(statement + "\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
    try leaveInsertMode(terminal, typing: "live")
    terminal.send("k-+")
    try terminal.waitForScreen("the second, the cursor at its start") {
      $0.rows.last == "probe> second" && $0.cursor.column == 7
    }
    terminal.send("x\r")
    try terminal.expect("[econd]")
  }

  @Test func viCountsStatements() throws {
    let terminal = try viProbe()
    for (keys, statement) in [("first", "first"), ("f(\r)", "f(|)")] {
      terminal.send(keys + "\r")
      try terminal.expect("[\(statement)]")
      try terminal.expect("probe> ")
    }
    try leaveInsertMode(terminal, typing: "live")
    terminal.send("2kiX\r")
    try terminal.expect("[Xfirst]")
  }

  /// As what Up brings.
  @Test func whatWasFoundIsNotUndone() throws {
    let terminal = try probe()
    terminal.send("first\r")
    try terminal.expect("[first]")
    try terminal.expect("probe> ")
    terminal.send("live\u{12}irs\u{1}\u{1F}X\r")
    try terminal.expect("[Xfirst]")
  }

  @Test func viSearchesWithASlash() throws {
    let terminal = try viProbe()
    terminal.send("first\r")
    try terminal.expect("[first]")
    try terminal.expect("probe> ")
    try leaveInsertMode(terminal, typing: "live")
    terminal.send("/irs\r")
    try terminal.waitForScreen("what was found, to be edited") { $0.rows.last == "probe> first" }
    terminal.send("0xu.\r")
    try terminal.expect("[irst]")
  }

  @Test(arguments: [
    ("one two three\u{1B}b\u{1B}bX", "one Xtwo three"), ("one two\u{1}\u{1B}fX", "oneX two"),
    ("one two\u{1}\u{1B}d", " two"), ("one two\u{17}X", "one X"), ("one two\u{1B}\u{7F}X", "one X"),
    ("one\u{2}\u{2}X\u{6}Y", "oXnYe"), ("one\u{1}\u{4}", "ne"), ("one\u{1}\u{B}two", "two"),
    ("ab\u{18}\u{18}X", "Xab"), ("ab\u{0}\u{1B}[DX", "aXb"),
  ])
  func emacsHasItsWords(keys: String, statement: String) throws {
    let terminal = try probe()
    terminal.send(keys)
    terminal.send("\r")
    try terminal.expect("[\(statement)]")
  }

  @Test func accentsAreComposed() throws {
    let terminal = try probe()
    terminal.send("cafe\u{301} a\u{323}\u{302}\u{1B}[200~o\u{308}\u{1B}[201~u\u{308}\r")
    try terminal.expect("[café ậöü]")
  }

  /// The lines before it count, and ours always do.
  @Test func aBrokenLineInTheUsersSettingsIsPassedOver() throws {
    let home = try TemporaryFolder()
    try home.write(".editrc", "bind -v\nno such command\nbind -e\n")
    let terminal = try probe(environment: ["HOME": home.path])
    try leaveInsertMode(terminal, typing: "one")
    terminal.send("x\u{1B}[A\r")
    try terminal.expect("[on]")
  }

  @Test func aDumbTerminalReadsPlainLines() throws {
    let terminal = try PseudoTerminal([BuiltBinary.path("EditorProbe")], environment: ["TERM": "dumb"])
    try terminal.expect("probe> ")
    terminal.send("f(\r")
    try terminal.expect("...> ")
    terminal.send(")\r")
    try terminal.expect("[f(|)]")
    terminal.send("\u{04}")
    try terminal.expect("<endOfInput>")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
