import TestSupport
import Testing

/// Input that nobody means: told in one line, the prompt goes on, and nothing typed is lost.
@Suite(.timeLimit(.minutes(30))) struct BadInputTests {
  private let shell: Shell
  private let terminal: PseudoTerminal

  init() throws { (shell, terminal) = try PseudoTerminal.sandboxed() }

  /// The prompt works.
  private func goOn() throws {
    try terminal.waitForScreen("the prompt") { $0.rows.last == "mfsh>" }
    terminal.send(Key.control("L") + "'still ' .. 'here'\r")
    try terminal.waitForText("\"still here\"")
    try terminal.waitForPrompt()
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  private func clear() throws {
    terminal.send(Key.control("L"))
    try terminal.waitForScreen("an empty screen") { $0.rows == ["mfsh>"] }
  }

  @Test(arguments: [
    ("print('half", "unfinished string near <eof>"), ("x = [[half\r]", "mfsh> x = [[half"),
    ("--[==[ half\r]]", "mfsh> --[==[ half"), ("x = '\\q'", "invalid escape sequence near ''\\q'"),
    ("x = '\\u{110000000}'", "UTF-8 value too large near ''\\u{110000000'"),
    ("x = 0x", "malformed number near '0x'"), ("x = 1..2", "malformed number near '1..2'"),
    ("goto nowhere", "no visible label 'nowhere' for <goto> at line 1"), ("end", "<eof> expected near 'end'"),
    ("{1, 2 3}", "'}' expected near '3'"), ("print(“a”)", "typographic quote “: type \" instead"),
    ("break", "break outside loop at line 1"), ("@", "unexpected symbol near '@'"),
  ])
  func mistakesAreOneLine(statement: String, message: String) throws {
    try clear()
    terminal.send(statement + "\r")
    try terminal.waitForText(message)
    // What is not finished waits for its end, and Ctrl-C drops it.
    if message.hasPrefix("mfsh>") { terminal.send(Key.control("C")) }
    try goOn()
  }

  @Test(arguments: [
    ("(", "C stack overflow"), ("{", "C stack overflow"), ("f(", "C stack overflow"),
    ("a[", "C stack overflow"), ("do ", "C stack overflow"), ("x = {", "C stack overflow"),
    ("1 .. ", "C stack overflow"), (")", "unexpected symbol near ')'"),
    ("function f() ", "C stack overflow"), ("'a' .. (", "C stack overflow"),
  ])
  func deepNestingIsOneLine(opening: String, message: String) throws {
    try clear()
    terminal.send(Key.paste(String(repeating: opening, count: 10_000)))
    try terminal.waitForText("Ctrl-X Ctrl-E]")
    terminal.send("\r")
    try terminal.waitForText(message)
    try terminal.waitForPrompt()
    try goOn()
  }

  @Test func aLineOfTwoMegabytes() throws {
    try clear()
    let text = String(repeating: "x", count: 2 << 20)
    terminal.send(Key.paste("s = '\(text)'"))
    try terminal.waitForText("[… 2096")
    terminal.send(" n = #s\r")
    try terminal.waitForText("mfsh: history: a statement of more than 1 MiB is not kept")
    try terminal.waitForPrompt()
    try terminal.enter("n")
    #expect(terminal.answer == "2097152")
    try goOn()
  }

  @Test func bytesThatAreNoText() throws {
    try clear()
    let bytes = (0...255).map { UInt8($0) }.filter { ![0x03, 0x1B].contains($0) }
    terminal.send(
      bytes: Array("x = '\u{1B}[200~".utf8) + bytes.filter { $0 != 0x27 && $0 != 0x5C }
        + Array("\u{1B}[201~'".utf8))
    try terminal.expectScreen("pasted-bytes")
    try terminal.enter("")
    try clear()
    terminal.send(
      bytes: Array("y = '".utf8) + [
        0xFF, 0xFE, 0xC3, 0x28, 0xE2, 0x82, 0x41, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xC2, 0x9B,
      ] + Array("'".utf8))
    try terminal.expectScreen("typed-bytes")
    try terminal.enter("")
    try goOn()
  }

  /// Globals that may not be looked at.
  @Test func strictGlobals() throws {
    try terminal.enter(
      "setmetatable(_G, {__index = function(_, k) error('no ' .. k, 2) end, __newindex = function(_, k) error('new ' .. k, 2) end})"
    )
    try clear()
    terminal.send("unk\t")
    try terminal.enter("nown")
    try terminal.waitForText("no unknown")
    try terminal.enter("x = 1")
    try terminal.waitForText("new x")
    try terminal.enter("local y = 2")
    try terminal.enter("y + 1")
    try terminal.expectScreen("strict-globals")
    try goOn()
  }

  /// A statement may spoil what the prompt itself needs.
  @Test(arguments: [
    "_G = nil", "_ENV = nil", "string = nil", "table = nil print = nil",
    "for k in pairs(_G) do _G[k] = nil end",
    "setmetatable(_G, {__index = error, __newindex = error, __pairs = error})",
    "getmetatable('').__index = nil", "getmetatable('').__index = error", "debug.sethook(error, 'l', 1)",
    "collectgarbage('stop')", "io.stdout:close()", "io.stdout:setvbuf('full', 1 << 20)", "os.setlocale('C')",
    "os.setlocale('de_DE.UTF-8')", "mfsh.prompt = error", "mfsh = nil", "coroutine.yield(1)", "error()",
    "error(nil)",
    "tostring = error", "assert(false)", "package.loaded = nil", "package.path = nil require 'x'",
  ])
  func whatThePromptNeedsCanBeSpoiled(statement: String) throws {
    try terminal.enter(statement)
    try terminal.enter("1 +" + Key.tab + " 1" + Key.control("X") + "h")
    terminal.send(Key.up + Key.up)
    try terminal.waitForScreen("the statement again") {
      $0.rows.last?.hasPrefix("mfsh> \(statement.prefix(20))") == true
    }
    terminal.send(Key.control("C"))
    try terminal.waitForPrompt()
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
