import HTTP

extension Session {
  /// Sends a request with the session's login, and once more after a new login when the old one has ended.
  nonisolated func send(_ request: ResourceRequest, step: Step) async throws(MFWSError) -> HTTPResponse {
    let use = try link.use()
    do {
      return try await send(request, by: use.grant, in: use.vault, step: step)
    } catch {
      guard isWorthALogin(error) else { throw use.grant.explained(error) }
      try await reconnect(after: error, from: use.generation)
    }
    // The refused request did nothing, so it may be sent again whatever it is.
    let renewed = try link.use()
    do {
      return try await send(
        request, by: renewed.grant, in: renewed.vault, step: step.isVault ? step : .repeated)
    } catch {
      throw renewed.grant.explained(error)
    }
  }

  private nonisolated func send(
    _ request: ResourceRequest, by grant: Grant, in vault: EnteredVault?, step: Step
  ) async throws(MFWSError) -> HTTPResponse {
    var request = request
    request.headers += try await grant.fields(in: vault)
    return try await client.send(request, cookies: grant.cookies, step: step)
  }

  private nonisolated func isWorthALogin(_ error: MFWSError) -> Bool {
    guard login.reconnects, error.code == .sessionExpired || error.code == .sessionWrongNode else {
      return false
    }
    switch login.credentials {
    case .account(let account): return account.way != .headers
    case .windows, .bearer: return true
    case .token: return false
    }
  }

  /// Logs in anew, unless somebody else has meanwhile. Many requests that fail at a time share one login.
  private func reconnect(after error: MFWSError, from generation: Int) async throws(MFWSError) {
    guard link.generation == generation else { return }
    if let refusal = link.refusal { throw refusal }
    let task =
      reconnecting
      ?? Task(executorPreference: client.http.loop) {
        do throws(MFWSError) {
          return .success(try await self.logInAnew(after: error))
        } catch {
          return .failure(error)
        }
      }
    reconnecting = task
    let result = await task.value
    if reconnecting == task { reconnecting = nil }
    try result.get()
  }

  private nonisolated func logInAnew(after ended: MFWSError) async throws(MFWSError) {
    if case .bearer(let source, _) = login.credentials, await !source.invalidate() { throw ended }
    let grant: Grant
    do {
      grant = try await login.grant(by: client, sessions)
    } catch {
      if error.code == .deniedCredentials { link.refuse(error) }
      throw error
    }
    guard link.replace(by: grant) else { throw Link.loggedOut }
    guard let vault = link.vault, grant.proof == nil else { return }
    // A cookie session has to enter its vault again.
    try await putVault(guid: vault.guid, name: vault.name, by: grant)
  }

  private nonisolated func putVault(guid: GUID, name: String, by grant: Grant) async throws(MFWSError) {
    var request = ResourceRequest("PUT", "/session/vault", answer: .object)
    request.body = Secret(bytes: JSONWriter.object([("GUID", .string(guid.description))]))
    _ = try await send(request, by: grant, in: nil, step: .vault(user: user, vault: name))
  }
}

extension Step {
  fileprivate var isVault: Bool { if case .vault = self { true } else { false } }
}
