import FoundationEssentials
public import HTTP

/// The bearer token of one session: signs in at first use, refreshes before the token ends, keeps all in memory only.
///
/// Callers at the same time share one sign-in or refresh.
public actor OAuthSource {
  /// What the tokens are for.
  public nonisolated let configuration: OAuthConfiguration
  private let provider: Provider
  private let person: (any SignInPerson)?
  private let way: SignInWay
  private let timeLimit: Double

  private var tokens: OAuthTokens?
  private var isInvalid = false
  private var waiters: [Int: CheckedContinuation<Result<Secret, MFWSError>, Never>] = [:]
  private var lastWaiter = 0
  private var renewal: Task<Void, Never>?
  /// Counts renewals, so that one that was given up does not end the next.
  private var renewalNumber = 0

  /// A source that has no tokens yet.
  ///
  /// - Parameters:
  ///   - configuration: the plug-in's.
  ///   - http: makes the requests to the provider; traces see them.
  ///   - person: whoever can sign in; nil: nobody, and then only tokens that are there can be refreshed.
  ///   - way: how the person signs in.
  ///   - timeLimit: seconds that the person may take.
  public init(
    _ configuration: OAuthConfiguration, http: HTTPClient, person: (any SignInPerson)?,
    way: SignInWay = .automatic(hasBrowser: true), timeLimit: Double = 300
  ) {
    self.configuration = configuration
    provider = Provider(configuration: configuration, http: http)
    self.person = person
    self.way = way
    self.timeLimit = timeLimit
  }

  /// The token for `Authorization: Bearer`.
  ///
  /// - Throws: `denied.credentials` when the provider refuses or nobody can sign in, `client.cancelled` at once when the
  ///   task is cancelled, what the network brings, and `server.bad_response` for a provider that answers with nonsense.
  public func bearer() async throws(MFWSError) -> Secret {
    if let tokens, isGood(tokens) { return try tokens.bearer(configuration) }
    lastWaiter += 1
    let number = lastWaiter
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiters[number] = continuation
        Task.isCancelled ? abandon(number) : renew()
      }
    } onCancel: {
      Task(executorPreference: provider.http.loop) { await self.abandon(number) }
    }
    return try result.get()
  }

  /// M-Files refused the bearer: the next one is a new one.
  public func invalidate() { isInvalid = true }

  /// When the bearer ends, in seconds since 1970; nil when there is none or the provider did not say.
  public var expires: Double? { tokens?.bearerExpires(configuration)?.timeIntervalSince1970 }

  private func renew() {
    guard renewal == nil || waiters.count == 1 else { return }
    renewalNumber += 1
    let number = renewalNumber
    let previous = renewal
    renewal = Task(executorPreference: provider.http.loop) {
      // One that was given up may still hold the port.
      await previous?.value
      await self.finish(number, self.renewed())
    }
  }

  /// One caller less; the last one ends the renewal.
  private func abandon(_ number: Int) {
    guard let waiter = waiters.removeValue(forKey: number) else { return }
    waiter.resume(returning: .failure(MFWSError(.clientCancelled, "cancelled")))
    if waiters.isEmpty { renewal?.cancel() }
  }

  private func finish(_ number: Int, _ result: Result<OAuthTokens, MFWSError>) {
    if case .success(let new) = result {
      tokens = new
      isInvalid = false
    }
    guard number == renewalNumber else { return }
    renewal = nil
    let bearer = Result { () throws(MFWSError) in try usable(result).bearer(configuration) }
    let waiting = waiters
    waiters = [:]
    for (_, waiter) in waiting { waiter.resume(returning: bearer) }
  }

  /// A provider that cannot be reached is no reason to throw a token away that is still good.
  private func usable(_ result: Result<OAuthTokens, MFWSError>) throws(MFWSError) -> OAuthTokens {
    if case .failure(let error) = result, error.isRetryable, let tokens, !isInvalid,
      !tokens.isExpired(configuration)
    {
      return tokens
    }
    return try result.get()
  }

  private func renewed() async -> Result<OAuthTokens, MFWSError> {
    // One that was given up may have brought tokens all the same.
    if let tokens, isGood(tokens) { return .success(tokens) }
    do throws(MFWSError) {
      if let refreshed = try await refreshed() { return .success(refreshed) }
      guard let person else {
        throw MFWSError(
          .deniedCredentials,
          "the sign-in has ended and nobody is here to sign in: log in again at a terminal")
      }
      if Task.isCancelled { throw MFWSError(.clientCancelled, "cancelled") }
      let flow = SignInFlow(provider: provider, person: person, way: way, timeLimit: timeLimit)
      return .success(try await flow.run())
    } catch {
      return .failure(error)
    }
  }

  private func isGood(_ tokens: OAuthTokens) -> Bool { !isInvalid && !tokens.isStale(configuration) }

  /// nil when there is nothing to refresh, or it was refused and a person can sign in instead.
  private func refreshed() async throws(MFWSError) -> OAuthTokens? {
    guard let tokens, let refreshToken = tokens.refreshToken else { return nil }
    // Not cancelled with its callers: a refresh token serves once, and its successor must not get lost.
    let refresh = Task(executorPreference: provider.http.loop) { [provider] in
      do throws(MFWSError) {
        return Result<OAuthTokens, MFWSError>.success(try await provider.refresh(tokens, by: refreshToken))
      } catch {
        return .failure(error)
      }
    }
    do throws(MFWSError) {
      let new = try await refresh.value.get()
      let lacksIDToken = configuration.usesIDTokenAsAccessToken && new.idToken == tokens.idToken
      return lacksIDToken && new.isStale(configuration) ? nil : new
    } catch {
      guard error.code == .deniedCredentials, person != nil else { throw error }
      return nil
    }
  }
}
