import HTTP
import MFWS
import Sandbox

private let plain = [("X-Username", "editor"), ("X-Password", "demo")]
private let bearer = [("Authorization", "Bearer good"), ("X-AuthConfig", "Provider")]
private let proxied = [("X-Proxy-Secret", "between us"), ("X-Remote-User", #"SANDBOX\winuser"#)]

extension ContractCase {
  static let server: [ContractCase] = [
    get("GET /server/vaults: always", "/server/vaults?online=true"),
    get("GET /server/status: always", "/server/status"),
    get("GET /server/status: M-Files Server stopped", "/server/status", with: { $0.mode = .stopped }),
    get("GET /server/publickey: always", "/server/publickey"),
    get("GET /server/capabilities: always", "/server/capabilities"),
    get("GET /server/authenticationprotocols: always", "/server/authenticationprotocols"),
    get("GET /session: M-Files Server stopped", "/session", with: { $0.mode = .stopped }),
    get("GET /no/such/resource: not logged in", "/no/such/resource"),
    ContractCase("POST /server/authenticationtokens: body of more than a megabyte") {
      try await $0.send("POST", "/server/authenticationtokens", String(repeating: " ", count: 1 << 21))
    },
  ]

  static let otherWays: [ContractCase] = [
    get("GET /session: plain headers", "/session", headers: plain),
    get("GET /session: query parameters", "/session?username=editor&password=demo"),
    get(
      "GET /session: plain headers with a forbidden X-Vault", "/session",
      headers: plain + [("X-Vault", Client.humanResources)]),
    ContractCase("DELETE /session: plain headers") {
      try await $0.send("DELETE", "/session", headers: plain)
    },
    get("GET /session: bearer and X-AuthConfig", "/session", headers: bearer, with: offerPlugin),
    get("GET /session: bearer without X-AuthConfig", "/session", headers: [bearer[0]], with: offerPlugin),
    get(
      "GET /session: unknown bearer", "/session", headers: [("Authorization", "Bearer bad"), bearer[1]],
      with: offerPlugin),
    ContractCase("DELETE /session: bearer", with: offerPlugin) {
      try await $0.send("DELETE", "/session", headers: bearer)
    },
    get("GET /session: without the pre-shared key", "/session", headers: plain, with: needKey),
    get(
      "GET /session: with the pre-shared key", "/session",
      headers: plain + [("X-PresharedKey", "between us")],
      with: needKey),
    singleSignOn("GET /WebServiceSSO.aspx: nobody known", headers: []),
    singleSignOn("GET /WebServiceSSO.aspx: known to the trusted proxy", headers: proxied),
    singleSignOn(
      "GET /WebServiceSSO.aspx: without an account",
      headers: [proxied[0], ("X-Remote-User", "jo@EXAMPLE.COM")]),
    singleSignOn(
      "GET /WebServiceSSO.aspx: with a forbidden vault",
      query: "&vault=\(Client.humanResources.dropFirst().dropLast())",
      headers: proxied),
    ContractCase("DELETE /session: single sign-on", with: trustProxy) { client in
      try await client.send("GET", "/WebServiceSSO.aspx?popup=1", headers: proxied, aboveREST: true)
      return try await client.logOut()
    },
  ]

  static let webServer: [ContractCase] = [
    get(
      "GET /MFWS.ashx?restPath=session: logged in", "/MFWS.ashx?restPath=session", headers: plain,
      with: { $0.takesOnlyAshx = true }),
    get("GET /session.aspx: logged in", "/session.aspx", headers: plain),
    get(
      "GET /session: only MFWS.ashx answers", "/session", headers: plain, with: { $0.takesOnlyAshx = true }),
    blocked("PUT /session: verb blocked", .postOnly),
    blocked("PUT /session: verb not implemented", .postOnly501),
    get("GET /session: login page everywhere", "/session", with: { $0.mode = .loginPage }),
    get("GET /session: no web service installed", "/session", with: { $0.mode = .iisOnly }),
    ContractCase("GET /session: no node running", with: { $0.nodes = 1 }) { client in
      try await client.send("POST", "/sandbox/nodes", #"{"stop":1}"#)
      return try await client.send("GET", "/session")
    },
  ]

  private static func get(
    _ name: String, _ path: String, headers: [(String, String)] = [],
    with configuration: @escaping @Sendable (inout SandboxConfiguration) throws -> Void = { _ in }
  ) -> ContractCase {
    ContractCase(name, with: configuration) { try await $0.send("GET", path, headers: headers) }
  }

  private static func blocked(_ name: String, _ verbs: SandboxConfiguration.Verbs) -> ContractCase {
    ContractCase(name, with: { $0.verbs = verbs }) { client in
      try await client.send("PUT", "/session", client.login(), plain: true)
    }
  }

  private static func singleSignOn(
    _ name: String, query: String = "", headers: [(String, String)]
  ) -> ContractCase {
    ContractCase(name, with: trustProxy) {
      try await $0.send("GET", "/WebServiceSSO.aspx?popup=1\(query)", headers: headers, aboveREST: true)
    }
  }

  @Sendable private static func trustProxy(_ configuration: inout SandboxConfiguration) {
    configuration.trustedProxy = Secret("between us")
  }

  @Sendable private static func needKey(_ configuration: inout SandboxConfiguration) {
    configuration.presharedKey = Secret("between us")
  }

  @Sendable private static func offerPlugin(_ configuration: inout SandboxConfiguration) throws {
    configuration.seed = try SandboxSeed(json: Array(pluginSeed.utf8))
  }

  private static let pluginSeed = """
    {"vaults": [], "accounts": [{"name": "editor", "password": "demo", "vaults": []}],
     "plugins": [{"name": "Provider", "bearers": {"good": "editor"}}]}
    """
}
