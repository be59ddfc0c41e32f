public import FoundationEssentials
public import HTTP

/// One login at a server, with cookies of its own (protocol: "The session hierarchy").
///
/// Made by `Session.open` or, with a scope that logs out by itself, `withSession`. When the last reference goes, a
/// session that is still open is logged out in the background.
public actor Session {
  /// Who is logged in.
  public nonisolated let user: String
  /// The address in front of `/REST`.
  public nonisolated let url: String
  /// How the session was made.
  public nonisolated let way: Login.Way
  /// When the server ends it by itself.
  public nonisolated let expires: Date

  let client: WebServiceClient
  let cookies: CookieJar
  let isReadOnly: Bool
  /// The application-level token of `way` token.
  private let token: Secret?
  private let sessions: OpenSessions
  private nonisolated let number: UInt64
  private nonisolated let isOpenFlag = Locked(true)
  private struct Entered: Sendable {
    let guid: GUID
    let name: String
    let amongSeveral: Bool
  }
  private nonisolated let enteredVaultState = Locked<Entered?>(nil)
  private nonisolated var entered: Entered? {
    get { enteredVaultState.withLock { $0 } }
    set { enteredVaultState.withLock { $0 = newValue } }
  }

  init(
    _ login: Login, _ opened: OpenedLogin, client: WebServiceClient, isReadOnly: Bool, sessions: OpenSessions
  ) {
    user = login.user
    url = client.url.description
    way = login.way
    expires = opened.expires
    self.client = client
    self.isReadOnly = isReadOnly
    self.sessions = sessions
    cookies = opened.cookies
    token = opened.token
    let logout = Self.logoutRequest(token: opened.token)
    number = sessions.add(
      LogoutTicket(request: client.httpRequest(logout), cookies: opened.cookies, http: client.http))
  }

  deinit { if isOpenFlag.withLock({ $0 }) { sessions.close(number) } }

  /// Whether the session has not been logged out by us.
  public nonisolated var isOpen: Bool { isOpenFlag.withLock { $0 } }

  /// The vault that was entered.
  public nonisolated var enteredVault: GUID? { enteredVaultState.withLock { $0?.guid } }
  /// The name of the vault that was entered.
  public nonisolated var enteredVaultName: String? { enteredVaultState.withLock { $0?.name } }

  // MARK: resources

  /// Who is logged in and what the account may do.
  public func info() async throws(MFWSError) -> SessionInfo {
    try Decoding.value(await answer("GET", "/session", .object), of: "GET /session")
  }

  /// The vaults that the account may enter.
  public func vaults() async throws(MFWSError) -> [Vault] {
    try Decoding.value(await answer("GET", "/session/vaults", .array), of: "GET /session/vaults")
  }

  /// The vault that was entered. Throws `denied.operation` when none was.
  public func vault() async throws(MFWSError) -> Vault {
    try Decoding.value(await answer("GET", "/session/vault", .object), of: "GET /session/vault")
  }

  /// The user's ID.
  public func userID() async throws(MFWSError) -> Int64 {
    let request = "GET /session/userid"
    let value: JSONValue = try Decoding.value(await answer("GET", "/session/userid", .object), of: request)
    if let number = value["Value"]?.integer { return number }
    throw Self.unexpected(request, "no user ID")
  }

  /// A token for the session: a secret.
  public func authenticationToken() async throws(MFWSError) -> Secret {
    let request = "GET /session/authenticationtoken"
    let value: JSONValue = try Decoding.value(
      await answer("GET", "/session/authenticationtoken", .object), of: request)
    if let text = value["Value"]?.string { return Secret(text) }
    throw Self.unexpected(request, "no token")
  }

  private static func unexpected(_ request: String, _ what: String) -> MFWSError {
    var error = MFWSError(.serverBadResponse, "\(request) answered with \(what)")
    error.request = request
    return error
  }

  /// Any other resource.
  ///
  /// - Parameters:
  ///   - method: `GET`, `POST`, `PUT` or `DELETE`; the latter two travel as POST with `_method`.
  ///   - path: below `/REST`, with or without a slash in front.
  ///   - query: names and values, not encoded.
  ///   - headers: fields besides those of the login.
  ///   - body: JSON text.
  /// - Returns: the response of any 2xx status.
  public func request(
    _ method: String, _ path: String, query: [(name: String, value: String)] = [],
    headers: [HTTPRequest.Field] = [], body: Secret? = nil
  ) async throws(MFWSError) -> HTTPResponse {
    var request = ResourceRequest(method.uppercased(), path.hasPrefix("/") ? path : "/" + path)
    request.query = query
    request.headers = headers
    request.body = body
    try RequestGuard.check(request, isReadOnly: isReadOnly)
    return try await send(request, step: .proved)
  }

  /// The JSON text of a resource.
  package nonisolated func answer(
    _ method: String, _ path: String, _ shape: ResourceRequest.Shape
  ) async throws(MFWSError)
    -> [UInt8]
  {
    try await send(ResourceRequest(method, path, answer: shape), step: .proved).body
  }

  nonisolated func send(_ request: ResourceRequest, step: Step) async throws(MFWSError) -> HTTPResponse {
    guard isOpen else { throw MFWSError(.sessionNone, "this session was logged out: log in again") }
    var request = request
    request.headers += credentials
    return try await client.send(request, cookies: cookies, step: step)
  }

  private nonisolated var credentials: [HTTPRequest.Field] {
    var fields: [HTTPRequest.Field] = []
    if let token {
      fields.append(.init("X-Authentication", token))
      if let entered { fields.append(.init("X-Vault", entered.guid.description)) }
    } else if let entered, entered.amongSeveral {
      fields.append(.init("X-Active-Vault", entered.guid.bare))
    }
    return fields
  }

  // MARK: the vault

  /// Enters a vault.
  ///
  /// - Parameter vault: a GUID in any spelling, or a name.
  /// - Returns: the vault entered.
  /// - Throws: `denied.vault`; `request.conflict` when several vaults have the name, with their GUIDs. The vault entered
  ///   before stays.
  public func use(_ vault: String) async throws(MFWSError) -> Vault {
    try Decoding.value(await enter(vault), of: "PUT /session/vault")
  }

  /// The JSON text of the vault entered.
  package func enter(_ vault: String, among list: [Vault]? = nil) async throws(MFWSError) -> [UInt8] {
    let list = if let list { list } else { try await vaults() }
    let guid = try Self.find(vault, in: list)
    let step = Step.vault(user: user, vault: vault)
    guard token != nil else {
      return try await enterBySession(vault, guid, list, step)
    }
    guard let guid else { throw Self.unknownVault(vault, user) }
    let before = entered
    entered = Entered(
      guid: guid, name: list.first { $0.guid == guid }?.name ?? vault, amongSeveral: list.count > 1)
    do {
      return try await send(ResourceRequest("GET", "/session/vault", answer: .object), step: step).body
    } catch {
      entered = before
      throw error
    }
  }

  private func enterBySession(
    _ vault: String, _ guid: GUID?, _ list: [Vault], _ step: Step
  ) async throws(MFWSError)
    -> [UInt8]
  {
    var request = ResourceRequest("PUT", "/session/vault", answer: .object)
    let key = guid == nil ? "Name" : "GUID"
    request.body = Secret(
      bytes: JSONWriter.object([(key, .string(guid?.description ?? vault))]))
    let text = try await send(request, step: step).body
    let vault: Vault = try Decoding.value(text, of: request.name)
    entered = Entered(guid: vault.guid, name: vault.name, amongSeveral: list.count > 1)
    return text
  }

  /// nil: no listed vault has the name; the server decides what that means.
  private static func find(_ vault: String, in list: [Vault]) throws(MFWSError) -> GUID? {
    if let guid = GUID(vault) { return guid }
    let found = list.filter { $0.name == vault }
    guard found.count > 1 else { return found.first?.guid }
    let guids = found.map { $0.guid.description }.joined(separator: ", ")
    throw MFWSError(.requestConflict, "\(found.count) vaults are called \"\(vault)\": use a GUID (\(guids))")
  }

  /// A token carries a vault's GUID only, and a name that is not listed has none.
  private static func unknownVault(_ vault: String, _ user: String) -> MFWSError {
    var error = ErrorClassifier.error(
      for: HTTPResponse(status: 403), to: "GET /session/vaults", step: .vault(user: user, vault: vault))
    error.status = nil
    return error
  }

  // MARK: logout

  /// Logs out. Also runs to its end in a task that was cancelled.
  ///
  /// - Returns: false when the session was logged out before.
  /// - Throws: `session.not_owned` when the server does not let us; after any other error the session is still open, and a
  ///   later logout, the deinit or the program's end tries again. A session that had expired counts as logged out.
  @discardableResult
  public func logout() async throws(MFWSError) -> Bool {
    guard isOpenFlag.withLock({ $0.take() }) else { return false }
    let result = await Task(executorPreference: client.http.loop) { [client, cookies, token] in
      await Self.sendLogout(client, cookies, token)
    }.value
    if case .failure(let error) = result, error.code != .sessionNotOwned {
      isOpenFlag.withLock { $0 = true }
      throw error
    }
    sessions.remove(number)
    try result.get()
    return true
  }

  /// Logs out in the background, where nobody can wait.
  public nonisolated func close() {
    if isOpenFlag.withLock({ $0.take() }) { sessions.close(number) }
  }

  private static func logoutRequest(token: Secret?) -> ResourceRequest {
    var request = ResourceRequest("DELETE", "/session")
    if let token { request.headers = [.init("X-Authentication", token)] }
    return request
  }

  static func sendLogout(
    _ client: WebServiceClient, _ cookies: CookieJar, _ token: Secret?
  ) async
    -> Result<Void, MFWSError>
  {
    do {
      _ = try await client.send(logoutRequest(token: token), cookies: cookies, step: .proved)
      return .success(())
    } catch  where error.code == .sessionExpired {
      return .success(())
    } catch  where error.code == .deniedOperation {
      var refused = error
      refused.code = .sessionNotOwned
      refused.message =
        "the server does not let this session be logged out from here: it will expire by itself"
      return .failure(refused)
    } catch {
      return .failure(error)
    }
  }
}

extension Bool {
  /// Gives the value and leaves false.
  fileprivate mutating func take() -> Bool {
    defer { self = false }
    return self
  }
}
