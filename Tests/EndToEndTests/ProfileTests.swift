import Sandbox
import TestSupport
import Testing

/// Profiles, as one uses them.
struct ProfileTests {
  /// A shell with this file of profiles in its home folder.
  private func shell(_ profiles: String) throws -> Shell {
    let shell = try Shell()
    try shell.write(profiles: profiles)
    return shell
  }

  @Test func aProfileIsAllThatALoginNeeds() throws {
    let sandbox = try SandboxServer()
    var shell = try shell(
      """
      return { prod = { url = "\(sandbox.url)", user = "editor", password = { command = {"echo", "demo"} },
                        vault = "Finance", production = true } }
      """)
    let code = """
      print(mfsh.profile)
      session.login()
      print(session.info().AccountName, session.vault().Name, session.current().way)
      print(select(2, pcall(session.request, {method = "PUT", path = "/session/vault", body = {}})).code)
      session.login{read_only = false}
      print(select(2, pcall(session.request, {method = "PUT", path = "/objects/0", body = {}})).code)
      """
    let expected = "prod\neditor\tFinance\tsession\nclient.locked\nrequest.not_found\n"
    #expect(try shell.run(["--profile", "prod", "-e", code]) == (.exited(0), expected, ""))
    // --read-only wins over whatever a call says.
    let locked = expected.replacing("request.not_found", with: "client.locked")
    #expect(try shell.run(["--profile", "prod", "--read-only", "-e", code]).output == locked)
    shell.environment = ["MFILES_PROFILE": "prod"]
    #expect(try shell.run(code).output == expected)
    // An option is stronger than the profile.
    #expect(
      try shell.run(["--vault", "Sample Vault", "-e", "session.login() print(session.vault().Name)"]).output
        == "Sample Vault\n")
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func thePromptLogsInByIt() throws {
    let sandbox = try SandboxServer()
    let shell = try shell(
      "return { p = { url = '\(sandbox.url)', user = 'editor', password = { ask = true } } }")
    let terminal = try shell.terminal(["--profile", "p"])
    try terminal.show("Password for editor: ")
    try terminal.type("demo", until: "editor> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    #expect(sandbox.stats.logins == 1)
  }

  @Test(
    arguments: [
      ("--profile=prd", 64, "no profile is named 'prd' in "),
      ("--profile=prd", 64, "did you mean prod? there are prod"),
    ])
  func namesThatAreNotThere(option: String, status: Int32, message: String) throws {
    let result = try shell("return { prod = {} }").run([option, "-e", ""])
    #expect(result.status == .exited(status) && result.output == "" && result.error.contains(message))
  }

  @Test(arguments: [
    ("while true do end", "runs too long"), ("return { p = { user = function() end } }", "p.user is code"),
    ("os.execute('echo pwned')", "a word stands without quotes"),
    ("return { p = { usr = 1 } }", "did you mean user?"),
  ])
  func filesThatCannotBeUsed(text: String, message: String) throws {
    let result = try shell(text).run(["--profile", "p", "-e", "print('ran')"])
    #expect(result.status == .exited(78) && result.output == "")
    #expect(result.error.contains(message) && result.error.count { $0 == "\n" } == 1)
  }

  @Test func theSandboxInsideUsesNothingOfIt() throws {
    let other = try LyingServer()
    let shell = try shell("return { p = { url = '\(other.url)', user = 'editor', password = 'geheim' } }")
    let result = try shell.run([
      "--sandbox", "--profile", "p", "-e", "print(pcall(session.login)) print(mfsh.profile)",
    ])
    #expect(result.status == .exited(0) && result.output.contains("no user is known"))
    #expect(result.output.hasSuffix("\np\n") && other.names.isEmpty)
  }

  /// Under whatever name a secret comes, it goes to its own server and to no other.
  @Test(arguments: ["password", "token", "bearer", "preshared_key"])
  func secretsGoToTheirOwnServerOnly(key: String) throws {
    let (home, other) = (try LyingServer(), try LyingServer())
    let canary = "canary-\(key)-5f1e"
    let user = key == "password" || key == "preshared_key" ? "user = 'editor'," : ""
    let extra = key == "preshared_key" ? "password = 'plain'," : ""
    let shell = try shell("return { p = { url = '\(home.url)', \(user) \(extra) \(key) = '\(canary)' } }")
    let attempts = [
      ["--profile", "p", "-e", "session.login{url='\(other.url)'}"],
      ["--profile", "p", "-e", "session.open{url='\(other.url)', user='editor', password='p'}"],
      ["--profile", "p", "--url", other.url, "-e", "session.login()"],
      ["--profile", "p", "-e", "server.status{url='\(other.url)'}"],
    ]
    for attempt in attempts { _ = try shell.run(attempt) }
    #expect(!Self.text(of: other).contains(canary))
    // The test itself: it arrives where it belongs.
    _ = try shell.run(["--profile", "p", "-e", "session.login()"])
    #expect(Self.text(of: home).contains(canary))
  }

  /// The same for the variables, which do not reach the programs of a script either.
  @Test(arguments: [
    ("MFILES_PASS", "password"), ("MFILES_TOKEN", "token"), ("MFILES_BEARER", "bearer"),
    ("MFILES_PRESHARED_KEY", "preshared_key"), ("MFILES_KEY_PASS", ""), ("MFILES_PROXY_PASS", ""),
  ])
  func variablesAreTakenAway(variable: String, key: String) throws {
    let (home, other) = (try LyingServer(), try LyingServer())
    let canary = "canary-\(variable)-77aa"
    var shell = try Shell()
    shell.environment = ["MFILES_URL": home.url, variable: canary]
    if variable == "MFILES_PASS" { shell.environment["MFILES_USER"] = "editor" }
    let result = try shell.run([
      "-v", "--har", "trace.har", "-e",
      """
      print(os.getenv('\(variable)'), io.popen('env'):read('a'))
      print(pcall(session.login, {url='\(other.url)'}))
      """,
    ])
    #expect(result.output.hasPrefix("nil\t") && !(result.output + result.error).contains(canary))
    let trace = try shell.home.read("trace.har")
    #expect(!Self.text(of: other).contains(canary) && !trace.contains(canary))
    let inherited = try shell.run([
      "--password-command", "env >&2; echo x", "-e", "",
    ])
    #expect(!inherited.error.contains(canary) && inherited.error.contains("MFILES_URL"))
    guard !key.isEmpty else { return }
    let code = key == "preshared_key" ? "session.login{user='u', password='p'}" : "session.login()"
    _ = try shell.run(code)
    #expect(Self.text(of: home).contains(canary))
  }

  private static func text(of server: LyingServer) -> String {
    server.requests.map { $0.head + $0.body }.joined()
  }
}
