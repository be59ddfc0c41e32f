public import HTTP

/// A session with the answer that proved it, for callers that show the vaults.
package struct OpenedSession: Sendable {
  package let session: Session
  /// The JSON text of the vaults that the account may enter; their tokens are secret.
  package let vaults: [UInt8]
  /// The JSON text of the SessionInfo, when it was what proved the login.
  package let info: [UInt8]?
}

extension Session {
  /// Logs in.
  ///
  /// - Parameters:
  ///   - url: what the user typed: `host`, `https://host/m-files`, …
  ///   - login: who, and how.
  ///   - configuration: time limits, TLS, what is allowed.
  ///   - loop: the loop that drives the requests.
  /// - Throws: `denied.credentials`, `denied.vault`, `client.insecure` and what the network and the server bring. When the
  ///   task is cancelled, a login that the server still grants is logged out in the background.
  public static func open(
    _ url: String, _ login: Login, configuration: ClientConfiguration = .init(), loop: EventLoop = .shared
  ) async throws(MFWSError) -> Session {
    let http = HTTPClient(configuration: configuration.http, loop: loop)
    return try await open(url, login, configuration: configuration, http: http, sessions: .shared).session
  }

  package static func open(
    _ url: String, _ login: Login, configuration: ClientConfiguration, http: HTTPClient,
    sessions: OpenSessions
  ) async throws(MFWSError) -> OpenedSession {
    let client = try client(url, login, configuration, http)
    let opening = PendingLogin<OpenedSession>()
    sessions.runInBackground(on: http.loop) {
      do throws(MFWSError) {
        let opened = try await open(login, client, sessions)
        if opening.finish(.success(opened)) { opened.session.close() }
      } catch {
        opening.finish(.failure(error))
      }
    }
    return try await opening.value()
  }

  /// Logs in within the task of the caller. When that is cancelled, the request under way is given up, and what is known
  /// of the login so far is logged out: enough for a token, not for PUT `/session`.
  package static func openHere(
    _ url: String, _ login: Login, configuration: ClientConfiguration, http: HTTPClient,
    sessions: OpenSessions
  ) async throws(MFWSError) -> OpenedSession {
    try await open(login, client(url, login, configuration, http), sessions)
  }

  private static func client(
    _ url: String, _ login: Login, _ configuration: ClientConfiguration, _ http: HTTPClient
  ) throws(MFWSError) -> WebServiceClient {
    let client = WebServiceClient(
      url: try BaseURL(url), http: http, configuration: configuration, commonFields: login.commonFields)
    try checkTransport(client.url, configuration)
    return client
  }

  /// Credentials travel encrypted, or not beyond this machine. Throws `client.insecure`.
  package static func checkTransport(_ url: BaseURL, _ configuration: ClientConfiguration) throws(MFWSError) {
    guard url.scheme == "https" || url.isLoopback || configuration.allowsPlaintext else {
      throw MFWSError(
        .clientInsecure,
        "\(url.origin) would get the password unencrypted: use https://, or --allow-plaintext if you must")
    }
  }

  private static func open(
    _ login: Login, _ client: WebServiceClient, _ sessions: OpenSessions
  ) async throws(MFWSError) -> OpenedSession {
    let grant = try await login.grant(by: client, sessions)
    let session = Session(login, grant, client: client, sessions: sessions)
    do throws(MFWSError) {
      try Decoding.checkIsWhole(grant.vaults, of: "the list of vaults")
      if let vault = login.vault {
        _ = try await session.enter(vault, among: Decoding.value(grant.vaults, of: "GET /session/vaults"))
      }
    } catch {
      // What refused the vault is what the caller wants to know, whatever the logout says.
      _ = try? await session.logout()
      throw error
    }
    return OpenedSession(session: session, vaults: grant.vaults, info: grant.info)
  }
}

extension Login {
  /// Makes the server believe who this is: the same for the first login and for every one after it.
  func grant(by client: WebServiceClient, _ sessions: OpenSessions) async throws(MFWSError) -> Grant {
    switch credentials {
    case .account(let account):
      try await AccountLogin(login: self, account: account, client: client, sessions: sessions).grant()
    case .token(let token): try await GivenTokenLogin(login: self, token: token, client: client).grant()
    case .bearer(let source, let plugin):
      try await BearerLogin(login: self, source: source, plugin: plugin, client: client).grant()
    case .windows(let authentication):
      try await SingleSignOn(
        login: self, authentication: authentication, client: client, sessions: sessions
      ).grant()
    }
  }
}
