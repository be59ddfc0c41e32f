import HTTP

extension Session {
  /// Sends a request with the session's login, and once more after a new login when the old one has ended.
  ///
  /// - Parameter vault: takes the place of the vault that was entered, so that it can be tried.
  nonisolated func send(
    _ request: ResourceRequest, in vault: EnteredVault? = nil, step: Step
  ) async throws(MFWSError) -> HTTPResponse {
    let use = try link.use()
    do {
      return try await send(request, by: use.grant, in: vault ?? use.vault, step: step)
    } catch {
      guard isWorthALogin(error) else { throw refused(use.grant.explained(error)) }
      try await reconnect(after: error, from: use.generation)
    }
    // The refused request did nothing, so it may be sent again whatever it is.
    let renewed = try link.use()
    do {
      return try await send(
        request, by: renewed.grant, in: vault ?? renewed.vault, step: step.isVault ? step : .repeated)
    } catch {
      throw renewed.grant.explained(error)
    }
  }

  nonisolated func send(
    _ request: ResourceRequest, by grant: Grant, in vault: EnteredVault?, step: Step
  ) async throws(MFWSError) -> HTTPResponse {
    var request = request
    request.headers += try await grant.fields(in: vault)
    return try await client.send(request, cookies: grant.cookies, step: step)
  }

  private nonisolated func isWorthALogin(_ error: MFWSError) -> Bool {
    guard login.reconnects, !login.hasExpired else { return false }
    return (error.code == .sessionExpired || error.code == .sessionWrongNode) && login.canRepeat
  }

  /// Whether the next request after its end logs it in once more.
  package nonisolated var continues: Bool {
    guard case .after = login.expires else { return false }
    return login.reconnects && login.canRepeat
  }

  /// Where each request is a login, a refused one is the last: accounts lock out.
  private nonisolated func refused(_ error: MFWSError) -> MFWSError {
    guard error.code == .sessionExpired else { return error }
    link.noteEnd()
    guard case .account(let account) = login.credentials, account.way == .headers else { return error }
    var refusal = ErrorClassifier.refused(login.claim)
    (refusal.status, refusal.request, refusal.cause) = (error.status, error.request, error.cause)
    link.refuse(refusal)
    return refusal
  }

  /// Logs in anew, unless somebody else has meanwhile. Many requests that fail at a time share one login.
  private func reconnect(after error: MFWSError, from generation: Int) async throws(MFWSError) {
    guard link.generation == generation else { return }
    if let refusal = link.refusal { throw refusal }
    let login = reconnecting ?? logInAnew(after: error)
    reconnecting = login
    try await login.value()
  }

  private func logInAnew(after ended: MFWSError) -> PendingLogin<Void> {
    let pending = PendingLogin<Void>()
    sessions.runInBackground(on: client.http.loop) {
      do throws(MFWSError) {
        try await self.replaceGrant(after: ended)
        await self.end(pending, .success(()))
      } catch {
        await self.end(pending, .failure(error))
      }
    }
    return pending
  }

  private func end(_ login: PendingLogin<Void>, _ outcome: Result<Void, MFWSError>) {
    reconnecting = nil
    login.finish(outcome)
  }

  private nonisolated func replaceGrant(after ended: MFWSError) async throws(MFWSError) {
    if case .bearer(let source, _) = login.credentials, await !source.invalidate() { throw ended }
    let grant: Grant
    do {
      grant = try await login.grant(by: client, sessions)
    } catch {
      if error.code == .deniedCredentials { link.refuse(error) }
      throw error
    }
    do {
      try await enterVault(by: grant)
    } catch {
      await sessions.abandon(grant, client)
      throw error
    }
    guard link.replace(by: grant) else { throw Link.loggedOut }
  }

  /// A cookie session has to enter its vault again, before anybody uses it.
  private nonisolated func enterVault(by grant: Grant) async throws(MFWSError) {
    guard let vault = link.vault, grant.proof == nil else { return }
    var request = ResourceRequest("PUT", "/session/vault", answer: .object)
    request.isRepeatable = true
    request.body = Secret(bytes: JSONWriter.object([("GUID", .string(vault.guid.description))]))
    _ = try await send(request, by: grant, in: nil, step: .vault(user: user, vault: vault.name))
  }
}

extension Login {
  /// Whether there is something to log in with once more.
  fileprivate var canRepeat: Bool {
    switch credentials {
    case .account(let account): account.way != .headers
    case .windows, .bearer: true
    case .token: false
    }
  }
}

extension Step {
  fileprivate var isVault: Bool { if case .vault = self { true } else { false } }
}
