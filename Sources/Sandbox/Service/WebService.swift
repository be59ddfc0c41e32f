import MFWS

/// The web service itself: requests in, responses out, no socket and no clock.
struct WebService: Sendable {
  /// What the configuration says about answers.
  struct Rules: Sendable {
    var nodes = 1
    var blocksPutAndDelete = false
    var uniformRefusals = false
    var answersLogoutWithNoContent = false
  }
  struct PlainKey: Hashable, Sendable {
    let account: Int
    let node: Int
  }
  /// One request on its way through the service.
  struct Visit {
    let request: WebRequest
    let now: Double
    /// The web server that it reached, from 0.
    let node: Int
    /// The client's session cookie, or the one it is about to get.
    let cookie: String
    /// Credentials in headers or in the query.
    let login: Login?
  }

  /// The largest request body in bytes.
  static let bodyLimit = 1 << 20

  let vaults: [VaultSeed]
  let accounts: [Account]
  let rules: Rules
  /// The address that vaults are said to be found at.
  let address: String
  let publicModulus = Opaque.token()
  var store = SessionStore()
  var plainSessions: [PlainKey: Int] = [:]
  var infos = SessionInfoCache()
  private var requests = 0
  private var nextNode = 0

  init(seed: SandboxSeed, rules: Rules = Rules(), address: String = "http://127.0.0.1") {
    vaults = seed.vaults
    accounts = seed.accounts
    self.rules = rules
    self.address = address
  }

  /// The response to a request that arrived at `now`, in seconds since 1970.
  mutating func respond(to request: WebRequest, now: Double) -> WebResponse {
    requests += 1
    var request = request
    if rules.blocksPutAndDelete, ["PUT", "DELETE"].contains(request.method) { return .verbBlocked }
    let target = Target(&request)
    let resource = Resource(path: target.path)
    if resource == .sandboxStats { return statsResponse(now: now) }
    let (visit, cookies) = visit(request, now: now)
    var response: WebResponse
    do throws(Refusal) {
      response = try answer(resource, visit)
    } catch {
      response = report(error, to: visit).response(
        to: request, resource: target.path, reference: Opaque.reference())
    }
    response.headers += cookies
    return response
  }

  /// What has happened so far.
  mutating func stats(now: Double) -> SandboxStats {
    var stats = SandboxStats()
    stats.liveSessions = store.live(at: now)
    stats.logins = store.logins
    stats.logouts = store.logouts
    stats.requests = requests
    return stats
  }

  /// What is refused for another reason than the login still says how far the caller is logged in.
  private mutating func report(_ refusal: Refusal, to visit: Visit) -> Refusal {
    guard refusal.status != 403, let caller = try? caller(visit) else { return refusal }
    return refusal.at(caller)
  }

  private mutating func statsResponse(now: Double) -> WebResponse {
    let stats = stats(now: now)
    return .json([
      "live_sessions": .integer(Int64(stats.liveSessions)), "logins": .integer(Int64(stats.logins)),
      "logouts": .integer(Int64(stats.logouts)), "requests": .integer(Int64(stats.requests)),
    ])
  }

  private mutating func visit(_ request: WebRequest, now: Double) -> (Visit, cookies: [WebRequest.Field]) {
    var cookies: [WebRequest.Field] = []
    let node = node(of: request, &cookies)
    let sent = request.cookie("ASP.NET_SessionId").flatMap { $0.isSessionName ? $0 : nil }
    let cookie = sent ?? Opaque.cookie()
    if sent == nil {
      cookies.append(("Set-Cookie", "ASP.NET_SessionId=\(cookie); path=/; HttpOnly; SameSite=Lax"))
    }
    return (Visit(request: request, now: now, node: node, cookie: cookie, login: request.login), cookies)
  }

  /// The node named by the client's cookie, else the next in turn, which the client then sticks to.
  private mutating func node(of request: WebRequest, _ cookies: inout [WebRequest.Field]) -> Int {
    guard rules.nodes > 1 else { return 0 }
    if let name = request.cookie("mfilesmsm"), name.hasPrefix("node"), let number = Int(name.dropFirst(4)),
      (1...rules.nodes).contains(number)
    {
      return number - 1
    }
    let node = nextNode
    nextNode = (nextNode + 1) % rules.nodes
    cookies.append(("Set-Cookie", "mfilesmsm=node\(node + 1); path=/; HttpOnly; SameSite=Lax"))
    return node
  }
}

extension String {
  /// Whether this can be the name of an ASP.NET session.
  fileprivate var isSessionName: Bool {
    let (letters, digits) = (UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "5"))
    return utf8.count == 24 && utf8.allSatisfy { letters.contains($0) || digits.contains($0) }
  }
}

extension WebRequest {
  /// The credentials in headers or in the query; nil when there is no user name.
  fileprivate var login: Login? {
    guard let name = credential("X-Username", or: "username") else { return nil }
    return Login(
      name: name, password: Password(credential("X-Password", or: "password") ?? ""),
      domain: credential("X-Domain", or: "domain"),
      isWindows: credential("X-WindowsUser", or: "windowsuser")?.lowercased() == "true")
  }
}

extension WebService {
  /// The answer to a body beyond the limit. Nobody looks at who sent it.
  static func tooLarge(_ request: WebRequest) -> WebResponse {
    var request = request
    let target = Target(&request)
    return Refusal.tooLarge.response(to: request, resource: target.path, reference: Opaque.reference())
  }
}
