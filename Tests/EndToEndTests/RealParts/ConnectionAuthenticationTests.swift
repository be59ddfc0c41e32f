import HTTP
import TestSupport
import Testing

/// `HTTPClient` against real servers that authenticate connections, several users in one process.
@Suite(.timeLimit(.minutes(30)))
struct ConnectionAuthenticationTests {
  /// Runs the probe with these lines, each a list of words, and returns what it wrote.
  private func probe(_ lines: [[String]], environment: [String: String] = [:]) throws -> [String] {
    let result = try ChildProcess.run(
      [BuiltBinary.path("RequestProbe")], environment: environment,
      input: lines.map { $0.joined(separator: "\t") + "\n" }.joined(), within: Shell.patience)
    #expect(result.status == .exited(0) && result.error == "")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test(.needs(KerberosRealm.self, NegotiateProxy.self), arguments: ["negotiate", "any"])
  func twoPrincipalsOneAfterTheOther(_ scheme: String) throws {
    let upstream = try Upstream()
    let realm = try KerberosRealm()
    let proxy = try NegotiateProxy(realm: realm, upstream: upstream.url, proof: upstream.proof)
    let page = proxy.url + "/WebServiceSSO.aspx"
    func use(_ environment: [String: String]) -> [String] {
      ["set", "KRB5CCNAME", environment["KRB5CCNAME", default: ""]]
    }
    let (jo, ann) = try (use(realm.environment(as: "jo")), use(realm.environment(as: "ann")))
    let signOn = ["get", page, scheme]
    let answers = try probe(
      [jo, signOn, ann, signOn, jo, signOn, use(realm.environmentWithoutTicket), signOn, ["get", page]],
      environment: realm.environment)
    #expect(
      answers.prefix(3) == ["200 proven jo@MFSH.TEST", "200 proven ann@MFSH.TEST", "200 proven jo@MFSH.TEST"])
    #expect(answers.filter { $0.hasPrefix("401 ") }.count == 2)
    #expect(upstream.server.requests.count == 3)
  }

  private static let accounts = [#"CORP\jo"#: "jo's word", #"CORP\ann"#: "ann's word"]

  @Test(.needs(NTLMServer.self), arguments: [ConnectionAuthentication.Scheme.ntlm, .any])
  func twoAccountsAtATime(_ scheme: ConnectionAuthentication.Scheme) async throws {
    let upstream = try Upstream()
    let server = try NTLMServer(accounts: Self.accounts, upstream: upstream.url, proof: upstream.proof)
    let (client, page) = (Self.client, server.url + "/WebServiceSSO.aspx")
    let answers = try await withThrowingTaskGroup(of: (String, String).self) { group in
      for number in 0..<20 {
        let account = number % 2 == 0 ? #"CORP\jo"# : #"CORP\ann"#
        group.addTask { (account, try await Self.signOn(client, page, scheme, account).text) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 20)
    for (account, answer) in answers { #expect(answer == "proven \(account)") }
  }

  @Test(.needs(NTLMServer.self)) func `a connection of one user serves nobody else`() async throws {
    let upstream = try Upstream()
    let server = try NTLMServer(accounts: Self.accounts, upstream: upstream.url, proof: upstream.proof)
    let (client, page) = (Self.client, server.url + "/WebServiceSSO.aspx")
    #expect(try await Self.signOn(client, page, .ntlm, #"CORP\jo"#).text == #"proven CORP\jo"#)
    #expect(try await client.send(HTTPRequest(url: page)).status == 401)
    #expect(try await Self.signOn(client, page, .ntlm, #"CORP\ann"#, "jo's word").status == 401)
    #expect(try await Self.signOn(client, page, .ntlm, #"CORP\ann"#).text == #"proven CORP\ann"#)
    #expect(upstream.server.requests.count == 2)
  }

  private static var client: HTTPClient {
    var configuration = HTTPConfiguration()
    configuration.proxy = ""
    return HTTPClient(configuration: configuration)
  }

  private static func signOn(
    _ client: HTTPClient, _ page: String, _ scheme: ConnectionAuthentication.Scheme, _ account: String,
    _ password: String? = nil
  ) async throws -> HTTPResponse {
    var request = HTTPRequest(url: page)
    let password = try #require(password ?? accounts[account])
    request.authentication = ConnectionAuthentication(scheme, user: account, password: Secret(password))
    return try await client.send(request)
  }
}

extension HTTPResponse {
  fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}
