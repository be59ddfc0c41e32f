import Sandbox
import TestSupport
import Testing

/// What somebody sees of the commands.
@Suite(.timeLimit(.minutes(30))) struct CommandScreenTests {
  @Test func theListFitsANarrowTerminal() throws {
    var shell = try Shell()
    shell.options = ["--sandbox"]
    let terminal = try shell.terminal(columns: 80, rows: 24)
    try terminal.show("mfsh> ")
    try terminal.type(#"\help"#, until: "mfsh> ")
    try terminal.expectScreen("commands-80")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aLockedSession() throws {
    let sandbox = try SandboxServer()
    let shell = try Shell(server: sandbox.url)
    try shell.write(
      profiles: """
        return { prod = { url = "\(sandbox.url)", user = "editor", password = { command = {"echo", "demo"} },
                          vault = "Finance", production = true } }
        """)
    let terminal = try shell.terminal(["--profile", "prod"], columns: 80, rows: 24)
    try terminal.show("editor@Finance locked> ")
    for line in [
      #"session.request{method="DELETE", path="/objects/0/1"}"#, #"\unlock"#, #"\unlock prod"#, #"\lock"#,
      #"\lok"#,
    ] {
      try terminal.type(line, until: "prod:editor@Finance")
      try terminal.show("> ")
    }
    try terminal.expectScreen("locked-80")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func whyAVaultIsRefused() throws {
    let sandbox = try SandboxServer()
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal(["--user", "editor"], columns: 200, rows: 50)
    try terminal.show("Password for editor: ")
    try terminal.type("demo", until: "editor> ")
    try terminal.type(#"\use Human Resources"#, until: "may log in but not enter")
    try terminal.show("editor> ")
    try terminal.type(#"\why"#, until: "editor> ")
    try terminal.expectScreen("why-vault-200")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
