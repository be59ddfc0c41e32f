import Sandbox
import TestSupport
import Testing

/// Every way in, by call, option and variable.
struct WaysInTests {
  @Test func theThreeUsesOfAPassword() throws {
    let sandbox = try SandboxServer()
    var shell = try Shell(server: sandbox.url)
    shell.environment = ["MFILES_USER": "editor", "MFILES_PASS": "demo"]
    for way in ["session", "token", "headers"] {
      let code = "session.login() print(session.current().way, session.info().AccountName)"
      #expect(try shell.run(["--via", way, "-e", code]) == (.exited(0), "\(way)\teditor\n", ""))
    }
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func aTokenFromElsewhere() throws {
    let sandbox = try SandboxServer()
    var shell = try Shell(server: sandbox.url)
    shell.environment = ["MFILES_TOKEN": ""]
    let code = """
      local first <close> = session.open{user = "editor", password = "demo", via = "token"}
      local second = session.open{token = first:token()}
      print(second.way, second:info().AccountName, second.state, second:logout(), second.state, first.state)
      """
    #expect(
      try shell.run(code) == (.exited(0), "given token\teditor\topen\ttrue\tlogged out\topen\n", ""))
  }

  @Test func theCurrentSessionTellsAboutItself() throws {
    var shell = try Shell()
    shell.options = ["--sandbox", "-u", "editor", "--password-command", "echo demo"]
    let code = """
      assert(session.current() == nil)
      session.login{expires = 600}
      local s = session.current()
      print(s.user, s.state, s.way, s.expires:match("^%d+%-%d+%-%d+T%d+:%d+:%d+Z$") ~= nil)
      session.logout()
      print(s.state, session.current())
      """
    #expect(
      try shell.run(code) == (.exited(0), "editor\topen\tsession\ttrue\nlogged out\tnil\n", ""))
  }

  @Test func anAmbiguousVaultNamesItsCandidates() throws {
    var shell = try Shell()
    shell.options = ["--sandbox", "-u", "admin", "--password-command", "echo demo"]
    let code = """
      session.login()
      local ok, e = pcall(session.use, "Archive")
      print(e.code, #e.candidates, e.candidates[1].Name, #e.candidates[2].GUID)
      """
    #expect(try shell.run(code) == (.exited(0), "request.conflict\t2\tArchive\t38\n", ""))
  }

  @Test func withoutAnyTheServerIsAsked() throws {
    let result = try Shell().run(["--sandbox", "-e", "session.login{}"])
    #expect(result.status == .exited(1))
    #expect(result.error.contains("session.login: no user is known: give user=\"name\""))
    #expect(result.error.contains("this server offers \"M-Files\" (user=)"))
  }

  @Test func protocolsOfAVault() throws {
    let shell = try Shell()
    let code = """
      for _, vault in ipairs{"Finance", server.vaults()[1].GUID} do
        print(server.authentication_protocols{vault = vault}[1].Name)
      end
      print(select(2, pcall(server.authentication_protocols, {vault = "Archive"})).code)
      """
    #expect(
      try shell.run(["--sandbox", "-e", code]) == (.exited(0), "M-Files\nM-Files\nrequest.not_found\n", ""))
  }

  @Test(arguments: [
    ("{token = 't', password = 'p'}", "session.login: token and password exclude each other: leave one out"),
    ("{sso = 'kerberos'}", #"session.login: sso is "negotiate" or "ntlm", not "kerberos""#),
    ("{via = 'cookie'}", #"session.login: via is "session", "token" or "headers", not "cookie""#),
    ("{verbs = 'odd'}", #"session.login: verbs is "override" or "plain", not "odd""#),
    ("{oauth = 'yes'}", "session.login: oauth must be true or false, not a string"),
    ("{production = true}", "session.login does not take \"production\""),
  ])
  func callsThatMakeNoSense(arguments: String, message: String) throws {
    let result = try Shell(server: "http://127.0.0.1:1").run("session.login\(arguments)")
    #expect(result.status == .exited(1) && result.error.contains(message))
  }

  @Test func aCallIsNotMixedWithWeakerSecrets() throws {
    let server = try LyingServer()
    var shell = try Shell(server: server.url)
    shell.environment = ["MFILES_TOKEN": "canary-token-9c"]
    #expect(try shell.run("session.login{user = 'editor', password = 'p'}").status == .exited(0))
    #expect(!server.requests.contains { $0.head.contains("canary-token-9c") })
    #expect(server.names.contains("PUT /REST/session"))
  }

  @Test func optionsMayFollowTheAddress() throws {
    let sandbox = try SandboxServer()
    let shell = try Shell()
    let result = try shell.run([
      sandbox.url, "-u", "editor", "--password-command", "echo demo", "-e",
      "session.login() print(session.info().AccountName)",
    ])
    #expect(result == (.exited(0), "editor\n", ""))
  }
}
