import HTTP

extension Session {
  /// Enters a vault.
  ///
  /// - Parameter vault: a GUID in any spelling, or a name.
  /// - Returns: the vault entered.
  /// - Throws: `denied.vault`; `request.conflict` when several vaults have the name, with `candidates`. The vault entered
  ///   before stays.
  public func use(_ vault: String) async throws(MFWSError) -> Vault {
    try Decoding.value(await enter(vault), of: "PUT /session/vault")
  }

  /// The JSON text of the vault entered.
  package func enter(_ vault: String) async throws(MFWSError) -> [UInt8] {
    let list = try await vaults()
    let generation = link.generation
    do {
      return try await enter(vault, among: list)
    } catch {
      // Both flags false can mean a session that has just ended: whoever is still known was refused the vault.
      guard error.code == .deniedVault, error.isLoggedInApplication == false else { throw error }
      _ = try await answer("GET", "/session", .object)
      guard link.generation != generation else { throw error }
    }
    return try await enter(vault, among: list)
  }

  func enter(_ vault: String, among list: [Vault]) async throws(MFWSError) -> [UInt8] {
    do throws(MFWSError) {
      return try await enterListed(vault, list)
    } catch {
      throw Self.suggestion(for: vault, among: list, error)
    }
  }

  private func enterListed(_ vault: String, _ list: [Vault]) async throws(MFWSError) -> [UInt8] {
    let guid = try Self.find(vault, in: list)
    let step = Step.vault(user: user, vault: vault)
    guard link.grant.proof != nil else { return try await enterByCookie(vault, guid, list, step) }
    guard let guid else { throw Self.unknownVault(vault, user) }
    let entered = EnteredVault(
      guid: guid, name: list.first { $0.guid == guid }?.name ?? vault, isAmongSeveral: list.count > 1)
    let answer = try await send(
      ResourceRequest("GET", "/session/vault", answer: .object), in: entered, step: step)
    link.vault = entered
    return answer.body
  }

  private func enterByCookie(
    _ vault: String, _ guid: GUID?, _ list: [Vault], _ step: Step
  ) async throws(MFWSError) -> [UInt8] {
    var request = ResourceRequest("PUT", "/session/vault", answer: .object)
    request.isRepeatable = true
    let key = guid == nil ? "Name" : "GUID"
    request.body = Secret(bytes: JSONWriter.object([(key, .string(guid?.description ?? vault))]))
    let text: [UInt8]
    do {
      text = try await send(request, step: step).body
    } catch {
      throw error.code == .requestConflict
        ? Self.conflict(vault, list.filter { $0.name == vault }, error) : error
    }
    let entered: Vault = try Decoding.value(text, of: request.name)
    link.vault = EnteredVault(guid: entered.guid, name: entered.name, isAmongSeveral: list.count > 1)
    return text
  }

  /// nil: no listed vault has the name; the server decides what that means.
  private static func find(_ vault: String, in list: [Vault]) throws(MFWSError) -> GUID? {
    if let guid = GUID(vault) { return guid }
    let found = list.filter { $0.name == vault }
    guard found.count > 1 else { return found.first?.guid }
    throw conflict(vault, found, MFWSError(.requestConflict, ""))
  }

  /// The error with the vaults that the name could mean.
  private static func conflict(_ vault: String, _ candidates: [Vault], _ error: MFWSError) -> MFWSError {
    var error = error
    error.candidates = candidates
    let guids = candidates.map { $0.guid.description }.joined(separator: ", ")
    error.message =
      candidates.isEmpty
      ? "several vaults are called \"\(vault)\": use the GUID"
      : "\(candidates.count) vaults are called \"\(vault)\": use a GUID (\(guids))"
    return error
  }

  /// Header fields carry a vault's GUID only, and a name that is not listed has none.
  private static func unknownVault(_ vault: String, _ user: String) -> MFWSError {
    var error = ErrorClassifier.refusedVault(vault, user)
    error.request = "GET /session/vaults"
    return error
  }

  /// The refusal of a vault whose name is misspelt, with the name that was meant.
  private static func suggestion(for vault: String, among known: [Vault], _ refusal: MFWSError) -> MFWSError {
    guard refusal.code == .deniedVault, GUID(vault) == nil, !known.contains(where: { $0.name == vault }),
      let near = nearest(to: vault, in: known.map(\.name))
    else { return refusal }
    var error = refusal
    error.message = "there is no vault \"\(vault)\" that this account may enter: did you mean \"\(near)\"?"
    return error
  }
}
