import HTTP
import Sandbox
import TestSupport
import Testing

/// Windows single sign-on of the shell itself: a real KDC, a real Apache, and a sandbox that believes that Apache only.
@Suite(.needs(KerberosRealm.self, NegotiateProxy.self), .timeLimit(.minutes(30)))
struct SingleSignOnTests {
  static let seed = """
    {"vaults": [
      {"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"},
      {"name": "Finance", "guid": "{0A1B2C3D-0000-4000-8000-000000000002}"}],
     "accounts": [
      {"name": "jo", "password": "unused", "windows": true, "domain": "MFSH", "user_id": 7, "vaults": "*"},
      {"name": "ann", "password": "unused", "windows": true, "domain": "MFSH", "user_id": 8,
       "vaults": ["Sales"]}]}
    """
  private let proof = ProxyProof()
  private let sandbox: SandboxServer
  private let realm: KerberosRealm
  private let proxy: NegotiateProxy

  init() throws {
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(Self.seed.utf8))
    configuration.trustedProxy = Secret(proof.secret)
    sandbox = try SandboxServer(configuration)
    realm = try KerberosRealm()
    proxy = try NegotiateProxy(realm: realm, upstream: sandbox.url, proof: proof)
  }

  private func shell(_ environment: [String: String]) throws -> Shell {
    var shell = try Shell(server: proxy.url)
    shell.environment = environment
    return shell
  }

  @Test func `a ticket is all that one needs`() throws {
    let code = """
      local vaults = session.login{sso = true}
      print(#vaults, session.current().way, session.current().user)
      print(session.use("Finance").Name, session.vault().Name)
      print(session.info().AccountName, session.user_id(), #session.vaults(), session.logout())
      """
    let result = try shell(realm.environment(as: "jo")).run(code)
    #expect(result == (.exited(0), "2\tsso\tMFSH\\jo\nFinance\tFinance\nMFSH\\jo\t7\t2\ttrue\n", ""))
    let stats = sandbox.stats
    #expect(stats.logins == 1 && stats.logouts == 1 && stats.liveSessions == 0 && stats.refusedLogins == 0)
  }

  @Test func `a vault is entered by the login itself`() throws {
    let result = try shell(realm.environment(as: "jo")).run(
      "session.login{sso = 'negotiate', vault = 'Finance'} print(session.vault().Name)")
    #expect(result == (.exited(0), "Finance\n", ""))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func `one-shots sign on too`() throws {
    let shell = try shell(realm.environment(as: "ann"))
    let whoami = try shell.run(["whoami", "--sso", "-o", "json"])
    #expect(whoami.status == .exited(0) && whoami.output.contains(#""AccountName": "MFSH\\ann""#))
    let doctor = try shell.run(["doctor", "--sso"])
    #expect(doctor.status == .exited(0) && doctor.output.contains(#""MFSH\ann" is logged in"#), "\(doctor)")
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func `two principals are never mixed up`() throws {
    let shells = try ["jo", "ann"].map { (name: $0, shell: try shell(realm.environment(as: $0))) }
    let code = """
      session.login{sso = true}
      for i = 1, 5 do assert(session.info().AccountName == session.current().user) end
      print(session.info().AccountName, session.user_id(), #session.vaults())
      """
    // At a time, and one after the other.
    for _ in 1...3 {
      let programs = try shells.map { try $0.shell.start(["-e", code]) }
      for (number, program) in programs.enumerated() {
        #expect(try program.waitPatiently() == .exited(0))
        #expect(program.outputText == ["MFSH\\jo\t7\t2\n", "MFSH\\ann\t8\t1\n"][number])
      }
    }
    #expect(sandbox.stats.logins == 6 && sandbox.stats.liveSessions == 0)
  }

  @Test func `two principals in one process are two sessions`() throws {
    // The first session goes on after the second has logged in on the same host.
    let code = """
      local first = session.open{sso = true}
      local second = session.open{user = "ann", password = "unused", domain = "MFSH"}
      for i = 1, 5 do print(first:info().AccountName, second:info().AccountName) end
      """
    let result = try shell(realm.environment(as: "jo")).run(code)
    #expect(result == (.exited(0), String(repeating: "MFSH\\jo\tMFSH\\ann\n", count: 5), ""))
    #expect(sandbox.stats.liveSessions == 0)
  }

  @Test func `without a ticket kinit is named`() throws {
    let result = try shell(realm.environmentWithoutTicket).run("session.login{sso = true}")
    #expect(result.status == .exited(77) && result.output == "")
    #expect(
      result.error
        == "mfsh: (command line):1: the server refused the Windows single sign-on: "
        + "klist shows whether there is a Kerberos ticket, kinit gets one; check the account\n")
    #expect(sandbox.stats.requestsByPath["GET /WebServiceSSO"] == nil)
  }

  @Test(arguments: ["status=500", "stall=head"])
  func `a sign-on that fails half-way leaves nothing behind`(_ fault: String) throws {
    sandbox.setFaults([try Fault("\(fault),path=/session/vaults")])
    let result = try shell(realm.environment(as: "jo")).run([
      "--max-time", "2", "-e", "session.login{sso = true}",
    ])
    #expect(result.status == .exited(69))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test func `who forges the proxy's field is nobody`() throws {
    let page = sandbox.url + "/WebServiceSSO.aspx?popup=1"
    for forged in [[], ["-H", "X-Proxy-Secret: guessed"]] {
      let status = try curl(
        ["--output", "/dev/null", "--write-out", "%{http_code}", "-H", "X-Remote-User: jo@MFSH.TEST"] + forged
          + [page])
      #expect(status == "401")
    }
    // Through the proxy the field is replaced.
    let result = try shell(realm.environment(as: "ann")).run(
      "session.login{sso = true} print(session.request{path = '/session', headers = {['X-Remote-User'] = 'jo@MFSH.TEST'}}"
        + ".AccountName)")
    #expect(result == (.exited(0), "MFSH\\ann\n", ""))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }
}

/// Windows single sign-on by name and password.
@Suite(.needs(NTLMServer.self), .timeLimit(.minutes(30)))
struct SingleSignOnByPasswordTests {
  @Test func `user, domain and password sign on`() throws {
    let proof = ProxyProof()
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(SingleSignOnTests.seed.utf8))
    configuration.trustedProxy = Secret(proof.secret)
    let sandbox = try SandboxServer(configuration)
    let server = try NTLMServer(
      accounts: [#"MFSH\jo"#: "jo's word", #"MFSH\ann"#: "ann's word"], upstream: sandbox.url, proof: proof)
    let code = """
      local function open(user)
        return session.open{sso = "ntlm", user = user, domain = "MFSH", password = user .. "'s word"}
      end
      local jo, ann <close> = open("jo"), open("ann")
      for i = 1, 3 do print(jo:info().AccountName, ann:info().AccountName) end
      print(jo:use("Finance").Name, jo:logout())
      local _, e = pcall(session.open, {sso = "ntlm", user = "jo", domain = "MFSH", password = "wrong"})
      print(e.code, e.message)
      """
    let result = try Shell(server: server.url).run(code)
    let lines =
      String(repeating: "MFSH\\jo\tMFSH\\ann\n", count: 3) + "Finance\ttrue\n"
      + "denied.credentials\tthe server refused the Windows single sign-on of \"MFSH\\jo\": "
      + "check user name, password, domain and account\n"
    #expect(result == (.exited(0), lines, ""))
    #expect(sandbox.stats.liveSessions == 0 && sandbox.stats.logins == 2)
    #expect(sandbox.stats.requestsByPath["GET /WebServiceSSO"] == 2)
  }
}
