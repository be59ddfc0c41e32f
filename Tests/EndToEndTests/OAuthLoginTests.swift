import Glibc
import Synchronization
import TestSupport
import Testing

/// `oauth=true`, with curl for a browser.
@Suite(.timeLimit(.minutes(30)))
struct OAuthLoginTests {
  private static let canary = "canary-bearer-3b7f"

  /// A web service and a sign-in provider in one, which signs everybody in.
  private static func server(
    plugins: [String] = ["Corporate"], declines: Bool = false
  ) throws
    -> ScriptedServer
  {
    try ScriptedServer { request in
      let origin = "http://\(request.fields["host"]?.first ?? "")"
      switch request.name {
      case "GET /REST/server/authenticationprotocols":
        return .json("[\(plugins.map { plugin($0, origin) }.joined(separator: ","))]")
      case "GET /authorize":
        return redirect(request, with: declines ? "error=access_denied" : "code=c")
      case "POST /token":
        return .json(#"{"access_token":"\#(canary)","token_type":"Bearer","expires_in":3600}"#)
      case let name where request.fields["authorization"] == ["Bearer \(canary)"]:
        return LyingServer.honest[name] ?? .json("{}", status: 404)
      default: return .json("{}", status: 403)
      }
    }
  }

  private static func plugin(_ name: String, _ origin: String) -> String {
    """
    {"Name":"\(name)","AssemblyName":"MFiles.AuthenticationProviders.OAuth","Configuration":{"ClientID":"mfsh",
     "AuthorizationEndpoint":"\(origin)/authorize","TokenEndpoint":"\(origin)/token","Scope":"all"}}
    """
  }

  private static func redirect(
    _ request: ScriptedServer.Request, with answer: String
  ) -> ScriptedServer.Answer {
    let target = request.head.split(separator: " ")[1].split(separator: "?").last ?? ""
    let pairs = target.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    let query = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { $1 }
    let home = (query["redirect_uri"] ?? "").replacing("%3A", with: ":").replacing("%2F", with: "/")
    return .page("", status: 302, fields: ["Location: \(home)?\(answer)&state=\(query["state"] ?? "")"])
  }

  private func shell(_ server: ScriptedServer) throws -> Shell {
    var shell = try Shell(server: server.url)
    shell.environment = ["DISPLAY": ":0", "BROWSER": "curl --silent --location --output /dev/null %s"]
    return shell
  }

  @Test func thePersonSignsInWithTheBrowser() throws {
    let server = try Self.server()
    let result = try shell(server).run([
      "--oauth", "--har", "trace.har", "-v", "-e",
      "session.login() print(session.info().AccountName, session.current().way)",
    ])
    #expect(result.status == .exited(0) && result.output == "liar\toauth\n")
    #expect(
      result.error.contains(
        "mfsh: your browser opens to sign in; if it does not, go to \(server.url)/authorize?"))
    #expect(!result.error.contains(Self.canary))
    #expect(server.requests.contains { $0.fields["x-authconfig"] == ["Corporate"] })
  }

  @Test func whoDeclinesIsDenied() throws {
    let server = try Self.server(declines: true)
    let result = try shell(server).run(["--oauth", "-e", "session.login()"])
    #expect(result.status == .exited(77))
    #expect(
      result.error.contains(
        "the sign-in provider at \(server.url) refused: access_denied; the sign-in was declined: log in again"
      ))
    #expect(!server.requests.contains { $0.name == "POST /token" })
  }

  private static let loggedOut =
    #"{"Status":403,"Message":"Login to application failed","IsLoggedToApplication":false,"IsLoggedToVault":false}"#

  /// Takes the first bearer for a few requests, the second for good.
  private static func revokingServer() throws -> ScriptedServer {
    let rest = Mutex(4)
    return try ScriptedServer { request in
      let origin = "http://\(request.fields["host"]?.first ?? "")"
      switch request.name {
      case "GET /REST/server/authenticationprotocols": return .json("[\(plugin("Corporate", origin))]")
      case "GET /authorize": return redirect(request, with: "code=c")
      case "POST /token":
        let number = request.body.contains("grant_type=refresh_token") ? 2 : 1
        return .json(
          #"{"access_token":"bearer-\#(number)","expires_in":3600,"refresh_token":"refresh-\#(number)"}"#)
      case let name:
        let isFirst = request.fields["authorization"] == ["Bearer bearer-1"]
        let isGood =
          isFirst
          ? rest.withLock {
            $0 -= 1; return $0 >= 0
          } : true
        return isGood ? LyingServer.honest[name] ?? .json("{}", status: 404) : .json(loggedOut, status: 403)
      }
    }
  }

  @Test func aBearerThatTheServerRevokesIsRenewedWithoutThePerson() throws {
    let server = try Self.revokingServer()
    let code = "session.login() for i = 1, 6 do assert(session.info().AccountName == 'liar') end print('in')"
    let result = try shell(server).run(["--oauth", "-e", code])
    #expect(result.status == .exited(0) && result.output == "in\n", "\(result)")
    let names = server.requests.map(\.name)
    #expect(names.count { $0 == "GET /authorize" } == 1 && names.count { $0 == "POST /token" } == 2)
    #expect(server.requests.last?.fields["authorization"] == ["Bearer bearer-2"])
  }

  @Test func withoutAScreenTheAddressIsPrinted() throws {
    let server = try Self.server()
    var shell = try shell(server)
    shell.environment["DISPLAY"] = ""
    let terminal = try shell.terminal(["--oauth", "-e", "session.login() print('in')"])
    try terminal.show("sign in here: \(server.url)/authorize?")
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit(within: Shell.patience) == .signalled(SIGINT))
  }

  @Test(arguments: [
    (
      [String](), "{oauth=true}",
      "session.login: the server offers no OAuth: see server.authentication_protocols()"
    ),
    (["A", "B"], "{oauth=true}", "session.login: give auth_config, one of A, B"),
    (
      ["Corporate"], "{oauth=true, auth_config='Corprate'}",
      "no OAuth plug-in \"Corprate\": did you mean Corporate?"
    ),
  ])
  func plugInsThatCannotBeChosen(plugins: [String], arguments: String, message: String) throws {
    let server = try Self.server(plugins: plugins)
    let result = try shell(server).run("session.login\(arguments)")
    #expect(result.status == .exited(1) && result.error.contains(message), "\(result)")
  }
}
