import TestSupport
import Testing

/// tinyproxy, as the curl program sees it.
@Suite(.needs(AuthenticatingProxy.self), .timeLimit(.minutes(30)))
struct AuthenticatingProxyTests {
  private func ask(_ proxy: AuthenticatingProxy, password: String?, _ arguments: [String]) throws -> String {
    let login = password.map { "proxy-user = \"\(proxy.user):\($0)\"\n" } ?? ""
    return try curl(
      ["--config", "-", "--noproxy", "", "--proxy", proxy.url] + arguments, environment: ["no_proxy": ""],
      input: login)
  }

  @Test func `plain requests need the password`() throws {
    let origin = try ScriptedServer { .page($0.name) }
    let proxy = try AuthenticatingProxy()
    let status = ["--output", "/dev/null", "--write-out", "%{http_code}"]
    #expect(try ask(proxy, password: nil, status + [origin.url + "/a"]) == "407")
    #expect(try ask(proxy, password: "wrong", status + [origin.url + "/a"]) != "200")
    #expect(origin.requests.isEmpty)
    #expect(try ask(proxy, password: proxy.password, [origin.url + "/a"]) == "GET /a")
    #expect(proxy.log.contains("\(origin.url)/a"))
  }

  @Test(.needs(TLSProxy.self, TestCertificates.self)) func `tunnels need the password`() throws {
    let origin = try ScriptedServer { .page($0.name) }
    let certificates = try TestCertificates()
    let server = try TLSProxy(upstream: origin.url, .init(certificates.server()))
    let proxy = try AuthenticatingProxy()
    let request = ["--cacert", certificates.authority.certificate, server.url + "/b"]
    #expect(try ask(proxy, password: nil, request).hasPrefix("curl: (56)"))
    #expect(origin.requests.isEmpty)
    #expect(try ask(proxy, password: proxy.password, request) == "GET /b")
    #expect(proxy.log.contains("CONNECT \(server.url.dropFirst("https://".count))"))
  }
}
