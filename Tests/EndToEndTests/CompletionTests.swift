import Sandbox
import TestSupport
import Testing

/// Tab and Ctrl-X h at the prompt of mfsh.
struct CompletionTests {
  @Test func theOnlyNameIsInserted() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send("tostri\t(42) .. '!'\r")
    try terminal.show("\"42!\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whatIsCommonAndThenTheList() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    try terminal.type("things = {alpha1 = 1, alpha2 = 2}", until: "mfsh> ")
    terminal.send("things.a\t")
    try terminal.show("things.alpha")
    terminal.send("\t")
    try terminal.show("alpha1  alpha2\n")
    try terminal.show("mfsh> things.alpha")
    terminal.send("2 + 40\r")
    try terminal.show("42\n")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func argumentsComeWithTheirMeanings() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send("session.login{v\t")
    try terminal.show("vault  a vault to enter: its name or GUID; \"\" enters none\n")
    try terminal.show("via    how user and password are used")
    try terminal.show("verbs  \"override\"")
    try terminal.show("mfsh> session.login{v")
    terminal.send("ia\t\"tok\t}\u{3}")
    try terminal.show("token\"}^C")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func vaultsThatWereSeen() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    let before = sandbox.stats.requests
    terminal.send("session.use(\"\t")
    try terminal.show("Sample Vault  {")
    try terminal.show("session.use(\"")
    // The first one sets the quote.
    terminal.send(Key.control("U") + "session.use(\t\t")
    try terminal.show("Sample Vault  {")
    try terminal.show("session.use(\"")
    #expect(sandbox.stats.requests == before)
    terminal.send("fi\t).Name\r")
    try terminal.show("\"Finance\"")
    try terminal.show("editor@Finance> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func noCodeOfTheUserRuns() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    let trap = "setmetatable({inside = 1}, {__index = function() print('tr' .. 'ap') error('x') end})"
    try terminal.type("trap = \(trap)", until: "mfsh> ")
    terminal.send("trap.in\t .. trap.missing.\t\t\u{3}")
    try terminal.show("^C")
    try terminal.show("mfsh> ")
    #expect(!terminal.screenText.contains("trap\n"))
    try terminal.type("trap.inside", until: "1\n")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func filesByTheirNames() throws {
    let (shell, terminal) = try PromptTests.sandboxed()
    try shell.home.write("a \"quoted\" name.lua", "return 'ran ' .. 'it'")
    terminal.send("dofile(\"a\t)\r")
    try terminal.show("\"ran it\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func theSignatureOfTheCallAtTheCursor() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send("session.use(\u{18}h")
    try terminal.show("session.use(vault) -> table: enters a vault")
    try terminal.show("mfsh> session.use(")
    terminal.send("\u{3}")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
