import TestSupport
import Testing

/// NTLM as the curl program speaks it, against pyspnego.
@Suite(.needs(NTLMServer.self), .timeLimit(.minutes(30)))
struct NTLMServerTests {
  let upstream: Upstream
  let server: NTLMServer

  init() throws {
    upstream = try Upstream()
    server = try NTLMServer(
      accounts: [#"CORP\jo"#: "jo's word", #"CORP\ann"#: "ann's word"], upstream: upstream.url,
      proof: upstream.proof)
  }

  private var page: String { server.url + "/WebServiceSSO.aspx?vault=A%2Fb" }

  private func ask(_ user: String, _ password: String, _ arguments: [String] = []) throws -> String {
    // curl reads options, the password among them, from its standard input.
    try curl(
      ["--ntlm", "--config", "-"] + arguments + [page],
      input: #"user = "CORP\\\#(user):\#(password)""# + "\n")
  }

  @Test func `user and password open the page`() throws {
    #expect(try ask("jo", "jo's word") == #"proven CORP\jo"#)
    #expect(try ask("ann", "ann's word") == #"proven CORP\ann"#)
    let last = try #require(upstream.server.requests.last)
    #expect(last.head.hasPrefix("GET /WebServiceSSO.aspx?vault=A%2Fb HTTP/1.1"))
    #expect(last.fields["authorization"] == nil)
  }

  @Test func `others are refused`() throws {
    let status = ["--output", "/dev/null", "--write-out", "%{http_code}"]
    #expect(try ask("jo", "wrong", status) == "401")
    #expect(try ask("nobody", "jo's word", status) == "401")
    #expect(try curl(status + [page]) == "401")
    #expect(upstream.server.requests.isEmpty)
  }

  @Test func `fields that a client forges do not arrive`() throws {
    let forged = ["-H", "X-Remote-User: ann", "-H", "x-proxy-secret: guessed"]
    #expect(try ask("jo", "jo's word", forged) == #"proven CORP\jo"#)
    #expect(try curl(forged + [server.url + "/REST/session"]) == "unproven")
  }

  @Test func `cookies, statuses and bodies pass both ways`() throws {
    let origin = try ScriptedServer { request in
      .page(
        request.body, status: 201, fields: ["Set-Cookie: a=1; Path=/", "Set-Cookie: b=2; Path=/"])
    }
    let server = try NTLMServer(accounts: [:], upstream: origin.url, proof: ProxyProof())
    let answer = try curl(["--include", "--data", "body", server.url + "/REST/session?_method=PUT"])
    #expect(answer.hasPrefix("HTTP/1.1 201") && answer.hasSuffix("\r\n\r\nbody"))
    #expect(answer.contains("Set-Cookie: a=1; Path=/\r\n") && answer.contains("Set-Cookie: b=2; Path=/\r\n"))
    #expect(origin.requests.map(\.name) == ["PUT /REST/session"])
  }
}
