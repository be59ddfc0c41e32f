import HTTP

/// What batch checks ask of a session, in as few requests as there can be.
extension Session {
  /// Enters a vault and reads what the account may do there: one request with a token or a bearer, two with cookies.
  ///
  /// - Parameter isAmongSeveral: whether the account may enter others too.
  /// - Returns: the JSON text of the SessionInfo.
  /// - Throws: `denied.vault` only when the account is still logged in; `session.expired` when it is not.
  package func enterForInfo(
    _ guid: GUID, name: String, isAmongSeveral: Bool
  ) async throws(MFWSError) -> [UInt8] {
    let entered = EnteredVault(guid: guid, name: name, isAmongSeveral: isAmongSeveral)
    let step = Step.vault(user: user, vault: name)
    do throws(MFWSError) {
      guard link.grant.proof == nil else {
        let info = try await send(
          ResourceRequest("GET", "/session", answer: .object), in: entered, step: step)
        link.vault = entered
        return info.body
      }
      try await enterByCookie(entered, step)
    } catch {
      // Both flags false can mean a session that has just ended.
      guard error.code == .deniedVault, error.isLoggedInApplication != true else { throw error }
      link.vault = nil
      _ = try await answer("GET", "/session", .object)
      throw error
    }
    return try await answer("GET", "/session", .object)
  }

  private func enterByCookie(_ vault: EnteredVault, _ step: Step) async throws(MFWSError) {
    var request = ResourceRequest("PUT", "/session/vault", answer: .object)
    request.isRepeatable = true
    request.body = Secret(bytes: JSONWriter.object([("GUID", .string(vault.guid.description))]))
    _ = try await send(request, step: step)
    link.vault = vault
  }

  /// The JSON text of the SessionInfo.
  package func infoText() async throws(MFWSError) -> [UInt8] { try await answer("GET", "/session", .object) }

  /// Whether the server still lets the session in: asks it even after the logout.
  package func isKnownToServer() async throws(MFWSError) -> Bool {
    try await link.grant.isAlive(client)
  }
}
