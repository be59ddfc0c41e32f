import TestSupport
import Testing

/// Single sign-on by Kerberos, with a real KDC and a real Apache.
@Suite(.needs(KerberosRealm.self, NegotiateProxy.self), .timeLimit(.minutes(30)))
struct NegotiateProxyTests {
  let upstream: Upstream
  let realm: KerberosRealm
  let proxy: NegotiateProxy

  init() throws {
    upstream = try Upstream()
    realm = try KerberosRealm()
    proxy = try NegotiateProxy(realm: realm, upstream: upstream.url, proof: upstream.proof)
  }

  private let negotiate = ["--negotiate", "--user", ":"]
  private var page: String { proxy.url + "/WebServiceSSO.aspx?popup=1&vault=A%2Fb" }
  private let forged = ["-H", "X-Remote-User: ann", "-H", "x-proxy-secret: guessed"]

  @Test func `a ticket opens the page, and the server behind learns whose it is`() throws {
    #expect(try curl(negotiate + [page], environment: realm.environment(as: "jo")) == "proven jo@MFSH.TEST")
    #expect(try curl(negotiate + [page], environment: realm.environment(as: "ann")) == "proven ann@MFSH.TEST")
    let last = try #require(upstream.server.requests.last)
    #expect(last.head.hasPrefix("GET /WebServiceSSO.aspx?popup=1&vault=A%2Fb HTTP/1.1"))
    #expect(last.fields["authorization"] == nil)
  }

  @Test func `without a ticket nobody gets to the server behind`() throws {
    let status = ["--output", "/dev/null", "--write-out", "%{http_code}"]
    #expect(try curl(status + [page]) == "401")
    let outcome = try curl(negotiate + status + [page], environment: realm.environmentWithoutTicket)
    #expect(outcome.hasPrefix("401"))
    #expect(upstream.server.requests.isEmpty)
  }

  @Test func `fields that a client forges do not arrive`() throws {
    let mine = try curl(negotiate + forged + [page], environment: realm.environment(as: "jo"))
    #expect(mine == "proven jo@MFSH.TEST")
    let other = try curl(forged + [proxy.url + "/REST/session"])
    #expect(other == "unproven")
    for request in upstream.server.requests {
      #expect(request.fields["x-proxy-secret"] != ["guessed"] && !request.head.contains("ann"))
    }
  }

  /// Why clients must not share connections between users.
  @Test func `a connection stays authenticated`() throws {
    let both = try curl(
      negotiate + [page, "--next", "--silent", page], environment: realm.environment(as: "jo"))
    #expect(both == "proven jo@MFSH.TEST" + "proven jo@MFSH.TEST")
  }

  @Test func `everything can be protected`() throws {
    let proxy = try NegotiateProxy(
      realm: realm, upstream: upstream.url, proof: upstream.proof, protecting: .everything)
    let address = proxy.url + "/REST/session"
    #expect(try curl([address]).contains("401"))
    #expect(
      try curl(negotiate + [address], environment: realm.environment(as: "jo")) == "proven jo@MFSH.TEST")
  }

  @Test func `a wrong password gets no ticket`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SupportError.self) {
      try realm.kinit("jo", password: "wrong", cache: folder.path("cache"))
    }
  }
}
