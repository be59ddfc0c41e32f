import TestSupport
import Testing

/// What people type who do not know mfsh yet, and what tells them how to go on.
struct NewcomerTests {
  static let statements: [(typed: String, shown: String)] = [
    ("vaults", "nil\nno variable has this name: session.vaults() lists the vaults you may enter\n"),
    ("ls", "nil\nno variable has this name: session.vaults() lists the vaults you may enter\n"),
    ("login", "nil\nno variable has this name: session.login{user=\"NAME\"} logs in\n"),
    ("sesion", "nil\nno variable has this name: did you mean session?\n"),
    ("whoami()", "attempt to call a nil value (global 'whoami'): session.info() tells who is logged in\n"),
    ("open{}", "attempt to call a nil value (global 'open'): did you mean session.open?\n"),
    ("use Finance", "syntax error near 'Finance': session.use(\"VAULT\") enters a vault\n"),
    ("login editor", "syntax error near 'editor': session.login{user=\"NAME\"} logs in\n"),
    ("mfsh vaults", "syntax error near 'vaults': session.vaults() lists the vaults you may enter\n"),
    ("session.use Finance", "syntax error near 'Finance': write session.use(vault)\n"),
    ("session.vaults[1]", "(field 'vaults'): it is called with brackets, session.vaults()\n"),
    (
      "session.login('http://h')",
      "session.login: argument 1 must be a table, not a string: write session.login{user=, password=, …}\n"
    ),
    (
      "server.status('http://h')",
      "server.status: argument 1 must be a table, not a string: write server.status{url=…}\n"
    ),
    ("server.status{'http://h'}", "server.status: an argument has no name: write server.status{url=…}\n"),
    ("session.login(user='u')", "')' expected near '=': named arguments stand in braces, {name = value}\n"),
    ("session.login{user='u' password='p'}", "'}' expected near 'password': is there a comma missing?\n"),
    ("y = 1; y\r", "syntax error near <eof>: to see a value at the end, write return before it\n"),
    ("if 1 != 2 then end", "near '!': not equal is ~= in Lua\n"),
    ("n += 1", "near '+': write x = x + 1\n"),
    ("!ls", "near '!': not is a word in Lua, and os.execute(\"ls\") runs a program\n"),
    ("if (n = 1) then end", "')' expected near '=': to compare, write ==\n"),
    ("if n = 1 then end", "'then' expected near '=': to compare, write ==\n"),
    ("test.x", "attempt to index a nil value (global 'test')\n"),
    ("secret.of(Finance)", "argument 1 must be a string, not nothing: text stands in quotes\n"),
    ("help login", "no help on 'login'; did you mean session.login?\n"),
    ("\\login", "there is no command \\login: session.login{user=\"NAME\"} logs in\n"),
    ("\\exit", "there is no command \\exit: \\quit leaves\n"),
    ("?", "asks for the password\n"),
    ("--help", "asks for the password\n"),
  ]

  @Test func statementsThatAreNoneSayWhatToType() throws {
    var shell = try Shell()
    shell.options = ["--sandbox"]
    let terminal = try shell.terminal(columns: 160, rows: 50)
    try terminal.show("mfsh> ")
    for (typed, shown) in Self.statements {
      let answer = try terminal.type(typed, until: "mfsh> ").withoutDurations
      #expect(answer.contains(shown), "\(typed): \(answer)")
    }
    // What is a variable, or is no word of ours, is Lua.
    try terminal.type("ls = 5", until: "mfsh> ")
    for (typed, shown) in [("ls", "\n5"), ("x", "\nnil")] { try terminal.type(typed, untilLast: shown) }
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test(arguments: ["quit", "exit", "exit()", "exit;", ":q"]) func theseWordsLeave(word: String) throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send(word + "\r")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
  }
}
