import MFWS

extension WebService {
  /// The answer of a resource to a verb.
  mutating func answer(_ resource: Resource?, _ visit: Visit) throws(Refusal) -> WebResponse {
    guard let resource else { throw Refusal.notFound }
    if rules.site.mode == .stopped, !resource.needsNoServer { return try answerStopped(resource, visit) }
    switch (resource, visit.request.method) {
    case (.session, "GET"): return sessionInfo(try caller(visit))
    case (.session, "PUT"): return try logIn(visit)
    case (.session, "DELETE"): return try logOut(visit)
    case (.sessionToken, "GET"): return sessionToken(try caller(visit))
    case (.sessionUserID, "GET"): return .value(.integer(accounts[try caller(visit).account].userID))
    case (.sessionVault, "GET"): return try attachedVault(visit)
    case (.sessionVault, "PUT"): return try enterVault(visit)
    case (.sessionVaults, "GET"): return .json(vaultList(try caller(visit)))
    case (.serverTokens, "POST"): return try makeToken(visit)
    case (.serverVaults, "GET"): return .json(.array(vaults.map(publicVault)))
    case (.serverStatus, "GET"): return .json(["Successful": true, "Message": ""])
    case (.serverPublicKey, "GET"): return .json(["Exponent": "AQAB", "Modulus": .string(publicModulus)])
    case (.serverCapabilities, "GET"): return .json(.raw(Capabilities.encoded))
    case (.serverProtocols, "GET"): return protocols(visit)
    default: throw Refusal.wrongVerb
    }
  }

  // MARK: The session

  private mutating func sessionInfo(_ caller: Caller) -> WebResponse {
    .json(infos.encoded(accounts[caller.account], number: caller.account, caller))
  }

  /// `PUT /session`. The vault in the login is checked before the session comes to be.
  private mutating func logIn(_ visit: Visit) throws(Refusal) -> WebResponse {
    if visit.hasHeaderLogin { throw Refusal.unmodifiable.at(try caller(visit)) }
    let body = try AuthenticationBody(RequestFields(visit.request.body))
    guard let account = accounts.number(accepting: body.login) else { throw refusedLogin() }
    let vault = try body.vault.map { (vault) throws(Refusal) in
      try permitted(vault, to: account, isLoggedToApplication: false)
    }
    if let expires = body.expires, expires <= visit.now { throw Refusal.login }
    try checkLicense(of: account, now: visit.now, replacing: store.session(cookie: visit.cookie))
    let id = try store.open(
      Session(
        account: account, node: visit.node, sessionID: body.sessionID, expires: body.expires,
        isReadOnly: body.isReadOnly, needsLicense: needsLicense(account), vault: vault?.guid,
        cookie: visit.cookie), now: visit.now)
    store.prove(id, now: visit.now)
    let caller = Caller(
      account: account, session: id, way: .cookie, isReadOnly: body.isReadOnly, vault: vault)
    return .json(vaultList(caller))
  }

  private mutating func logOut(_ visit: Visit) throws(Refusal) -> WebResponse {
    let caller = try caller(visit)
    guard store[caller.session]?.sessionID != nil else { throw Refusal.unmodifiable.at(caller) }
    store.logOut(caller.session)
    return rules.answersLogoutWithNoContent ? .noContent : .value(true)
  }

  private mutating func sessionToken(_ caller: Caller) -> WebResponse {
    .value(.string(store.token(for: caller.session, vault: caller.vault?.guid)))
  }

  // MARK: Vaults

  private mutating func attachedVault(_ visit: Visit) throws(Refusal) -> WebResponse {
    let caller = try caller(visit)
    guard let vault = caller.vault else { throw Refusal.vault(isLoggedToApplication: true) }
    return .json(description(vault, for: caller))
  }

  private mutating func enterVault(_ visit: Visit) throws(Refusal) -> WebResponse {
    let caller = try caller(visit)
    guard caller.way == .cookie else { throw Refusal.unmodifiable.at(caller) }
    let vault = try chosenVault(RequestFields(visit.request.body), caller)
    store.enter(vault.guid, by: caller.session)
    return .json(description(vault, for: caller))
  }

  /// The vault that a Vault structure means to this caller. The GUID wins over the name.
  private func chosenVault(_ body: RequestFields, _ caller: Caller) throws(Refusal) -> VaultSeed {
    if let text = try body.text("GUID"), !text.isEmpty {
      return try permitted(GUID(text), to: caller.account, isLoggedToApplication: true)
    }
    guard let name = try body.text("Name"), !name.isEmpty else {
      throw Refusal.invalid("The vault has neither GUID nor Name.")
    }
    let matches = accounts[caller.account].vaults.filter { $0.name == name }
    if matches.count > 1 { throw Refusal.ambiguousVault }
    return try permitted(matches.first?.guid, to: caller.account, isLoggedToApplication: true)
  }

  private mutating func vaultList(_ caller: Caller) -> JSONText {
    .array(accounts[caller.account].vaults.map { description($0, for: caller) })
  }

  private mutating func description(_ vault: VaultSeed, for caller: Caller) -> JSONText {
    [
      "Name": .string(vault.name), "GUID": .string(vault.guid.description),
      "Authentication": .string(store.token(for: caller.session, vault: vault.guid)),
      "DNSNames": [.string(address)],
    ]
  }

  private func publicVault(_ vault: VaultSeed) -> JSONText {
    ["Name": .string(vault.name), "GUID": .string(vault.guid.description), "DNSNames": [.string(address)]]
  }

  // MARK: The server

  /// `POST /server/authenticationtokens`. Wrong credentials get a token too; its first use tells.
  private mutating func makeToken(_ visit: Visit) throws(Refusal) -> WebResponse {
    let body = try AuthenticationBody(RequestFields(visit.request.body))
    let account = accounts.number(accepting: body.login)
    let session = Session(
      account: account, node: visit.node, sessionID: body.sessionID, expires: body.expires,
      isReadOnly: body.isReadOnly, needsLicense: account.map(needsLicense) ?? false)
    let id = try store.open(session, now: visit.now)
    return .value(.string(store.token(for: id, requested: body.vault)))
  }

  /// The ways to log in, with those of one vault when the query names it.
  private func protocols(_ visit: Visit) -> WebResponse {
    let vault = visit.request.parameter("vault").flatMap { GUID($0) }
    let offered = (Plugin.builtIn + plugins).filter { $0.isOffered(for: vault) }
    return .json(.array(offered.map(\.description)))
  }

  /// The web service runs, M-Files Server does not.
  private func answerStopped(_ resource: Resource, _ visit: Visit) throws(Refusal) -> WebResponse {
    guard resource == .serverStatus, visit.request.method == "GET" else { throw Refusal.serverDown }
    return .json(["Successful": false, "Message": .string(Refusal.serverDown.message)], status: 503)
  }
}

extension WebService.Visit {
  /// Whether the login stands in this request itself and not in a cookie.
  fileprivate var hasHeaderLogin: Bool {
    login != nil || request.credential("X-Authentication", or: "auth") != nil || request.bearer != nil
  }
}
