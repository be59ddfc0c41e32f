import Glibc
import Sandbox
import TestSupport
import Testing

/// Signing in at a real OpenID provider; the sandbox asks it who a bearer belongs to. The browser is a program that
/// goes through the provider's pages.
@Suite(.needs(OpenIDProvider.self), .timeLimit(.minutes(30)))
struct OpenIDProviderTests {
  private static func sandbox(_ provider: OpenIDProvider, account: String = "jo") throws -> SandboxServer {
    let seed = """
      {"vaults": [{"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"},
                  {"name": "Legal", "guid": "{0A1B2C3D-0000-4000-8000-000000000002}"}],
       "accounts": [{"name": "\(account)", "password": "demo", "vaults": "*"}],
       "plugins": [{"name": "Corporate", "protocol": "OAuth 2.0", "userinfo": "\(provider.facts.userinfoEndpoint)",
                    "configuration": \(provider.configuration())}]}
      """
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(seed.utf8))
    return try SandboxServer(configuration)
  }

  /// A shell whose browser signs jo in, and notes each visit.
  private static func shell(_ sandbox: SandboxServer) throws -> Shell {
    var shell = try Shell(server: sandbox.url)
    let command = OpenIDProvider.signInCommand.map { "'\($0)'" }.joined(separator: " ")
    let browser = try shell.home.write(
      "browser", "#!/bin/sh\necho \"$1\" >> \"$0.visits\"\nexec \(command) \"$1\" > \"$0.page\"\n",
      mode: 0o700)
    shell.environment = ["DISPLAY": ":0", "BROWSER": browser]
    shell.options += ["--oauth"]
    return shell
  }

  private static func visits(_ shell: Shell) throws -> [Substring] {
    try shell.home.read("browser.visits").split(separator: "\n")
  }

  @Test func `whoever signs in works in a vault`() throws {
    let provider = try OpenIDProvider()
    let sandbox = try Self.sandbox(provider)
    defer { sandbox.stop() }
    let shell = try Self.shell(sandbox)
    let result = try shell.run([
      "--har", "trace.har", "-v", "-e",
      """
      session.login()
      print(session.current().way, session.info().AccountName, #session.vaults())
      print(session.use("Sales").Name, session.info().AccountName)
      """,
    ])
    #expect(result.status == .exited(0) && result.output == "oauth\tjo\t2\nSales\tjo\n", "\(result)")
    #expect(try Self.visits(shell).count == 1)
    try Self.expectNoSecrets(in: result.error + result.output, shell, provider)
  }

  /// The traces have the requests to the provider, and nothing in them that would let anybody in.
  private static func expectNoSecrets(in output: String, _ shell: Shell, _ provider: OpenIDProvider) throws {
    let trace = try shell.home.read("trace.har")
    #expect(trace.contains("POST") && trace.contains(provider.facts.tokenEndpoint))
    // All of the provider's tokens are JSON Web Tokens.
    for secret in [provider.facts.clientSecret, "eyJ"] {
      #expect(!trace.contains(secret) && !output.contains(secret), "\(secret)")
    }
    for name in ["code", "code_verifier", "client_secret"] {
      let found = trace.firstRange(of: "\(name)=").map { trace[$0.upperBound...].prefix(3) }
      #expect(found == nil || found == "***", "\(name)")
    }
    let state = try #require(visits(shell).first?.split(separator: "&").first { $0.hasPrefix("state=") })
    #expect(!trace.contains(state.dropFirst(6)))
  }

  @Test func `the bearer is renewed, before its end and after, and nobody is asked again`() throws {
    let provider = try OpenIDProvider(tokenSeconds: 2)
    let sandbox = try Self.sandbox(provider)
    defer { sandbox.stop() }
    let shell = try Self.shell(sandbox)
    let result = try shell.run([
      "--har", "trace.har", "-e",
      """
      session.login()
      local start = os.time()
      repeat
        assert(session.info().AccountName == "jo")
        tasks.sleep(0.1)
      until os.time() - start > 4
      tasks.sleep(2.5)
      print(session.info().AccountName)
      """,
    ])
    #expect(result.status == .exited(0) && result.output == "jo\n", "\(result)")
    #expect(try Self.visits(shell).count == 1)
    let requests = try shell.home.read("trace.har").split(separator: "grant_type=refresh_token").count - 1
    #expect(requests >= 2)
  }

  @Test func `somebody whom M-Files does not know is denied`() throws {
    let provider = try OpenIDProvider()
    let sandbox = try Self.sandbox(provider, account: "ann")
    defer { sandbox.stop() }
    let shell = try Self.shell(sandbox)
    let result = try shell.run("session.login()")
    #expect(result.status == .exited(77) && result.output == "", "\(result)")
    #expect(result.error.contains("the server refused the OAuth bearer: check "), "\(result.error)")
    #expect(try Self.visits(shell).count == 1)
  }

  @Test func `over SSH a code is shown, for any device`() throws {
    let provider = try OpenIDProvider()
    let sandbox = try Self.sandbox(provider)
    defer { sandbox.stop() }
    var shell = try Self.shell(sandbox)
    shell.environment["SSH_CONNECTION"] = "192.0.2.1 50000 192.0.2.2 22"
    let terminal = try shell.terminal([
      "--har", "trace.har", "-e", "session.login() print(session.info().AccountName, 'is in')",
    ])
    try terminal.show("mfsh: sign in on any device: go to http://localhost:")
    let code = try terminal.show("mfsh: or go to ")
    let userCode = try #require(code.split(separator: " and type ").last?.prefix { !$0.isWhitespace })
    #expect(userCode.count >= 8)
    let address = try terminal.show("\n").filter { !$0.isWhitespace }
    _ = try OpenIDProvider.signIn(at: address)
    try terminal.show("jo\tis in")
    #expect(try terminal.waitForExit(within: Shell.patience) == .exited(0))
    let trace = try shell.home.read("trace.har")
    #expect(trace.contains("device_code=***") && !trace.contains(userCode) && !trace.contains("eyJ"))
  }

  @Test func `Ctrl-C ends the wait for the browser and gives the port back`() throws {
    let provider = try OpenIDProvider()
    let sandbox = try Self.sandbox(provider)
    defer { sandbox.stop() }
    var shell = try Self.shell(sandbox)
    let browser = shell.environment["BROWSER"] ?? ""
    shell.environment["BROWSER"] = "true"
    let terminal = try shell.terminal(["-e", "session.login()"])
    try terminal.show("if it does not, go to ")
    #expect(try curl([provider.redirectURI]).contains("does not belong to the sign-in"))
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit(within: Shell.patience) == .signalled(SIGINT))

    shell.environment["BROWSER"] = browser + ".later"
    // The prompt logs in by itself.
    let prompt = try shell.terminal()
    try prompt.show("/oidc/auth?")
    prompt.send("\u{3}")
    try prompt.show("mfsh> ")
    #expect(try curl([provider.redirectURI]).contains("Failed to connect"))
    rename(shell.home.path("browser"), shell.home.path("browser.later"))
    try prompt.type("session.login() print(session.info().AccountName, 'is in')", until: "jo\tis in")
    try prompt.type("session.logout() os.exit(0)", until: "\n")
    #expect(try prompt.waitForExit(within: Shell.patience) == .exited(0))
  }
}
