public import FoundationEssentials
public import HTTP

/// One login at a server, with cookies of its own (protocol: "The session hierarchy").
///
/// Made by `Session.open` or, with a scope that logs out by itself, `withSession`. When the last reference goes, a
/// session that is still open is logged out in the background. A session that has ended on the server logs in once more
/// by itself where it can (`Login.reconnects`).
public actor Session {
  /// How a session stands, as far as is known here.
  public enum State: String, Sendable {
    /// It was good when it was last used.
    case open
    /// The server said that it has ended, or the moment has passed at which it does so by itself; the next request may log
    /// in once more.
    case expired
    /// The server refused to log it in once more. It is not tried again: accounts lock out.
    case refused
    /// It was logged out here.
    case loggedOut = "logged out"
  }

  /// The address in front of `/REST`.
  public nonisolated let url: String
  let login: Login
  let client: WebServiceClient
  nonisolated let sessions: OpenSessions
  nonisolated let link: Link
  /// The login under way that replaces one that has ended.
  var reconnecting: PendingLogin<Void>?

  init(_ login: Login, _ grant: Grant, client: WebServiceClient, sessions: OpenSessions) {
    url = client.url.description
    self.login = login
    self.client = client
    self.sessions = sessions
    link = Link(grant, client, sessions)
  }

  deinit { link.close() }

  /// The account that is logged in.
  public nonisolated var user: String { link.grant.user }
  /// When the server ends the session by itself; nil: not known.
  public nonisolated var expires: Date? { link.grant.expires }
  /// Whether the session has not been logged out by us.
  public nonisolated var isOpen: Bool { link.isOpen }
  /// How the session stands.
  public nonisolated var state: State {
    guard isOpen else { return .loggedOut }
    if link.refusal != nil { return .refused }
    return link.hasEnded || expires.map { $0 < Date() } ?? false ? .expired : .open
  }

  /// The vault that was entered.
  public nonisolated var enteredVault: GUID? { link.vault?.guid }
  /// The name of the vault that was entered.
  public nonisolated var enteredVaultName: String? { link.vault?.name }

  /// Why only requests that read are sent; nil: all are. The login was for reading only, or a lock of the client is locked.
  public nonisolated var reasonOfLock: String? {
    guard !login.isReadOnly else { return Self.readOnly }
    return client.configuration.locks.lazy.compactMap(\.reason).first
  }

  /// Whether only requests that read are sent.
  public nonisolated var isLocked: Bool { reasonOfLock != nil }

  private static let readOnly =
    "this session was logged in with read_only=true, so only GET requests are sent: log in again without it"

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
  /// - Throws: `client.locked`, before anything is sent, when the request could change something and the session
  ///   `isLocked`.
  public func request(
    _ method: String, _ path: String, query: [(name: String, value: String)] = [],
    headers: [HTTPRequest.Field] = [], body: Secret? = nil
  ) async throws(MFWSError) -> HTTPResponse {
    var request = ResourceRequest(method.uppercased(), path.hasPrefix("/") ? path : "/" + path)
    request.query = query
    request.headers = headers
    request.body = body
    try RequestGuard.check(request, lockedBecause: reasonOfLock)
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
}
