public import HTTP

/// Logs in, runs `body`, and logs out however `body` ends.
///
/// - Parameters:
///   - url: what the user typed: `host`, `https://host/m-files`, …
///   - login: who, and how.
///   - configuration: time limits, TLS, what is allowed.
///   - loop: the loop that drives the requests.
///   - body: what to do with the session. It must not keep it.
/// - Returns: what `body` returns.
/// - Throws: `MFWSError` of the login, and whatever `body` throws. A logout that fails is no error: the session expires.
public func withSession<Result: Sendable>(
  _ url: String, _ login: Login, configuration: ClientConfiguration = .init(), loop: EventLoop = .shared,
  _ body: (Session) async throws -> Result
) async throws -> Result {
  let session = try await Session.open(url, login, configuration: configuration, loop: loop)
  do {
    let result = try await body(session)
    _ = try? await session.logout()
    return result
  } catch {
    _ = try? await session.logout()
    throw error
  }
}
