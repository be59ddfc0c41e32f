import TestSupport
import Testing

/// What somebody sees who comes for the first time.
@Suite(.timeLimit(.minutes(30))) struct SessionScreenTests {
  @Test(arguments: [(80, 24), (200, 50)])
  func aNewcomersSession(columns: Int, rows: Int) throws {
    var shell = try Shell()
    shell.options = ["--sandbox"]
    let terminal = try shell.terminal(columns: columns, rows: rows)
    try terminal.show("mfsh> ")
    try terminal.type(#"session.login{user="editor"}"#, until: "Password for editor: ")
    try terminal.expectScreen("newcomer-password-\(columns)")
    try terminal.type("demo", until: "editor> ")
    try terminal.type("session.vaults()", until: "editor> ")
    try terminal.type(#"session.use("Finance").Name"#, until: "editor@Finance> ")
    try terminal.type("session.info()", until: "editor@Finance> ")
    try terminal.expectScreen("newcomer-\(columns)")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
