import MFWS
import Sandbox
import TestSupport
import Testing

/// `session.last()` and the command that it gives.
@Suite struct LastExchangeTests {
  @Test func itTellsWhatWasSentAndWhatCame() throws {
    let sandbox = try SandboxServer()
    let result = try Shell(server: sandbox.url).run(
      """
      assert(session.last() == nil)
      session.login{user='editor', password='demo', via='token'}
      pcall(session.request, {path='/none', query={a=1}})
      local last = session.last()
      print(last.method, last.status, last.url, last.request.headers['X-Authentication'], last.seconds > 0)
      print(json.decode(last.response.body).Status)
      print(last.curl)
      """)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(result.error == "")
    #expect(lines.first == "GET\t404\t\(sandbox.url)/REST/none?a=***\t***\ttrue")
    #expect(lines.dropFirst().first == "404")
    let curl = try #require(lines.last)
    #expect(curl.hasPrefix("curl --globoff"))
    #expect(curl.contains(#"--header 'X-Authentication: '"$MFILES_TOKEN""#))
  }

  @Test func aRequestWithoutAnAnswerHasAnError() throws {
    let result = try Shell().run(
      """
      pcall(server.status, {url='http://127.0.0.1:1'})
      local last = session.last()
      print(last.status, last.response, last.error)
      """)
    #expect(result.output.hasPrefix("nil\tnil\tconnect: "))
  }

  /// The command is run as it is, and asks the server for the same.
  @Test func theCommandRepeatsTheRequest() async throws {
    let sandbox = try SandboxServer()
    let maker = try await MFWS.Session.open(sandbox.url, Login(user: "editor", password: Secret("demo")))
    var shell = try Shell(server: sandbox.url)
    let token = try await maker.authenticationToken().reveal()
    shell.environment = ["MFILES_TOKEN": token]
    let result = try shell.run("session.login() session.user_id() io.write(session.last().curl)")
    #expect(result.error == "" && !result.output.contains(token))
    let repeated = try ChildProcess.run(
      ["sh", "-c", result.output],
      environment: ["MFILES_TOKEN": token, "MFILES_COOKIE": "a=b", "no_proxy": "*"], folder: shell.home.path)
    #expect(repeated.output == #"{"Value":2}"#)
    try await maker.logout()
  }
}
