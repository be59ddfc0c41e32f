import Glibc
import TestSupport
import Testing

/// What somebody sees who types statements and moves about in them.
@Suite(.timeLimit(.minutes(30))) struct EditingScreenTests {
  private let shell: Shell
  private let terminal: PseudoTerminal

  init() throws { (shell, terminal) = try PseudoTerminal.sandboxed() }

  private func leave() throws {
    try terminal.waitForPrompt()
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aHalfTypedFunctionIsIndented() throws {
    terminal.send("function size(list)\rlocal n = 0\rfor _ in pairs(list) do\rn = n + 1")
    try terminal.expectScreen("function-half-typed")
    try terminal.enter("\rend\rreturn n\rend")
    try terminal.enter("size{1, 2, 3}")
    try terminal.expectScreen("function-used")
    try leave()
  }

  @Test func theEndOfABlockStandsUnderItsBeginning() throws {
    terminal.send("for i = 1, 2 do\r")
    try terminal.waitForText("goes on")
    terminal.send("  print(i)\rend")
    try terminal.waitForScreen("the depth chosen by hand") { $0.rows.last == "    end" }
    terminal.send("\r")
    try terminal.waitForScreen("what was printed") {
      $0.rowsButDurations.suffix(6) == ["mfsh> for i = 1, 2 do", "    print(i)", "end", "1", "2", "mfsh>"]
    }
    try leave()
  }

  /// As terminals paste that do not mark it.
  @Test func anIndentedTextKeepsItsOwnIndentation() throws {
    terminal.send("for i = 1, 1 do\r    if i then\r\t\tprint(i)\r    else\r        x()\r    end\r    end")
    try terminal.waitForScreen("the text") {
      $0.rows.suffix(7)
        == [
          "mfsh> for i = 1, 1 do", "    if i then", "    print(i)", "    else", "        x()", "    end",
          "    end",
        ]
    }
    terminal.send(Key.control("C"))
    try leave()
  }

  /// libedit shows the emoji that a joiner or a selector belongs to, and not these.
  @Test func joinersLeaveTheCursorInItsPlace() throws {
    terminal.send("s = '\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{2764}\u{FE0F}'")
    try terminal.waitForScreen("the text") {
      $0.rows.last == "mfsh> s = '\u{1F468}\u{1F469}\u{1F467}\u{2764}'" && $0.cursor.column == 19
    }
    let written = String(decoding: terminal.rawOutput, as: UTF8.self).unicodeScalars
    #expect(!written.contains("\u{200D}") && !written.contains("\u{FE0F}"))
    terminal.send(Key.control("C"))
    try leave()
  }

  @Test func anUnfinishedStatementSaysSo() throws {
    terminal.send("for i = 1, 2 do\r")
    try terminal.expectScreen("unfinished", withStyles: true)
    // It is no suggestion that could be taken over.
    terminal.send(Key.right + Key.end + "print(i)\r")
    try terminal.expectScreen("unfinished-still", withStyles: true)
    try terminal.enter("end")
    try terminal.waitForScreen("what was printed") {
      $0.rowsButDurations.suffix(4) == ["end", "1", "2", "mfsh>"]
    }
    try leave()
  }

  @Test func upBringsBackAWholeStatement() throws {
    try terminal.enter("for i = 1, 2 do\rprint('line ' .. i)\rend")
    try terminal.enter("1 + 1")
    terminal.send(Key.up + Key.up)
    try terminal.expectScreen("up-to-a-loop")
    terminal.send(Key.down)
    try terminal.expectScreen("down-again")
    try terminal.enter("")
    try leave()
  }

  /// Each key leaves a letter where the cursor stood.
  @Test func keysMoveInTheBuffer() throws {
    terminal.send("if true then\rprint(1)\rprint(2)\rend")
    terminal.send(Key.home + "[" + Key.up + Key.end + "]" + Key.up + Key.home + "<" + Key.up + Key.end + ">")
    try terminal.expectScreen("keys-by-line")
    terminal.send(Key.wordLeft + "w" + Key.left + Key.left + Key.delete + Key.pageUp + Key.pageDown + "x")
    try terminal.expectScreen("keys-by-word")
    terminal.send(Key.control("C"))
    try leave()
  }

  @Test func aLineIsInsertedAnywhere() throws {
    terminal.send("print(1)" + Key.altEnter + "print(2)" + Key.control("J") + "print(3)")
    try terminal.expectScreen("lines-inserted")
    try terminal.enter("")
    try leave()
  }

  @Test func ctrlCLeavesWhatWasTyped() throws {
    terminal.send("function half()\rreturn 'typed'")
    try terminal.waitForText("return 'typed'")
    terminal.send(Key.up + Key.control("C"))
    try terminal.expectScreen("ctrl-c-half-typed")
    terminal.send(Key.control("C"))
    try terminal.expectScreen("ctrl-c-nothing-typed")
    try leave()
  }

  @Test func aRunningChunkIsInterrupted() throws {
    try terminal.enter("count = 0")
    terminal.send("while true do count = count + 1 if count == 1 then print('started') end end\r")
    try terminal.waitForScreen("the loop") { $0.rows.last == "started" }
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    try terminal.enter("count > 0")
    try terminal.expectScreen("interrupted-chunk")
    try leave()
  }

  @Test func outputWithoutALineEndStandsAlone() throws {
    try terminal.enter("do io.write('prompt') end")
    try terminal.enter("io.write('result') return 5")
    try terminal.enter("io.write('error') error('no')")
    try terminal.enter("do io.write('hint') end local f <close> = io.tmpfile()")
    try terminal.enter("os.execute('printf program') return")
    try terminal.enter("io.write(('x'):rep(80)) return")
    try terminal.enter("io.write(('y'):rep(81)) return")
    try terminal.expectScreen("output-without-line-end")
    try leave()
  }

  @Test func errorsAreShown() throws {
    try terminal.enter("x = = 1")
    try terminal.enter("session.lgin()")
    try terminal.enter("error({code=1})")
    try terminal.enter("print('unfinished)")
    try terminal.expectScreen("errors")
    try leave()
  }

  @Test func wideCharactersWrapAtTheEdge() throws {
    terminal.send("'" + String(repeating: "漢字", count: 20) + "äöü" + String(repeating: "ß", count: 80))
    try terminal.expectScreen("wide-characters")
    terminal.send(String(repeating: Key.left, count: 84) + Key.backspace + Key.backspace + "·")
    try terminal.expectScreen("wide-characters-edited")
    try terminal.enter(Key.end + "'")
    try terminal.expectScreen("wide-characters-shown")
    try leave()
  }

  @Test func theWindowChangesItsSize() throws {
    terminal.send("for number = 1, 3 do\rprint('a line that is longer than the window will be', number)\rend")
    terminal.send(Key.up)
    try terminal.waitForScreen("the cursor above the end") { $0.text.hasSuffix("end") && $0.cursor == (4, 5) }
    terminal.resize(columns: 30, rows: 24)
    try terminal.expectScreen("window-narrow")
    terminal.resize(columns: 80, rows: 24)
    try terminal.expectScreen("window-wide-again")
    terminal.send("!" + Key.control("C"))
    try terminal.waitForPrompt()
    try terminal.expectScreen("window-afterwards")
    try leave()
  }
}
