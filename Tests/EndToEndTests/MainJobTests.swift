import Sandbox
import TestSupport
import Testing

/// A login, who am I, which vaults, a logout; and what is said when a login is refused.
struct MainJobTests {
  @Test func theMainJob() throws {
    let result = try Shell().run([
      "--sandbox", "-e",
      #"session.login{user="editor", password="demo"} print(session.info().AccountName, #session.vaults(), session.logout())"#,
    ])
    #expect(result == (.exited(0), "editor\t2\ttrue\n", ""))
  }

  /// Both ways in, at servers that tell a refused vault from a refused account, and at those that do not.
  static let ways = ["session", "token"].flatMap { way in [false, true].map { (way, $0) } }

  static func sandbox(uniformRefusals: Bool = false) throws -> SandboxServer {
    var configuration = SandboxConfiguration()
    configuration.uniformRefusals = uniformRefusals
    return try SandboxServer(configuration)
  }

  @Test(arguments: ways) func wrongPasswords(way: String, uniform: Bool) throws {
    let sandbox = try Self.sandbox(uniformRefusals: uniform)
    let result = try Shell(server: sandbox.url).run(
      """
      local ok, e = pcall(session.login, {user="editor", password="wrong", via="\(way)"})
      print(ok, e.code, e.status, e.exception, e.retryable)
      print(pcall(session.info))
      """)
    #expect(
      result
        == (
          .exited(0),
          """
          false\tdenied.credentials\t403\tUnauthorizedAccessException\tfalse
          false\t(command line):3: nobody is logged in: log in first with session.login{user="name"}

          """, ""
        ))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test(arguments: ways, ["Human Resources", "{A3F95E08-9C41-4D26-B7A4-52E1D6C0937F}"])
  func refusedVaults(_ kind: (way: String, uniform: Bool), vault: String) throws {
    let sandbox = try Self.sandbox(uniformRefusals: kind.uniform)
    let result = try Shell(server: sandbox.url).run(
      """
      local ok, e = pcall(session.login, {user="editor", password="demo", vault="\(vault)", via="\(kind.way)"})
      print(ok, e.code)
      """)
    #expect(result == (.exited(0), "false\tdenied.vault\n", ""))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test(arguments: ["session", "token"]) func vaultsAreEntered(way: String) throws {
    let sandbox = try Self.sandbox()
    let result = try Shell(server: sandbox.url).run(
      """
      session.login{user="editor", password="demo", vault="Finance", via="\(way)"}
      print(session.vault().Name, session.info().AccountName, session.user_id(), session.token())
      print(session.use("c840be1a-5b47-4ac0-8ef7-835c166c8e24").Name, session.use(session.vaults()[2]).Name)
      """)
    #expect(
      result == (.exited(0), "Finance\teditor\t2\tsecret(•••)\nSample Vault\tFinance\n", ""))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func aSecondLoginEndsTheFirstAndAFailedOneDoesNot() throws {
    let sandbox = try Self.sandbox()
    let result = try Shell(server: sandbox.url).run(
      """
      session.login{user="editor", password="demo"}
      session.login{user="reader", password="demo"}
      print(session.info().AccountName, pcall(session.login, {user="editor", password="wrong"}))
      print(session.info().AccountName, session.logout(), session.logout())
      """)
    #expect(result.status == .exited(0))
    #expect(result.output.hasPrefix("reader\tfalse\t") && result.output.hasSuffix("\nreader\ttrue\tfalse\n"))
    #expect(sandbox.stats.logins == 2 && sandbox.stats.logouts == 2)
  }

  @Test func independentSessionsDoNotShareCookies() throws {
    let sandbox = try Self.sandbox()
    let result = try Shell(server: sandbox.url).run(
      """
      local one, two = session.open{user="editor", password="demo"}, session.open{user="reader", password="demo"}
      print(one:info().AccountName, two:info().AccountName, one.user, one.state, tostring(two):match("^[^ ]+"))
      print(one:logout(), one.state, two:info().AccountName, pcall(session.info))
      """)
    #expect(
      result.output.hasPrefix(
        "editor\treader\teditor\topen\tsession(reader\ntrue\tlogged out\treader\tfalse\t"))
    #expect(result.status == .exited(0) && sandbox.stats.liveSessions == 0)
  }
}
