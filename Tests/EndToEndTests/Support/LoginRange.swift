import HTTP
import Sandbox
import TestSupport
import Testing

/// A sandbox with two web servers that one way in leads to, with the real parts that it needs.
struct LoginRange {
  let way: WayOfLogin
  let sandbox: SandboxServer
  /// Where clients go: the sandbox, or the web server in front of it.
  let url: String
  private let presharedKey: String?
  private let realm: KerberosRealm?
  /// Keeps the web server in front running.
  private let front: Any?

  init(_ way: WayOfLogin, presharedKey: String?) throws {
    let proof = ProxyProof()
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(WayOfLogin.seed.utf8))
    configuration.nodes = 2
    configuration.trustedProxy = Secret(proof.secret)
    configuration.presharedKey = presharedKey.map { Secret($0) }
    sandbox = try SandboxServer(configuration)
    (self.way, self.presharedKey) = (way, presharedKey)
    realm = way == .kerberos ? try KerberosRealm() : nil
    switch (way, realm) {
    case (.kerberos, let realm?):
      let proxy = try NegotiateProxy(realm: realm, upstream: sandbox.url, proof: proof)
      (front, url) = (proxy, proxy.url)
    case (.ntlm, _):
      let server = try NTLMServer(
        accounts: [#"MFSH\jo"#: "jo's word", #"MFSH\ann"#: "ann's word"], upstream: sandbox.url, proof: proof)
      (front, url) = (server, server.url)
    default: (front, url) = (nil, sandbox.url)
    }
  }

  /// The first web server alone runs, and nothing goes wrong.
  func reset() {
    sandbox.startNode(1)
    sandbox.stopNode(2)
    sandbox.setFaults([])
  }

  /// Logs in, acts, and returns what the script printed: `ok` or the code of the error.
  func run(
    _ circumstance: WayOfLogin.Circumstance, _ options: String, then act: String, token: String?
  ) throws -> Shell.Outcome {
    let code = """
      local ok, e = pcall(function()
        session.login{\(way.arguments(circumstance))\(options)}
        \(act)
        assert(session.user_id())
      end)
      print(ok and "ok" or e.code or "no code: " .. tostring(e))
      """
    var shell = try Shell(server: url)
    shell.environment = try environment(circumstance)
    if let token { shell.environment["TOKEN"] = token }
    return try shell.run(code)
  }

  private func environment(_ circumstance: WayOfLogin.Circumstance) throws -> [String: String] {
    guard let realm else { return [:] }
    switch circumstance {
    case .right: return try realm.environment(as: "jo")
    case .wrongSecret: return realm.environmentWithoutTicket
    case .disabledAccount: return try realm.environment(as: "ann")
    }
  }

  /// A token made elsewhere; like a real server, the sandbox gives one for wrong credentials too.
  func makeToken(_ circumstance: WayOfLogin.Circumstance) throws -> String {
    let (user, password) = way.credentials(circumstance)
    let body = #"{"Username":"\#(user)","Password":"\#(password)","SessionID":"elsewhere"}"#
    let answer = try ask("/REST/server/authenticationtokens", ["--data", body])
    return String(try #require(answer.split(separator: "\"").last { $0.utf8.count > 100 }, "\(answer)"))
  }

  /// Logs out who made the token.
  func giveUp(_ token: String) throws {
    _ = try ask("/REST/session?_method=DELETE", ["--data", "", "-H", "X-Authentication: \(token)"])
  }

  private func ask(_ path: String, _ arguments: [String]) throws -> String {
    let key = presharedKey.map { ["-H", "X-PresharedKey: \($0)"] } ?? []
    return try curl(key + arguments + [sandbox.url + path])
  }
}
