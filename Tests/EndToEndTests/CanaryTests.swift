import Glibc
import Sandbox
import TestSupport
import Testing

/// A password that must show up nowhere, used in every way.
struct CanaryTests {
  static let canary = "kanarie-Vogel&4711=ü"
  /// Pieces of it as URLs and JSON texts spell them.
  static let spellings = ["kanarie-Vogel", "a2FuYXJpZS1Wb2dlbC"]

  static func sandbox() throws -> SandboxServer {
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(
      json: Array(
        """
        {"vaults": [{"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"}],
         "accounts": [{"name": "jo", "password": "\(canary)", "vaults": "*"}]}
        """.utf8))
    return try SandboxServer(configuration)
  }

  /// Fails when the canary is in a text, or in a file below a shell's home.
  static func expectSilence(
    _ texts: String..., shell: Shell, except: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let files = try ChildProcess.run([
      "grep", "-rlaF", "-e", spellings[0], "-e", spellings[1], shell.home.path,
    ])
    let found = files.output.split(separator: "\n").filter { file in !except.contains { file.hasSuffix($0) } }
    #expect(found.isEmpty, sourceLocation: sourceLocation)
    for text in texts {
      #expect(!spellings.contains { text.contains($0) }, "\(text)", sourceLocation: sourceLocation)
    }
  }

  static let failures = [
    "session.login{user='jo', password=p, vault='None'}", "session.login{user='ann', password=p}",
    "session.login{user='jo', password=p, via='none'}", "session.login{user='jo', password=p, expires={}}",
    "session.login{user={}, password=p}", "session.login{user='jo', password={p}}",
    "session.login{user='jo', password=p, urll=1}",
    "session.login{user='jo', password=p, url='https://host.invalid'}",
    "session.login{user='jo', password=p} session.request{path='/none', body={Password=p}}",
    "session.login{user='jo', password=p, via='token'} session.info() error({})", "error(tostring(p))",
    "error(p)", "error(json.encode({p}))", "local x <close> = p", "return p .. 'x'", "return #p", "p()",
    "p.x.y = 1",
    "print(p, {p}, tostring(p)) string.format('%d', p)", "print(pcall(json.encode, {password=p})) os.exit(1)",
    "print(json.encode({p}, {secrets='mask'})) error('end', 0)",
  ]

  @Test(arguments: failures) func errorsDoNotQuote(code: String) throws {
    let sandbox = try Self.sandbox()
    var shell = try Shell(server: sandbox.url)
    shell.environment["MFSH_CANARY"] = Self.canary
    let result = try shell.run(["-v", "-e", "local p = secret.env('MFSH_CANARY') \(code)"])
    #expect(result.status != .exited(0) || code.hasPrefix("return #"))
    try Self.expectSilence(result.output, result.error, shell: shell)
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test(arguments: ["session", "token"]) func tracesAreMasked(way: String) throws {
    let sandbox = try Self.sandbox()
    let shell = try Shell(server: sandbox.url)
    let code = """
      session.login{via="\(way)"} session.use("Sales") print(session.info().AccountName, session.token())
      print(pcall(session.request, {method="POST", path="/server/authenticationtokens",
        query={Password=io.read()}, headers={["X-Password"]="x"}, body={Username="jo"}}))
      print(pcall(session.login, {user="jo", password="wrong-" .. "kanarie-Vogel"}))
      """
    let result = try shell.run(
      ["-v", "--har", "trace.har", "--user", "jo", "--password-stdin", "-e", code],
      input: "\(Self.canary)\n\(Self.canary)\n")
    #expect(result.status == .exited(0) && result.output.hasPrefix("jo\tsecret(•••)\n"))
    #expect(result.error.contains("/REST/session") && !result.error.contains("Cookie: ASP"))
    let trace = try shell.home.read("trace.har")
    #expect(trace.contains("/REST/session") && trace.contains("entries"))
    try Self.expectSilence(result.output, result.error, trace, shell: shell)
  }

  @Test func processListsDoNotShowIt() throws {
    let sandbox = try Self.sandbox()
    var shell = try Shell(server: sandbox.url)
    shell.environment = ["MFILES_USER": "jo", "MFILES_PASS": Self.canary]
    let process = try shell.start(["-e", "session.login() print('in') io.stdout:flush() tasks.sleep(9999)"])
    try process.expectPatiently("in\n")
    for thread in ["cmdline", "comm", "status"] {
      let text = try ChildProcess.run(["cat", "/proc/\(process.id)/\(thread)"]).output
      #expect(!text.isEmpty)
      try Self.expectSilence(text, shell: shell)
    }
    let limits = try ChildProcess.run(["grep", "Max core", "/proc/\(process.id)/limits"]).output
    #expect(limits.split(separator: " ").dropFirst(4).first == "0")
    process.signal(SIGTERM)
    #expect(try process.waitPatiently() == .signalled(SIGTERM))
    try Self.expectSilence(process.outputText, process.errorText, shell: shell)
  }

  @Test func thePromptKeepsItToItself() throws {
    let sandbox = try Self.sandbox()
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal(["--user", "jo"])
    try terminal.show("Password for jo: ")
    try terminal.type(Self.canary, until: "jo> ")
    try terminal.type("p = secret.ask('Again: ')", until: "\nAgain: ")
    try terminal.type(Self.canary, until: "jo> ")
    try terminal.type("p", until: "secret(•••)")
    try terminal.type("session.login{password=p}", until: "Sales")
    try terminal.type("{p, {x = p}}", until: "secret(•••)")
    try terminal.type("error(p)", until: "jo> ")
    try terminal.type("session.token()", until: "secret(•••)")
    try terminal.type("session.logout()", until: "true")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    try Self.expectSilence(terminal.screenText, shell: shell)
  }

  /// What is typed shows, of course; the history is a file.
  @Test func theHistoryAsksInstead() throws {
    let sandbox = try Self.sandbox()
    let shell = try Shell(server: sandbox.url)
    let terminal = try shell.terminal(columns: 200)
    terminal.showsTyping(because: "the password is typed into statements")
    try terminal.show("mfsh> ")
    try terminal.type("session.login{user='jo', password='\(Self.canary)'}", until: "Sales")
    try terminal.type("p = secret.of('\(Self.canary)')", until: "jo> ")
    try terminal.type("password = '\(Self.canary)' .. ''", until: "jo> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    let history = try shell.home.read(".local/state/mfsh/history")
    #expect(history.contains("session.login{user='jo', password=secret.ask()}"))
    #expect(history.contains("p = secret.ask()"))
    try Self.expectSilence(shell: shell)
  }
}
