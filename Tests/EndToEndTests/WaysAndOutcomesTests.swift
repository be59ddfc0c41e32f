import Sandbox
import TestSupport
import Testing

/// Every way in, crossed with what may happen: the account, the vault, the session's end, the node's end.
@Suite(.serialized) struct WaysAndOutcomesTests {
  /// What the script gets to see.
  enum Cell: Sendable, Equatable {
    case ok
    /// As `ok`, after one login more that nobody asked for.
    case again
    case code(String)
    /// It cannot happen.
    case never(String)
  }
  typealias Row = (
    right: Cell, wrong: Cell, expired: Cell, expiredAlone: Cell, vault: Cell, disabled: Cell, node: Cell,
    nodeAlone: Cell
  )

  private static let refused = Cell.code("denied.credentials")
  private static let vault = Cell.code("denied.vault")
  private static let ended = Cell.code("session.expired")
  private static let wrongNode = Cell.code("session.wrong_node")
  private static let noSession = Cell.never("each request brings its own proof")

  /// The whole matrix. "Alone" is with `reconnect=false`. That a web server is gone, only tokens tell: a cookie that
  /// another one does not know is like one that has ended. A bearer ends by the provider's word.
  // swift-format-ignore
  static let matrix: [(WayOfLogin, Row)] = [
    //              right wrong    expired    alone      vault  disabled  node       alone
    (.session,    (.ok, refused, .again,    ended,     vault, refused, .again,    ended)),
    (.windows,    (.ok, refused, .again,    ended,     vault, refused, .again,    ended)),
    (.token,      (.ok, refused, .again,    ended,     vault, refused, .again,    wrongNode)),
    (.headers,    (.ok, refused, noSession, noSession, vault, refused, .ok,       .ok)),
    (.givenToken, (.ok, refused, ended,     ended,     vault, refused, wrongNode, wrongNode)),
    (.bearer,     (.ok, refused, ended,     ended,     vault, refused, .ok,       .ok)),
    (.kerberos,   (.ok, refused, .again,    ended,     vault, refused, .again,    ended)),
    (.ntlm,       (.ok, refused, .again,    ended,     vault, refused, .again,    ended)),
  ]

  @Test(arguments: WayOfLogin.allCases.filter { !$0.isAuthenticatedInFront }, [nil, "shared word"])
  func everyOutcome(of way: WayOfLogin, presharedKey: String?) async throws {
    try await aside { try Self.check(way, presharedKey) }
  }

  @Test(.needs(KerberosRealm.self, NegotiateProxy.self), arguments: [nil, "shared word"])
  func everyOutcomeOfKerberos(presharedKey: String?) async throws {
    try await aside { try Self.check(.kerberos, presharedKey) }
  }

  @Test(.needs(NTLMServer.self), arguments: [nil, "shared word"])
  func everyOutcomeOfNTLM(presharedKey: String?) async throws {
    try await aside { try Self.check(.ntlm, presharedKey) }
  }

  @Test func noWayIsMissing() { #expect(Self.matrix.map(\.0) == WayOfLogin.allCases) }

  private static func check(_ way: WayOfLogin, _ presharedKey: String?) throws {
    let row = try #require(Self.matrix.first { $0.0 == way }?.1)
    let range = try LoginRange(way, presharedKey: presharedKey)
    let key = presharedKey.map { ", preshared_key = \"\($0)\"" } ?? ""
    let alone = key + ", reconnect = false"
    let (end, stop) = (Self.end(way), Self.stopNode)
    try Trial("right", row.right, options: key).check(range)
    try Trial("wrong", row.wrong, .wrongSecret, options: key).check(range)
    try Trial("expired", row.expired, options: key, act: end).check(range)
    try Trial("expired alone", row.expiredAlone, options: alone, act: end).check(range)
    try Trial("wrong vault", row.vault, options: key + ", vault = \"Closed\"").check(range)
    try Trial("disabled", row.disabled, .disabledAccount, options: key).check(range)
    try Trial("wrong node", row.node, options: key, act: stop).check(range)
    try Trial("wrong node alone", row.nodeAlone, options: alone, act: stop).check(range)
    if presharedKey != nil {
      try Trial("wrong key", Self.refused, options: ", preshared_key = \"wrong\"", isRefusedByKey: true)
        .check(range)
      try Trial("no key", Self.refused, options: "", isRefusedByKey: true).check(range)
    }
  }

  /// The server ends the session; a bearer has none, so the server no longer takes it.
  private static func end(_ way: WayOfLogin) -> String {
    let fault = way.hasSession ? "expire = true" : "status = 403"
    return """
      session.request{method = "POST", path = "/sandbox/faults",
        body = {\(fault), path = "/session/userid", count = 1}}
      """
  }

  private static let stopNode = """
    session.request{method = "POST", path = "/sandbox/nodes", body = {start = 2, stop = 1}}
    """
}

/// One cell of the matrix, tried.
private struct Trial {
  let name: String
  let cell: WaysAndOutcomesTests.Cell
  let circumstance: WayOfLogin.Circumstance
  let options: String
  let act: String
  /// The server does not even look at the credentials.
  let isRefusedByKey: Bool

  init(
    _ name: String, _ cell: WaysAndOutcomesTests.Cell, _ circumstance: WayOfLogin.Circumstance = .right,
    options: String, act: String = "", isRefusedByKey: Bool = false
  ) {
    (self.name, self.cell, self.circumstance) = (name, cell, circumstance)
    (self.options, self.act, self.isRefusedByKey) = (options, act, isRefusedByKey)
  }

  func check(_ range: LoginRange) throws {
    guard let printed else { return }
    let place = Comment(rawValue: "\(range.way.rawValue), \(name)")
    range.reset()
    let before = range.sandbox.stats
    let token = range.way == .givenToken ? try range.makeToken(circumstance) : nil
    let outcome = try range.run(circumstance, options, then: act, token: token)
    let after = range.sandbox.stats
    #expect(outcome == (.exited(0), printed + "\n", ""), place)
    range.reset()
    if let token {
      #expect(after.logouts == before.logouts, "a token from elsewhere is not ours to log out")
      try range.giveUp(token)
    }
    #expect(range.sandbox.stats.liveSessions == 0, place)
    let request = range.way.loginRequest
    let sent = after.requestsByPath[request, default: 0] - before.requestsByPath[request, default: 0]
    #expect(sent == logins(range.way), "\(place): \(request)")
    #expect(after.refusedLogins - before.refusedLogins == refusals(range.way), place)
  }

  private var printed: String? {
    switch cell {
    case .ok, .again: "ok"
    case .code(let code): code
    case .never: nil
    }
  }

  /// How often the server gets to see the credentials: once, and once more only to replace a session that ended.
  private func logins(_ way: WayOfLogin) -> Int {
    if way.isAuthenticatedInFront, circumstance == .wrongSecret { return 0 }
    return cell == .again ? 2 : 1
  }

  private func refusals(_ way: WayOfLogin) -> Int {
    guard cell == .code("denied.credentials"), !isRefusedByKey else { return 0 }
    return way.isAuthenticatedInFront && circumstance == .wrongSecret ? 0 : 1
  }
}
