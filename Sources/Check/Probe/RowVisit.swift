import HTTP
import MFWS

/// What a session finds out about what its row is about.
struct RowVisit {
  let row: RosterRow
  let opened: OpenedSession
  let tellsEverything: Bool

  private var session: Session { opened.session }
  private var names: [String]? { tellsEverything ? nil : AskedFields.names(of: row) }

  func observation() async -> RowObservation {
    var found = RowObservation(.allowed, code: "allowed")
    found.isLoggedIn = true
    do throws(MFWSError) {
      let listed: [ListedVault] = try Decoding.value(opened.vaults, of: "the list of vaults")
      found.vaults = listed.map(\.reference)
      try await visit(listed, &found)
    } catch {
      var refusal = RowObservation(error, isLoggedIn: true)
      (refusal.vaults, refusal.vault) = (found.vaults, found.vault)
      (refusal.places, refusal.refusedVaults) = (found.places, found.refusedVaults)
      return refusal
    }
    return found
  }

  private func visit(_ listed: [ListedVault], _ found: inout RowObservation) async throws(MFWSError) {
    switch row.target {
    case .account:
      found.places = [.init(fields: try await accountFields())]
    case .vault(let text):
      guard let guid = GUID(text) else { throw .usage("\(text.prefix(60)) is no GUID") }
      let name = listed.first { $0.guid == guid }?.name
      found.vault = .init(guid: guid.description, name: name)
      found.places = [try await enter(guid, name ?? guid.description, listed)]
    case .vaultNamed(let name):
      let vault = try Self.find(name, listed)
      found.vault = vault.reference
      found.places = [try await enter(vault.guid, name, listed)]
    case .everyVault:
      try await enterEach(listed, &found)
    }
  }

  /// Each vault that is listed; for a row that is to be refused the list is enough.
  private func enterEach(_ listed: [ListedVault], _ found: inout RowObservation) async throws(MFWSError) {
    if listed.isEmpty { (found.answer, found.code) = (.deniedVault, MFWSError.Code.deniedVault.rawValue) }
    guard row.expect != .deny else { return }
    for vault in listed {
      do throws(MFWSError) {
        found.places.append(try await enter(vault.guid, vault.name, listed))
      } catch {
        guard error.code == .deniedVault else { throw error }
        found.refusedVaults.append(vault.reference)
        (found.answer, found.code, found.message) = (.deniedVault, error.code.rawValue, error.message)
      }
    }
  }

  private func accountFields() async throws(MFWSError) -> [String: JSONValue] {
    let info: [UInt8] = if let info = opened.info { info } else { try await session.infoText() }
    return try AskedFields.read(info, names, of: "GET /session")
  }

  private func enter(
    _ guid: GUID, _ name: String, _ listed: [ListedVault]
  ) async throws(MFWSError) -> RowObservation.Place {
    let info = try await session.enterForInfo(guid, name: name, isAmongSeveral: listed.count > 1)
    let reference = RowResult.VaultReference(guid: guid.description, name: name)
    return .init(vault: reference, fields: try AskedFields.read(info, names, of: "GET /session"))
  }

  /// A name that is not listed is a vault that the account may not enter, or none at all.
  private static func find(_ name: String, _ listed: [ListedVault]) throws(MFWSError) -> ListedVault {
    let found = listed.filter { $0.name == name }
    guard let vault = found.first else {
      throw MFWSError(.deniedVault, "no vault \"\(name)\" is listed for the account: check its name")
    }
    guard found.count == 1 else {
      let guids = found.map(\.guid.description).joined(separator: ", ")
      throw MFWSError(
        .requestConflict, "\(found.count) vaults are called \"\(name)\": use a GUID in the roster (\(guids))")
    }
    return vault
  }
}
