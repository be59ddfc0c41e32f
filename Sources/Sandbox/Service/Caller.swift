import MFWS

/// Who makes a request, after the login and the vault of the request were checked.
struct Caller {
  /// How the login came.
  enum Way { case cookie, token, plain }

  let account: Int
  let session: Int
  let way: Way
  let isReadOnly: Bool
  var vault: VaultSeed?
}

extension WebService {
  /// Finds out who makes the request. A token goes before plain credentials, these before a
  /// bearer, and this before a cookie.
  mutating func caller(_ visit: Visit) throws(Refusal) -> Caller {
    if let token = visit.request.credential("X-Authentication", or: "auth") {
      return try caller(token: token, visit)
    }
    if let login = visit.login { return try caller(login: login, visit) }
    if let bearer = visit.request.bearer { return try caller(bearer: bearer, visit) }
    return try caller(cookie: visit.cookie, visit)
  }

  private mutating func caller(token: String, _ visit: Visit) throws(Refusal) -> Caller {
    guard let ticket = store.ticket(token), let session = store[ticket.session] else { throw Refusal.login }
    guard session.node == visit.node else { throw Refusal.foreignToken }
    guard let account = session.account else { throw refusedLogin() }
    guard !session.isOver(at: visit.now) else { throw Refusal.login }
    let way: Caller.Way = session.isCounted ? .token : .plain
    var caller = Caller(account: account, session: ticket.session, way: way, isReadOnly: session.isReadOnly)
    if let vault = ticket.vault {
      caller.vault = try permitted(vault, to: account, isLoggedToApplication: false)
    } else {
      caller.vault = try requestedVault(visit, of: account, isLoggedToApplication: true)
    }
    try prove(ticket.session, now: visit.now)
    return caller
  }

  private mutating func caller(login: Login, _ visit: Visit) throws(Refusal) -> Caller {
    guard let account = accounts.number(accepting: login) else { throw refusedLogin() }
    let vault = try requestedVault(visit, of: account, isLoggedToApplication: false)
    let session = try plainSession(of: account, visit)
    return Caller(account: account, session: session, way: .plain, isReadOnly: false, vault: vault)
  }

  private mutating func caller(cookie: String, _ visit: Visit) throws(Refusal) -> Caller {
    guard let id = store.session(cookie: cookie), let session = store[id], session.node == visit.node,
      !session.isOver(at: visit.now), let account = session.account
    else { throw Refusal.login }
    var caller = Caller(account: account, session: id, way: .cookie, isReadOnly: session.isReadOnly)
    caller.vault =
      try requestedVault(visit, of: account, isLoggedToApplication: true)
      ?? session.vault.flatMap { accounts[account].vault($0) }
    return caller
  }

  /// The vault that this one request names; nil when it names none.
  func requestedVault(
    _ visit: Visit, of account: Int, isLoggedToApplication: Bool
  ) throws(Refusal) -> VaultSeed? {
    guard let text = visit.request.namedVault else { return nil }
    return try permitted(GUID(text), to: account, isLoggedToApplication: isLoggedToApplication)
  }

  /// The vault, if the account may enter it.
  func permitted(
    _ vault: GUID?, to account: Int, isLoggedToApplication: Bool
  ) throws(Refusal) -> VaultSeed {
    guard let vault, let found = accounts[account].vault(vault) else {
      throw Refusal.vault(isLoggedToApplication: isLoggedToApplication && !rules.uniformRefusals)
    }
    return found
  }

  /// The record under which callers with plain headers or a bearer get their vault-level tokens. It is no session.
  mutating func plainSession(of account: Int, _ visit: Visit) throws(Refusal) -> Int {
    let key = PlainKey(account: account, node: visit.node)
    if let known = plainSessions[key], store[known] != nil { return known }
    let session = Session(
      account: account, node: visit.node, sessionID: nil, expires: nil, isReadOnly: false, isCounted: false)
    let id = try store.open(session, now: visit.now)
    plainSessions[key] = id
    return id
  }
}

extension WebRequest {
  /// The vault that a header or the query names.
  var namedVault: String? {
    let active = header("X-Active-Vault").flatMap { $0.isEmpty ? nil : $0 }
    return active ?? credential("X-Vault", or: "vault")
  }
}
