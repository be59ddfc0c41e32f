import Sandbox
import TestSupport
import Testing

/// Every fault of the sandbox, crossed with the four operations of a session, by cookie and by token.
struct FaultsAndOperationsTests {
  /// What one fault makes of each operation: `ok`, `again` (as `ok`, after one login more), or the error's code.
  typealias Row = (fault: String, login: String, info: String, vaults: String, logout: String)

  private static func everywhere(_ code: String, _ faults: String...) -> [Row] {
    faults.map { ($0, code, code, code, code) }
  }

  private static let notFound = "request.not_found"
  private static let unreadable = "server.bad_response"
  private static let refused = "denied.credentials"
  private static let forbidden = "denied.operation"
  private static let foreign = "session.wrong_node"
  private static let unowned = "session.not_owned"
  private static let busy = "server.busy"

  /// The whole matrix, by cookie. Faults without `count` strike as often as the operation is tried.
  // swift-format-ignore
  static let matrix: [Row] =
    everywhere("network.timeout", "delay=30", "stall=nothing", "stall=head")
    + everywhere("network.reset", "reset", "reset_midway", "truncate")
    + everywhere("server.not_mfws", "html=Sign in", "empty", "garbage", "status=400,page=Down",
      "status=404,page=Down", "status=409,page=Down", "status=500,page=Down")
    + everywhere(busy, "status=502", "status=503", "status=502,page=Down", "status=503,page=Down",
      "retry_after=30")
    + everywhere("request.invalid", "status=400") + everywhere("request.conflict", "status=409")
    + everywhere("server.failed", "status=500") + everywhere("server.too_large", "huge=80000000")
    + everywhere(unreadable, "bad_json") + everywhere(foreign, "wrong_node")
    + [
      // A server without the one login is asked for the other.
      ("status=404",            "request.invalid", notFound, notFound,  notFound),
      ("wrong_node,count=1",    foreign,           "again",   "again",   foreign),
      // Nothing that a login could expire.
      ("expire",                "ok",              forbidden, forbidden, "ok"),
      ("expire,count=1",        "ok",              "again",   "again",   "ok"),
      ("lose_cookie",           "ok",              forbidden, forbidden, unowned),
      ("lose_cookie,count=1",   "ok",              "again",   "again",   "ok"),
      ("retry_after=1,count=1", busy,              "ok",      "ok",      "ok"),
      ("control",               refused,           forbidden, forbidden, unowned),
      ("control,count=1",       refused,           "again",   "again",   "ok"),
    ]

  /// Where tokens differ: they need no cookie, and a new one is proved by requests that meet the fault too.
  // swift-format-ignore
  static let differencesOfTokens: [Row] = [
    ("expire",              "ok",    refused, "session.expired", "ok"),
    ("lose_cookie",         "ok",    "ok",    "ok",              "ok"),
    ("lose_cookie,count=1", "ok",    "ok",    "ok",              "ok"),
    ("control",             refused, refused, "session.expired", unowned),
  ]

  /// Where a session stays until it expires: no answer and no cookie came to log it out by, or the server goes on
  /// refusing the logout.
  static let leftovers: [WayOfLogin: Set<String>] = [
    .session: [
      "delay=30 login", "lose_cookie login", "lose_cookie,count=1 login", "lose_cookie logout",
      "control logout",
    ],
    .token: ["control logout"],
  ]

  @Test(.serialized, arguments: [WayOfLogin.session, .token]) func everyCell(_ way: WayOfLogin) async throws {
    try await aside { try Self.check(way) }
  }

  private static func check(_ way: WayOfLogin) throws {
    let rows = Self.matrix.map { row in
      way == .token ? Self.differencesOfTokens.first { $0.fault == row.fault } ?? row : row
    }
    // A server that answers gets the time that a busy machine needs.
    try check(way, rows.filter { $0.login == "network.timeout" }, limit: "2")
    try check(way, rows.filter { $0.login != "network.timeout" }, limit: "30")
  }

  private static func check(_ way: WayOfLogin, _ rows: [Row], limit: String) throws {
    let leftovers = Self.leftovers[way, default: []]
    var shell = try Shell()
    shell.environment["LEFTOVERS"] = leftovers.joined(separator: "\n")
    let script = try shell.home.write("faults.lua", FaultScript.text)
    let result = try shell.run(["--max-time", limit, script, way.rawValue] + rows.map(\.fault))
    #expect(result.status == .exited(0) && result.error == "")
    let lines = result.output.split(separator: "\n").map(String.init)
    let cells = rows.flatMap { row in
      [("login", row.login), ("info", row.info), ("vaults", row.vaults), ("logout", row.logout)].map {
        (place: "\(row.fault) \($0.0)", code: $0.1)
      }
    }
    #expect(lines.count == cells.count)
    for (line, cell) in zip(lines, cells) {
      #expect(line == "\(cell.place): \(cell.code)\(leftovers.contains(cell.place) ? " left" : "")")
    }
  }

  @Test func everyKindOfFaultIsThere() throws {
    let kinds = try Set(Self.matrix.map { try Fault($0.fault).kind.name })
    #expect(kinds.count == 16)
  }

  /// A logout that failed is tried again at the end of the program.
  @Test(arguments: ["status=503,count=3", "garbage,count=1", "bad_json,count=1"])
  func theEndOfTheProgramTriesAgain(_ fault: String) throws {
    let sandbox = try SandboxServer()
    sandbox.setFaults([try Fault("\(fault),path=/session,exact=true,method=DELETE")])
    var shell = try Shell(server: sandbox.url)
    shell.environment = ["MFILES_USER": "editor", "MFILES_PASS": "demo"]
    let result = try shell.run("session.login() print((pcall(session.logout)), session.current().state)")
    #expect(result == (.exited(0), "false\topen\n", ""))
    #expect(sandbox.stats.liveSessions == 0)
  }
}

extension Fault.Kind {
  /// The word for it, without its value.
  fileprivate var name: Substring { "\(self)".prefix { $0 != "(" } }
}
