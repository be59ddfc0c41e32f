import Sandbox
import TestSupport
import Testing

/// The commands of the prompt.
struct PromptCommandTests {
  @Test func commandsOfTheSession() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    let vaults = try terminal.type(#"\vaults"#, until: "editor@Sample Vault> ")
    #expect(vaults.contains("Finance") && vaults.contains("GUID"))
    // The result is kept as that of a statement.
    try terminal.type("#_", until: "2\n")
    try terminal.show("editor@Sample Vault> ")
    try terminal.type(#"\use Finance"#, until: "editor@Finance> ")
    try terminal.type(#"  \use   Sample Vault  "#, until: "editor@Sample Vault> ")
    try terminal.type(#"\use "Finance""#, until: "editor@Finance> ")
    try terminal.type(#"\use c840be1a-5b47-4ac0-8ef7-835c166c8e24"#, until: "editor@Sample Vault> ")
    try terminal.type(#"\use finanze"#, until: #"did you mean "Finance"?"#)
    try terminal.show("editor@Sample Vault> ")
    let info = try terminal.type(#"\info"#, until: "editor@Sample Vault> ")
    #expect(info.contains("AccountName") && info.contains("editor"))
    try terminal.type(#"\quit"#, until: "\n")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test(arguments: [
    (#"\vauls"#, #"there is no command \vauls: did you mean \vaults?"#),
    (#"\xyzzy"#, #"there is no command \xyzzy: \help lists them"#),
    (#"\"#, #"there is no command \: \help lists them"#),
    (#"\quit now"#, #"\quit takes nothing behind it"#),
    (#"\use"#, #"\use needs a word behind it: \use VAULT"#),
    (#"\vaults"#, "nobody is logged in"),
    (#"\help \use"#, #"In Lua: session.use("VAULT")"#),
    (#"\help use"#, #"In Lua: session.use("VAULT")"#),
    (#"\help denied.vault"#, "the account exists, but may not enter this vault"),
    (#"\help session.use()"#, "enters a vault"),
    (#"\help \usee"#, #"there is no command \usee: did you mean \use?"#),
    (#"\help sesion"#, "session"),
    (#"\help"#, #"\unlock [PROFILE]"#),
  ])
  func whatIsTypedWrongly(line: String, answer: String) throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send(line + "\r")
    try terminal.show(answer)
    try terminal.show("mfsh> ")
    try terminal.type("'still ' .. 'here'", until: "\"still here\"")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  /// Neither runs, and none of the second becomes an argument of the first.
  @Test func severalPastedCommandsAreRefused() throws {
    let (_, terminal) = try PromptTests.sandboxed()
    terminal.send(Key.paste("\\lock\r\\vaults") + "\r")
    try terminal.show("one command at a time: paste and enter each line by itself\n")
    try terminal.show("mfsh> ")
    #expect(!terminal.screenText.contains("only GET requests"))
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func theLockHoldsUntilItIsOpened() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    let change = #"session.request{method="DELETE", path="/objects/0/1"}"#
    try terminal.type(#"\lock"#, until: "locked: only GET requests")
    try terminal.show("editor@Sample Vault locked> ")
    try terminal.type(
      change, until: "locked: only GET requests, logins, session.use and logouts are sent")
    try terminal.show("editor@Sample Vault locked> ")
    #expect(sandbox.stats.requestsByPath["DELETE /objects/0/1"] == nil)
    try terminal.type(#"\unlock prod"#, until: #"no production profile is in use: \unlock needs no name"#)
    try terminal.show("editor@Sample Vault locked> ")
    try terminal.type(#"\unlock"#, until: "unlocked: all requests are sent")
    try terminal.show("editor@Sample Vault> ")
    try terminal.type(change, until: "no such resource")
    try terminal.show("editor@Sample Vault> ")
    #expect(sandbox.stats.requestsByPath["DELETE /objects/0/1"] == 1)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aProductionProfileWantsItsName() throws {
    let sandbox = try SandboxServer()
    let shell = try Shell()
    try shell.write(
      profiles: """
        return { prod = { url = "\(sandbox.url)", user = "editor", password = { command = {"echo", "demo"} },
                          production = true } }
        """)
    let terminal = try shell.terminal(["--profile", "prod", "--read-only"])
    try terminal.show("editor locked> ")
    let change = #"session.request{method="DELETE", path="/objects/0/1"}"#
    try terminal.type(change, until: "prod is a production profile: only GET requests")
    try terminal.show("editor locked> ")
    try terminal.type(#"\unlock"#, until: #"its name is the confirmation: \unlock prod"#)
    try terminal.show("editor locked> ")
    try terminal.type(#"\unlock prd"#, until: #"it is not called "prd": \unlock prod"#)
    try terminal.show("editor locked> ")
    try terminal.type(change, until: "prod is a production profile")
    try terminal.show("editor locked> ")
    try terminal.type(#"\unlock prod"#, until: "editor> ")
    try terminal.type(change, until: "no such resource")
    try terminal.show("editor> ")
    #expect(sandbox.stats.requestsByPath["DELETE /objects/0/1"] == 1)
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func ctrlCEndsACommandThatWaits() throws {
    var configuration = SandboxConfiguration()
    configuration.faults = try Fault.list(
      json: Array(#"[{"stall": "nothing", "path": "/session/vaults"}]"#.utf8))
    let sandbox = try SandboxServer(configuration)
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    try terminal.type(#"session.login{user="editor"}"#, until: "Password for editor: ")
    try terminal.type("demo", until: "editor> ")
    terminal.send("\\vaults\r")
    try terminal.wait(for: "the request", within: Shell.patience) {
      sandbox.stats.requestsByPath["GET /session/vaults"] ?? 0 > 0
    }
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("editor> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
