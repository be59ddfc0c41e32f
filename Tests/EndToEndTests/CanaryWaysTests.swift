import Glibc
import HTTP
import Sandbox
import TestSupport
import Testing

/// Every way in, with secrets that show nowhere: neither here nor in what `EvidenceSweep` looks through afterwards.
@Suite(.timeLimit(.minutes(30)))
struct CanaryWaysTests {
  private let password = Canary.makeToken("password")
  private let bearer = Canary.makeToken("bearer")
  private let presharedKey = Canary.makeToken("pre-shared key")
  private let sandbox: SandboxServer
  private var shell: Shell
  private var secrets: [String] { [password, bearer, presharedKey] }

  init() throws {
    let seed = """
      {"vaults": [{"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"}],
       "accounts": [{"name": "jo", "password": "\(password)", "vaults": "*"}],
       "plugins": [{"name": "Provider", "bearers": {"\(bearer)": "jo"}}]}
      """
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(seed.utf8))
    sandbox = try SandboxServer(configuration)
    shell = try Shell(server: sandbox.url)
  }

  /// Logs in, asks for all that has secrets in it, makes mistakes, and ends with an error that nobody catches.
  private static let tour = """
    session.login()
    print(session.info().AccountName, session.vaults()[1], session.use("Sales"), session.current())
    print(pcall(session.token), json.encode(session.last(), {secrets = "mask"}))
    print(session.request{path = "/session/vault"}, pcall(session.request, {path = "/none", body = {Password = "x"}}))
    print(pcall(session.use, "None"), pcall(session.login, {url = "http://127.0.0.1:1", user = "jo"}))
    error({session.current(), session.vaults()})
    """

  /// Takes the tour with traces, and looks at all that it left.
  private func takeTour(
    _ shell: Shell, _ options: [String] = [], input: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try shell.run(["-v", "--har", "trace.har"] + options + ["-e", Self.tour], input: input)
    let isIn = result.status == .exited(1) && result.output.hasPrefix("jo\t")
    #expect(isIn, "\(result)", sourceLocation: sourceLocation)
    #expect(result.error.contains(" /REST/session"), sourceLocation: sourceLocation)
    let all = try result.output + result.error + shell.home.read("trace.har")
    #expect(!secrets.contains { all.contains($0) }, "\(all)", sourceLocation: sourceLocation)
  }

  @Test(arguments: ["session", "token", "headers"]) func aPasswordFromAVariable(way: String) throws {
    var shell = shell
    shell.environment = ["MFILES_USER": "jo", "MFILES_PASS": password]
    try takeTour(shell, ["--via", way])
  }

  @Test func aPasswordFromElsewhere() throws {
    var shell = shell
    shell.options += ["-u", "jo"]
    try takeTour(shell, ["--password-stdin"], input: "\(password)\n")
    let file = try shell.home.write("password", "\(password)\n")
    try takeTour(shell, ["--password-command", "cat '\(file)'"])
    shell.environment = ["MFILES_PASS_FILE": file]
    try takeTour(shell)
  }

  @Test func everySourceThatAProfileHas() throws {
    var shell = shell
    let file = try shell.home.write("password", "\(password)\n")
    shell.environment = ["ELSEWHERE": password]
    for source in [
      "'\(password)'", "{command = {'cat', '\(file)'}}", "{file = '\(file)'}", "{env = 'ELSEWHERE'}",
    ] {
      try shell.write(
        profiles: "return {p = {url = '\(sandbox.url)', user = 'jo', password = \(source)}}")
      shell.options = ["--profile", "p"]
      try takeTour(shell)
    }
  }

  @Test(arguments: [
    "user = 'jo', pasword = 'SECRET'", "user = 'jo', password = {'SECRET', 'x'}",
    "user = 'jo', password = {comand = 'SECRET'}", "password = SECRET",
    "password = 'SECRET", "password = \"SECRET' }", "password = 'SECRET\\q'", "password = SECRET' }",
    "password = 'SECRET' + 1",
    "password = ('SECRET')()", "password = 'SECRET' .. nil", "password = 'a' 'SECRET'",
    "password = 'a' SECRET 'b'",
    "user = {'SECRET'}", "token = 'SECRET', url = 'https://jo:SECRET@host'",
  ])
  func aProfileThatIsWrong(fields: String) throws {
    let fields = fields.replacing("SECRET", with: password)
    try shell.write(profiles: "return {p = {\(fields)}}")
    let result = try shell.run(["--profile", "p", "-e", "session.login()"])
    #expect(result.status != .exited(0) && !result.error.isEmpty)
    #expect(!result.error.contains(password), "\(result.error)")
  }

  @Test func aGivenToken() throws {
    let body = #"{"Username":"jo","Password":"\#(password)"}"#
    let answer = try curl(
      [
        "-H", "Content-Type: application/json", "--data", "@-",
        "\(sandbox.url)/REST/server/authenticationtokens",
      ],
      input: body)
    let token = String(answer.split(separator: "\"").max { $0.count < $1.count } ?? "")
    try #require(token.count > 100)
    var shell = shell
    shell.environment = ["MFILES_TOKEN": token]
    try takeTour(shell)
    try shell.write(profiles: "return {p = {url = '\(sandbox.url)', token = '\(token)'}}")
    shell.environment = [:]
    try takeTour(shell, ["--profile", "p"])
  }

  @Test func aBearer() throws {
    var shell = shell
    shell.environment = ["MFILES_BEARER": bearer]
    try takeTour(shell, ["--auth-config", "Provider"])
    let wrong = "session.login{bearer = '\(Canary.makeToken("wrong bearer"))', auth_config = 'Provider'}"
    #expect(try shell.run(["-v", "--har", "wrong.har", "-e", wrong]).status == .exited(77))
  }

  @Test func aPresharedKey() throws {
    var configuration = SandboxConfiguration()
    configuration.presharedKey = .init(presharedKey)
    let sandbox = try SandboxServer(configuration)
    var shell = try Shell(server: sandbox.url)
    shell.options += ["-u", "editor", "--password-command", "echo demo"]
    let code = "session.login() print(session.info().AccountName) error(session.vaults())"
    for key in [presharedKey, Canary.makeToken("wrong pre-shared key")] {
      shell.environment = ["MFILES_PRESHARED_KEY": key]
      let result = try shell.run(["-v", "--har", "trace.har", "-e", code])
      #expect(result.output == (key == presharedKey ? "editor\n" : ""))
      #expect(result.status == .exited(key == presharedKey ? 1 : 77))
      #expect(try !(result.error + shell.home.read("trace.har")).contains(key))
    }
  }

  @Test(.needs(AuthenticatingProxy.self)) func aProxysPassword() throws {
    let secret = Canary.makeToken("password of the proxy")
    let proxy = try AuthenticatingProxy(password: secret)
    var shell = shell
    shell.options += ["--proxy", proxy.url, "--noproxy", "", "--proxy-user", proxy.user]
    shell.environment = ["MFILES_USER": "jo", "MFILES_PASS": password, "MFILES_PROXY_PASS": secret]
    let result = try shell.run(["-v", "--har", "trace.har", "-e", "session.login() error(session.vaults())"])
    #expect(result.status == .exited(1))
    shell.environment["MFILES_PROXY_PASS"] = Canary.makeToken("wrong password of the proxy")
    let refused = try shell.run(["-v", "--har", "wrong.har", "-e", "session.login()"])
    #expect(refused.status == .exited(69) && !(result.error + refused.error).contains(secret))
  }

  @Test(.needs(TLSProxy.self, TestCertificates.self)) func aKeysPassphrase() throws {
    let secret = Canary.makeToken("passphrase")
    let certificates = try TestCertificates()
    let pair = try certificates.make("jo", passphrase: secret)
    var demands = TLSProxy.Settings(try certificates.server())
    demands.clientAuthority = certificates.authority.certificate
    let server = try TLSProxy(upstream: sandbox.url, demands)
    var shell = try Shell(server: server.url)
    shell.options += [
      "--cacert", certificates.authority.certificate, "--cert", pair.certificate, "--key", pair.key,
    ]
    shell.environment = ["MFILES_USER": "jo", "MFILES_PASS": password, "MFILES_KEY_PASS": secret]
    try takeTour(shell)
    shell.environment["MFILES_KEY_PASS"] = Canary.makeToken("wrong passphrase")
    let refused = try shell.run(["-v", "--har", "wrong.har", "-e", "session.login()"])
    #expect(refused.status != .exited(0) && !refused.error.isEmpty)
  }

  @Test(arguments: [
    ["whoami"], ["vaults"], ["api", "/session/vaults"],
    ["api", "/session/vault", "-X", "PUT", "-d", "@body"],
    ["doctor"],
  ])
  func oneShots(command: [String]) throws {
    var shell = shell
    shell.environment = ["MFILES_URL": sandbox.url, "MFILES_USER": "jo", "MFILES_PASS": password]
    shell.options = []
    try shell.home.write("body", #"{"Name": "Sales", "Password": "\#(password)"}"#)
    for format in command == ["doctor"] ? ["table", "json"] : ["table", "json", "csv"] {
      let place = command == ["doctor"] ? [sandbox.url] : []
      let result = try shell.run(command + ["-o", format, "--har", "trace.har", "-v"] + place)
      #expect(result.output.count > 20, "\(result)")
      let all = try result.output + result.error + shell.home.read("trace.har")
      #expect(!all.contains(password), "\(all)")
    }
  }

  /// The screen shows what is typed; the history's file must not.
  @Test(arguments: [
    "session.login{token = 'SECRET'}", "session.login{bearer = 'SECRET', auth_config = 'Provider'}",
    "session.login{user = 'jo', preshared_key = 'SECRET', password = 'SECRET'}",
    "session.login({user = 'jo', password = [[SECRET]]})", "x = {password = \"SECRET\"}",
    "session.request{path = '/session', body = {Password = 'SECRET'}}", "local token <const> = 'SECRET'",
  ])
  func theHistory(line: String) throws {
    let terminal = try shell.terminal(columns: 200)
    terminal.showsTyping(because: "the secret is typed into a statement")
    try terminal.show("mfsh> ")
    try terminal.type(line.replacing("SECRET", with: Canary.makeToken("typed secret")), until: "mfsh> ")
    #expect(try PromptTests.leave(terminal) == .exited(0))
    let history = try shell.home.read(".local/state/mfsh/history")
    #expect(history.contains("secret.ask()") && !history.contains("kanarie"), "\(history)")
  }

  /// The system's and Swift's reports of crashes show registers and memory.
  @Test(arguments: [SIGABRT, SIGSEGV, SIGTRAP]) func aCrashTellsNothing(
    signal: Int32
  )
    throws
  {
    var shell = shell
    shell.environment = [
      "MFILES_USER": "jo", "MFILES_PASS": password, "SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no",
    ]
    let process = try shell.start(["-e", "session.login() print('in') io.stdout:flush() tasks.sleep(9999)"])
    try process.expectPatiently("in\n")
    process.signal(signal)
    #expect(try process.waitForExit() == .signalled(signal))
    #expect(process.errorText.isEmpty, "\(process.errorText)")
  }

  /// A server that repeats the token and the cookie that it made itself.
  @Test(arguments: ["session", "token"]) func aServerThatRepeatsItsToken(way: String) throws {
    let secret = Canary.makeToken("made-up token")
    let server = try ScriptedServer { request in
      let repeated =
        #"[{"Name":"a \#(secret)","GUID":"{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}","Message":"\#(secret)"}]"#
      switch request.name {
      case "POST /REST/server/authenticationtokens": return .json(#"{"Value":"\#(secret)"}"#)
      case "GET /REST/session":
        return .json(#"{"AccountName":"\#(secret)","FullName":"\#(secret)","Message":"x\#(secret)"}"#)
      case "DELETE /REST/session": return .json(#"{"Value":true}"#)
      default:
        return .page(
          repeated, type: "application/json", fields: ["Set-Cookie: sid=\(secret)", "Server: \(secret)"])
      }
    }
    var shell = try Shell(server: server.url)
    shell.environment = ["MFILES_USER": "jo", "MFILES_PASS": password]
    let code = """
      print(pcall(session.login)) pcall(session.info) pcall(session.vaults)
      print(json.encode(session.last(), {secrets = "mask"}))
      """
    let result = try shell.run(["-v", "--har", "trace.har", "--via", way, "-e", code])
    #expect(result.output.hasPrefix("true"), "\(result)")
    let all = try result.output + result.error + shell.home.read("trace.har")
    #expect(!all.contains(secret), "\(all)")
  }

  /// A server that repeats what it was told, wherever text may stand.
  @Test(arguments: ["session", "token", "headers"], [403, 200]) func aServerThatRepeatsEverything(
    way: String, status: Int
  ) throws {
    let echo = try ScriptedServer { request in
      let all = (request.head + request.body).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\r\n", with: " ")
      let body =
        #"{"Status":\#(status),"Message":"\#(all)","Exception":{"Name":"\#(all)","Message":"\#(all)"}}"#
      return .page(
        body, status: status, type: "application/json", fields: ["Server: \(all)", "Set-Cookie: \(all)"])
    }
    var shell = try Shell(server: echo.url)
    shell.environment = ["MFILES_USER": "jo", "MFILES_PASS": password]
    let code = "print(pcall(session.login)) session.login()"
    let result = try shell.run(["-v", "--har", "trace.har", "--via", way, "-e", code])
    #expect(result.status != .exited(0))
    let all = try result.output + result.error + shell.home.read("trace.har")
    #expect(!all.contains(password), "\(all)")
  }
}
