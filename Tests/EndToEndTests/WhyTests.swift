import Sandbox
import TestSupport
import Testing

/// `\why` and `mfsh.why()`.
struct WhyTests {
  private static let login = #"session.login{user="editor", password="demo"} "#

  @Test func beforeAnythingItSaysSo() throws {
    let result = try Shell().run("io.write(mfsh.why())")
    #expect(result == (.exited(0), "Nothing went wrong, and nothing was sent yet.\n", ""))
  }

  @Test func withoutAnErrorItTellsOfTheLastExchange() throws {
    let sandbox = try SandboxServer()
    let text = try Shell(server: sandbox.url).run(Self.login + "io.write(mfsh.why())").output
    #expect(text.hasPrefix("Nothing went wrong. This was sent last:\n"))
    #expect(text.contains("request     POST \(sandbox.url)/REST/session?_method=PUT\n"))
    #expect(text.contains("            Content-Type: application/json\n"))
    #expect(text.contains(#""Username":"editor","Password":"***""#))
    #expect(text.contains("session     editor at \(sandbox.url), open, in no vault\n"))
    #expect(text.contains("\ncurl --globoff --compressed") && !text.contains("demo"))
  }

  /// An error that each code can be provoked by here, and what an administrator reads.
  @Test(arguments: [
    (
      #"session.login{user="editor", password="wrong"}"#, "denied.credentials",
      "did not believe who was logging in"
    ),
    (
      #"session.login{user="editor", password="demo", vault="Human Resources"}"#, "denied.vault",
      "The account exists and its login was accepted; it may not enter this vault."
    ),
    (login + "session.vault()", "denied.operation", "no vault was entered, and this needs one"),
    ("session.info()", "session.none", "Nothing was sent: there is no login"),
    (login + #"session.request{path="/none"}"#, "request.not_found", "there is nothing at this path"),
    (#"session.login{usr="x"}"#, "client.usage", "the call itself makes no sense"),
    (
      login + #"mfsh.lock() session.request{method="PUT", path="/x"}"#, "client.locked",
      "changes are locked here"
    ),
    (#"server.status{url="http://127.0.0.1:1"}"#, "network.connect", "nothing takes connections there"),
    (#"server.status{url="https://host.invalid"}"#, "network.dns", "its name could not be found"),
  ])
  func anErrorIsExplained(code: String, name: String, proof: String) throws {
    let sandbox = try SandboxServer()
    let text = try Shell(server: sandbox.url).run("pcall(load[==[\(code)]==]) io.write(mfsh.why())").output
    #expect(text.hasPrefix("\(name): "), "\(text)")
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(proof) && words.contains("What it often comes from, and what to do: - "), "\(text)")
  }

  /// The exchange is that of the refusal, not the logout that follows.
  @Test func aRefusedVaultIsShownInFull() throws {
    let sandbox = try SandboxServer()
    let text = try Shell(server: sandbox.url).run(
      """
      pcall(session.login, {user="editor", password="demo", vault="Human Resources"})
      io.write(mfsh.why())
      """
    ).output
    #expect(text.contains("request     POST \(sandbox.url)/REST/session/vault?_method=PUT\n"))
    #expect(text.contains("answer      403, after 0."))
    #expect(text.contains("logged in   to the server: yes, to a vault: no\n"))
    #expect(text.contains("exception   ") && text.contains("its words   "))
    #expect(text.contains("sent since  POST \(sandbox.url)/REST/session?_method=DELETE: 200\n"))
    #expect(text.contains("- The account has no user in the vault, or a disabled one"))
  }

  @Test func atThePromptItExplainsWhatWasShown() throws {
    let sandbox = try SandboxServer()
    let (_, terminal) = try PromptTests.loggedIn(sandbox)
    try terminal.type("nothing.here", until: "attempt to index a nil value (global 'nothing')")
    try terminal.show("editor@Sample Vault> ")
    let why = try terminal.type(#"\why"#, until: "An error of the Lua code: no server refused anything.")
    #expect(why.contains("\nstatement 1, line 1: attempt to index a nil value (global 'nothing')\n"))
    try terminal.show("editor@Sample Vault> ")
    try terminal.type("while true do end", until: "\n")
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("editor@Sample Vault> ")
    try terminal.type(#"\why"#, until: "Ctrl-C ended the last statement.")
    try terminal.show("editor@Sample Vault> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }

  @Test func aLoginThatWasInterruptedIsTold() throws {
    var configuration = SandboxConfiguration()
    configuration.faults = try Fault.list(json: Array(#"[{"stall": "nothing", "path": "/session"}]"#.utf8))
    let sandbox = try SandboxServer(configuration)
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal()
    try terminal.show("mfsh> ")
    try terminal.type(#"session.login{user="editor"}"#, until: "Password for editor: ")
    try terminal.type("demo", until: "\n")
    try terminal.wait(for: "the request", within: Shell.patience) { sandbox.stats.requests > 0 }
    terminal.send("\u{3}")
    try terminal.show("interrupted")
    try terminal.show("mfsh> ")
    try terminal.type(#"\why"#, until: "A login or a logout goes on in the background")
    try terminal.show("mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
  }
}
