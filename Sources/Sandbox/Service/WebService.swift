import MFWS

/// What the service makes of a request.
enum Reply: Sendable {
  case answer(WebResponse)
  /// Ask this first, then come again with the request and its `identity`.
  case ask(IdentityQuestion)
}

/// The web service itself: requests in, responses out, no socket and no clock.
struct WebService: Sendable {
  /// What the configuration says about answers.
  struct Rules: Sendable {
    var site = Site()
    var nodes = 1
    var uniformRefusals = false
    var answersLogoutWithNoContent = false
    var sendsIISHeaders = false
    /// Seconds that the `Date` field is ahead of the time.
    var clockSkew = 0.0
    /// How many sessions with a concurrent licence there may be; nil: any number.
    var licenses: Int?
    /// How many accounts are generated besides the seed's.
    var accounts = 0
    /// Seconds that every answer takes longer.
    var latency = 0.0
    /// Requests a second beyond which they are refused; nil: any number.
    var rate: Int?
    /// By which a web server in front proves that it may say who somebody is.
    var proxySecret: Password?
    var presharedKey: Password?
    var faults: [Fault] = []
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
  private static let pathLimit = 1000

  let vaults: [VaultSeed]
  let accounts: AccountDirectory
  let plugins: [Plugin]
  let rules: Rules
  /// The address that vaults are said to be found at.
  let address: String
  let publicModulus = Opaque.modulus()
  var store = SessionStore()
  var nodes: Nodes
  var faults: FaultSchedule
  var plainSessions: [PlainKey: Int] = [:]
  var infos = SessionInfoCache()
  var knownBearers = KnownBearers()
  var refusedLogins = 0
  /// Connections that the web server accepted.
  var connections = 0
  /// TLS connections that brought a request.
  var handshakes = 0
  private let presharedKey: Password?
  private var rateLimit: RateLimit?
  private var requests = 0
  /// The field that all responses of one second have.
  private var date = (second: -Double.infinity, text: "")
  private var requestsByPath: [String: Int] = [:]

  init(seed: SandboxSeed, rules: Rules = Rules(), address: String = "http://127.0.0.1") {
    vaults = seed.vaults
    accounts = AccountDirectory(
      seed.accounts, generated: GeneratedAccounts(count: rules.accounts, vaults: Array(seed.vaults.prefix(1)))
    )
    plugins = seed.plugins
    presharedKey = rules.presharedKey ?? seed.presharedKey
    self.rules = rules
    self.address = address
    nodes = Nodes(rules.nodes)
    faults = FaultSchedule(rules.faults)
    rateLimit = rules.rate.map { RateLimit(perSecond: $0) }
  }

  /// What to do about a request that arrived at `now`, in seconds since 1970.
  mutating func handle(_ request: WebRequest, now: Double) -> Reply {
    if let question = question(request, now: now) { return .ask(question) }
    requests += 1
    let response = control(request, now: now) ?? faultyAnswer(to: request, now: now)
    return .answer(finished(response, now: now))
  }

  /// What has happened so far.
  mutating func stats(now: Double) -> SandboxStats {
    var stats = SandboxStats()
    (stats.liveSessions, stats.liveLicenses) = store.live(at: now)
    (stats.highestLiveSessions, stats.highestLiveLicenses) = (store.highestLive, store.highestLicenses)
    stats.logins = store.logins
    stats.logouts = store.logouts
    stats.refusedLogins = refusedLogins
    stats.requests = requests
    stats.requestsByPath = requestsByPath
    stats.connections = connections
    stats.handshakes = handshakes
    return stats
  }

  /// Whether the request bears the pre-shared key, if one is needed.
  func isPresharedKeyRight(_ request: WebRequest) -> Bool {
    guard let presharedKey else { return true }
    return request.header("X-PresharedKey").map { presharedKey.matches(Password($0)) } ?? false
  }

  /// The answer, or what a fault makes of it.
  private mutating func faultyAnswer(to sent: WebRequest, now: Double) -> WebResponse {
    var request = sent
    request.path = rules.site.inner(sent.path)
    let target = Target(&request, unwrapsVerb: rules.site.verbs != .plainOnly)
    count("\(request.method) \(target.path)")
    if let seconds = rateLimit?.excess(at: now) {
      return .tooManyRequests(retryAfter: seconds).delayed(rules.latency)
    }
    let (delay, kind) = faults.next(method: request.method, path: target.path)
    if kind == .loseCookie { request.headers.removeAll { $0.name.equalsIgnoringCase("Cookie") } }
    if kind == .expire { expireSession(of: request) }
    var response =
      kind?.answer(to: request, resource: target.path, now: now) ?? rules.site.page(for: sent)
      ?? answer(to: request, at: target, now: now)
    if kind == .loseCookie { response.headers.removeAll { $0.name == "Set-Cookie" } }
    if let kind, response.delivery == .whole { response.delivery = kind.delivery }
    return response.delayed(delay + rules.latency)
  }

  /// The honest answer.
  private mutating func answer(to request: WebRequest, at target: Target, now: Double) -> WebResponse {
    var cookies: [WebRequest.Field] = []
    guard let node = node(of: request, &cookies) else { return .badGateway }
    if request.isForSSO {
      var response = singleSignOn(request, node: node, now: now)
      response.headers += cookies
      return response
    }
    let visit = visit(request, node: node, now: now, &cookies)
    var response: WebResponse
    do throws(Refusal) {
      guard isPresharedKeyRight(request) else { throw Refusal.presharedKey }
      response = try answer(Resource(path: target.path), visit)
    } catch {
      response = report(error, to: visit).response(to: request, resource: target.path)
    }
    response.headers += cookies
    return response
  }

  /// What every response of the web server has.
  private mutating func finished(_ response: WebResponse, now: Double) -> WebResponse {
    let second = (now + rules.clockSkew).rounded(.down)
    if second != date.second { date = (second, HTTPDate.text(second)) }
    var response = response.adding("Date", date.text)
    if rules.sendsIISHeaders {
      response = response.adding("Server", "Microsoft-IIS/10.0").adding("X-Powered-By", "ASP.NET")
    }
    return response
  }

  private mutating func count(_ name: String) {
    let name = name.utf8.count > 200 ? String(name.prefix(200)) : name
    if let known = requestsByPath.index(forKey: name) {
      requestsByPath.values[known] += 1
    } else {
      requestsByPath[requestsByPath.count < Self.pathLimit ? name : "other", default: 0] += 1
    }
  }

  /// What is refused for another reason than the login still says how far the caller is logged in.
  private mutating func report(_ refusal: Refusal, to visit: Visit) -> Refusal {
    guard refusal.status != 403, refusal.status != 503, let caller = try? caller(visit) else {
      return refusal
    }
    return refusal.at(caller)
  }

  private mutating func visit(
    _ request: WebRequest, node: Int, now: Double, _ cookies: inout [WebRequest.Field]
  ) -> Visit {
    let sent = request.sessionCookie
    let cookie = sent ?? Opaque.cookie()
    if sent == nil {
      cookies.append(("Set-Cookie", "ASP.NET_SessionId=\(cookie); path=/; HttpOnly; SameSite=Lax"))
    }
    return Visit(request: request, now: now, node: node, cookie: cookie, login: request.login)
  }

  /// The node named by the client's cookie, else the next in turn, which the client then sticks to. Nil: none runs.
  private mutating func node(of request: WebRequest, _ cookies: inout [WebRequest.Field]) -> Int? {
    guard rules.nodes > 1 else { return nodes.node(cookie: nil) }
    let named = request.cookie("mfilesmsm")
    guard let node = nodes.node(cookie: named) else { return nil }
    if named != "node\(node + 1)" {
      cookies.append(("Set-Cookie", "mfilesmsm=node\(node + 1); path=/; HttpOnly; SameSite=Lax"))
    }
    return node
  }

  /// Ends the session that the request's token or cookie belongs to, as time would.
  private mutating func expireSession(of request: WebRequest) {
    if let token = request.credential("X-Authentication", or: "auth") {
      if let ticket = store.ticket(token) { store.expire(ticket.session) }
    } else if let cookie = request.sessionCookie, let id = store.session(cookie: cookie) {
      store.expire(id)
    }
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
  /// The cookie of the session, if it can be one.
  fileprivate var sessionCookie: String? {
    cookie("ASP.NET_SessionId").flatMap { $0.isSessionName ? $0 : nil }
  }

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
    return Refusal.tooLarge.response(to: request, resource: target.path)
  }
}
