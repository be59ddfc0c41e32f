import Sandbox
import TestSupport
import Testing

/// Two web servers, one of which goes away while a script works.
struct TwoNodesTests {
  private let sandbox: SandboxServer
  private let shell: Shell

  init() throws {
    var configuration = SandboxConfiguration()
    configuration.nodes = 2
    sandbox = try SandboxServer(configuration)
    var shell = try Shell(server: sandbox.url)
    shell.environment = ["MFILES_USER": "editor", "MFILES_PASS": "demo", "MFILES_VAULT": "Finance"]
    self.shell = shell
  }

  static let loginRequests = ["session": "PUT /session", "token": "POST /server/authenticationtokens"]
  static let stopFirstNode = """
    session.request{method = "POST", path = "/sandbox/nodes", body = {stop = 1}}
    """

  private func count(_ request: String) -> Int { sandbox.stats.requestsByPath[request, default: 0] }

  @Test(arguments: loginRequests.keys.sorted()) func oneLoginMoreAndNoError(_ via: String) throws {
    let code = """
      session.login()
      for i = 1, 20 do
        if i == 10 then \(Self.stopFirstNode) end
        assert(session.user_id() == 2 and session.vault().Name == "Finance")
      end
      print(session.current().state)
      """
    let result = try shell.run(["--via", via, "--har", "trace.har", "-e", code])
    #expect(result == (.exited(0), "open\n", ""))
    let login = try #require(Self.loginRequests[via])
    #expect(count(login) == 2 && sandbox.stats.logins == 2 && sandbox.stats.refusedLogins == 0)
    #expect(count("GET /session/userid") == 21 && count("GET /session/vault") >= 20)
    #expect(sandbox.stats.liveSessions == 0)
    let statuses = try statusesOfLogins(inTrace: "trace.har", via)
    #expect(statuses == ["200", "200"])
    #expect(try shell.home.read("trace.har").contains("\"status\":403"))
  }

  private func statusesOfLogins(inTrace name: String, _ via: String) throws -> [String] {
    let address = via == "token" ? "/REST/server/authenticationtokens\"" : "/REST/session?_method=PUT\""
    return try shell.home.read(name).split(separator: "\n").filter { $0.contains(address) }.compactMap {
      line in
      line.split(separator: "\"status\":").dropFirst().first.map { String($0.prefix { $0.isNumber }) }
    }
  }

  @Test(arguments: [("session", "session.expired"), ("token", "session.wrong_node")])
  func withoutReconnectTheCodeTells(_ via: String, _ code: String) throws {
    let script = """
      session.login{reconnect = false}
      for i = 1, 9 do assert(session.user_id() == 2) end
      \(Self.stopFirstNode)
      local ok, e = pcall(session.user_id)
      print(ok, e.code, e.retryable)
      """
    let result = try shell.run(["--via", via, "-e", script])
    #expect(result == (.exited(0), "false\t\(code)\t\(via == "token")\n", ""))
    #expect(count(Self.loginRequests[via] ?? "") == 1)
  }

  @Test(arguments: loginRequests.keys.sorted()) func manyAtATimeShareTheLogin(_ via: String) throws {
    let code = """
      session.login()
      \(Self.stopFirstNode)
      local numbers = {}
      for i = 1, 20 do numbers[i] = i end
      print(#tasks.map(numbers, function() return session.user_id() end, {jobs = 10}))
      """
    #expect(try shell.run(["--via", via, "-e", code]) == (.exited(0), "20\n", ""))
    #expect(count(Self.loginRequests[via] ?? "") == 2 && sandbox.stats.liveSessions == 0)
  }
}
