import MFWS

/// A login that outlives its request: made by `PUT /session`, or as a token.
struct Session: Sendable {
  /// The account's position in the seed; nil for a token made with wrong credentials.
  let account: Int?
  let node: Int
  /// The client's own name for the session, without which it cannot log out.
  let sessionID: String?
  /// Seconds since 1970 when it ends by itself; nil for never.
  var expires: Double?
  let isReadOnly: Bool
  /// Whether its account has a concurrent licence.
  var needsLicense = false
  /// Whether it counts as a session at all: plain headers have a record only for the tokens handed out.
  var isCounted = true
  /// Whether a login was proved. From `false` to `true` once, and back when its web server stops.
  var isProved = false
  /// The vault entered by cookie.
  var vault: GUID?
  /// The cookie that carries it; nil for a token's.
  var cookie: String?
  /// The tokens that name this session, by the vault they are for.
  var tokens: [GUID?: String] = [:]

  /// Whether it is one of those that hold a concurrent licence until they end.
  var takesLicense: Bool { isProved && needsLicense }

  func isOver(at now: Double) -> Bool { expires.map { $0 <= now } ?? false }
}

/// What a token stands for.
struct Ticket: Sendable {
  let session: Int
  /// The vault it is for. `.some(nil)`: for one that cannot exist.
  let vault: GUID??
}

/// The sessions that are open, found by cookie and by token.
struct SessionStore: Sendable {
  private(set) var sessions: [Int: Session] = [:]
  private(set) var logins = 0
  private(set) var logouts = 0
  /// The most sessions that were proved at a time, and of these the most with a concurrent licence.
  private(set) var (highestLive, highestLicenses) = (0, 0)
  private var (live, licenses) = (0, 0)
  /// No session ends by itself before this moment: spares looking at all of them.
  private var firstEnd = Double.infinity
  private var cookies: [String: Int] = [:]
  private var tickets: [String: Ticket] = [:]
  private var named: [Name: Set<Int>] = [:]
  private var lastID = 0
  private let limit: Int

  /// A SessionID is the client's own choice, so it counts together with the account only.
  private struct Name: Hashable, Sendable {
    let account: Int
    let sessionID: String

    init?(_ session: Session) {
      guard let account = session.account, let sessionID = session.sessionID else { return nil }
      (self.account, self.sessionID) = (account, sessionID)
    }
  }

  init(limit: Int = 100_000) { self.limit = limit }

  subscript(_ id: Int) -> Session? { sessions[id] }

  func session(cookie: String) -> Int? { cookies[cookie] }
  func ticket(_ token: String) -> Ticket? { tickets[token] }

  /// Opens a session. A cookie's earlier session ends as if it had logged out.
  mutating func open(_ session: Session, now: Double) throws(Refusal) -> Int {
    if let cookie = session.cookie, let earlier = cookies[cookie] { logOut(earlier) }
    if sessions.count >= limit { removeExpired(at: now) }
    guard sessions.count < limit else { throw Refusal.full }
    lastID += 1
    sessions[lastID] = session
    firstEnd = min(firstEnd, session.expires ?? .infinity)
    if let cookie = session.cookie {
      cookies[cookie] = lastID
      UsedSecrets.note(cookie, as: "cookie")
    }
    if let name = Name(session) { named[name, default: []].insert(lastID) }
    return lastID
  }

  /// A token for the session at application level or for a vault: the one handed out before, if any.
  mutating func token(for id: Int, vault: GUID?) -> String {
    if let token = sessions[id]?.tokens[vault] { return token }
    let token = Opaque.token()
    sessions[id]?.tokens[vault] = token
    tickets[token] = Ticket(session: id, vault: vault.map { .some($0) })
    return token
  }

  /// The token of a session just made, for a vault that nobody has looked at yet.
  mutating func token(for id: Int, requested vault: GUID??) -> String {
    let token = token(for: id, vault: vault ?? nil)
    tickets[token] = Ticket(session: id, vault: vault)
    return token
  }

  /// Notes that the login was proved; only the first time counts.
  mutating func prove(_ id: Int, now: Double) {
    guard let session = sessions[id], session.isCounted, !session.isProved else { return }
    removeExpired(at: now)
    sessions[id]?.isProved = true
    count(session, 1)
    logins += 1
    (highestLive, highestLicenses) = (max(highestLive, live), max(highestLicenses, licenses))
  }

  private mutating func count(_ session: Session, _ change: Int) {
    live += change
    if session.needsLicense { licenses += change }
  }

  mutating func enter(_ vault: GUID, by id: Int) { sessions[id]?.vault = vault }

  /// Ends the session, and every other that the account opened under the same SessionID.
  mutating func logOut(_ id: Int) {
    guard let session = sessions[id] else { return }
    for id in Name(session).flatMap({ named[$0] }) ?? [id] {
      if sessions[id]?.isProved == true { logouts += 1 }
      remove(id)
    }
  }

  /// The session ends as if its time had come.
  mutating func expire(_ id: Int) {
    sessions[id]?.expires = -.infinity
    firstEnd = -.infinity
  }

  /// A web server is gone: its cookie sessions with it, while its tokens live on as what others cannot decrypt.
  mutating func lose(node: Int) {
    for (id, session) in sessions where session.node == node {
      guard session.cookie == nil else {
        remove(id)
        continue
      }
      if session.isProved { count(session, -1) }
      sessions[id]?.isProved = false
    }
  }

  /// The sessions that are proved, and how many of them hold a concurrent licence.
  mutating func live(at now: Double) -> (sessions: Int, licenses: Int) {
    removeExpired(at: now)
    return (live, licenses)
  }

  private mutating func remove(_ id: Int) {
    guard let session = sessions.removeValue(forKey: id) else { return }
    if session.isProved { count(session, -1) }
    if let cookie = session.cookie { cookies[cookie] = nil }
    for token in session.tokens.values { tickets[token] = nil }
    guard let name = Name(session) else { return }
    named[name]?.remove(id)
    if named[name]?.isEmpty == true { named[name] = nil }
  }

  private mutating func removeExpired(at now: Double) {
    guard firstEnd <= now else { return }
    for (id, session) in sessions where session.isOver(at: now) { remove(id) }
    firstEnd = sessions.values.reduce(.infinity) { min($0, $1.expires ?? .infinity) }
  }
}
