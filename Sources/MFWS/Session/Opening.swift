import FoundationEssentials
public import HTTP

/// What a login leaves: cookies, a token, the list of vaults.
struct OpenedLogin {
  let cookies: CookieJar
  let token: Secret?
  let expires: Date
  let vaults: [UInt8]
}

/// A session with the answer that proved it, for callers that show the vaults.
package struct OpenedSession: Sendable {
  package let session: Session
  /// The JSON text of the vaults that the account may enter.
  package let vaults: [UInt8]
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
    let client = WebServiceClient(url: try BaseURL(url), http: http)
    try checkTransport(client.url, configuration)
    let isReadOnly = configuration.isReadOnly || login.isReadOnly
    let opening = PendingLogin()
    sessions.runInBackground(on: http.loop) {
      do throws(MFWSError) {
        opening.finish(.success(try await open(login, client, isReadOnly: isReadOnly, sessions)))
      } catch {
        opening.finish(.failure(error))
      }
    }
    return try await opening.value()
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
    _ login: Login, _ client: WebServiceClient, isReadOnly: Bool, _ sessions: OpenSessions
  ) async throws(MFWSError) -> OpenedSession {
    let opened =
      switch login.way {
      case .session: try await logInBySession(login, client, sessions)
      case .token: try await logInByToken(login, client, sessions)
      }
    let session = Session(login, opened, client: client, isReadOnly: isReadOnly, sessions: sessions)
    do throws(MFWSError) {
      try Decoding.checkIsWhole(
        opened.vaults, of: login.way == .session ? "PUT /session" : "GET /session/vaults")
      if let vault = login.vault {
        _ = try await session.enter(vault, among: Decoding.value(opened.vaults, of: "GET /session/vaults"))
      }
    } catch {
      // What refused the vault is what the caller wants to know, whatever the logout says.
      _ = try? await session.logout()
      throw error
    }
    return OpenedSession(session: session, vaults: opened.vaults)
  }

  /// PUT `/session`: the answer proves the credentials.
  private static func logInBySession(
    _ login: Login, _ client: WebServiceClient, _ sessions: OpenSessions
  ) async throws(MFWSError) -> OpenedLogin {
    var request = ResourceRequest("PUT", "/session", answer: .array)
    request.body = login.authentication(sessionID: newSessionID())
    let cookies = CookieJar()
    let response: HTTPResponse
    do {
      response = try await client.send(request, cookies: cookies, step: .credentials(user: login.user))
    } catch {
      // Granted, but with an answer that cannot be read.
      if let status = error.status, (200..<300).contains(status) {
        sessions.runInBackground(on: client.http.loop) { _ = await sendLogout(client, cookies, nil) }
      }
      throw naming(other: .token, error)
    }
    return OpenedLogin(cookies: cookies, token: nil, expires: login.expiry, vaults: response.body)
  }

  /// A token for wrong credentials looks like any other: only the request after it proves them (protocol: surprise 1).
  private static func logInByToken(
    _ login: Login, _ client: WebServiceClient, _ sessions: OpenSessions
  ) async throws(MFWSError) -> OpenedLogin {
    var request = ResourceRequest("POST", "/server/authenticationtokens", answer: .object)
    request.body = login.authentication(sessionID: newSessionID())
    let cookies = CookieJar()
    let step = Step.credentials(user: login.user)
    let answer: HTTPResponse
    do {
      answer = try await client.send(request, cookies: cookies, step: step)
    } catch {
      throw naming(other: .session, error)
    }
    let value: JSONValue = try Decoding.value(answer.body, of: request.name)
    guard let text = value["Value"]?.string, !text.isEmpty else {
      throw MFWSError(.serverBadResponse, "\(request.name) answered without a token")
    }
    let token = Secret(text)
    do throws(MFWSError) {
      let vaults = try await prove(token, client, cookies, step)
      return OpenedLogin(cookies: cookies, token: token, expires: login.expiry, vaults: vaults)
    } catch {
      if error.code != .deniedCredentials {
        sessions.runInBackground(on: client.http.loop) { _ = await sendLogout(client, cookies, token) }
      }
      throw error
    }
  }

  /// The vaults that the token opens.
  private static func prove(
    _ token: Secret, _ client: WebServiceClient, _ cookies: CookieJar, _ step: Step
  ) async throws(MFWSError) -> [UInt8] {
    var proof = ResourceRequest("GET", "/session", answer: .object)
    proof.headers = [.init("X-Authentication", token)]
    _ = try await client.send(proof, cookies: cookies, step: step)
    var list = ResourceRequest("GET", "/session/vaults", answer: .array)
    list.headers = proof.headers
    return try await client.send(list, cookies: cookies, step: .proved).body
  }

  /// Logout needs an ID chosen by the client when the session was made (protocol: surprise 3).
  private static func newSessionID() -> String { UUID().uuidString }

  /// Old and locked-down servers have one of the two logins only.
  private static func naming(other: Login.Way, _ error: MFWSError) -> MFWSError {
    guard error.code == .requestNotFound || error.status == 405 || error.status == 501 else { return error }
    var error = error
    error.code = .requestInvalid
    error.message = "the server has no login by \(error.request ?? "this way"): try via=\"\(other.rawValue)\""
    return error
  }
}

extension Login {
  var expiry: Date { expires ?? Date().addingTimeInterval(3600) }
}

/// A login that goes on when nobody waits any more: the server may have granted it already, and then it must be logged
/// out.
private final class PendingLogin: Sendable {
  typealias Outcome = Result<OpenedSession, MFWSError>
  private struct State {
    var outcome: Outcome?
    var waiter: CheckedContinuation<Outcome, Never>?
    var isAbandoned = false
  }
  private let state = Locked(State())

  func finish(_ outcome: Outcome) {
    let (waiter, isAbandoned) = state.withLock { state in
      state.outcome = outcome
      defer { state.waiter = nil }
      return (state.waiter, state.isAbandoned)
    }
    waiter?.resume(returning: outcome)
    if isAbandoned, case .success(let opened) = outcome { opened.session.close() }
  }

  func value() async throws(MFWSError) -> OpenedSession {
    let outcome: Outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known: Outcome? = state.withLock { state in
          if let outcome = state.outcome { return outcome }
          if state.isAbandoned { return Self.cancelled }
          state.waiter = continuation
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      abandon()
    }
    return try outcome.get()
  }

  private static var cancelled: Outcome { .failure(MFWSError(.clientCancelled, "cancelled")) }

  private func abandon() {
    let waiter = state.withLock { state in
      state.isAbandoned = state.outcome == nil
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: Self.cancelled)
  }
}
