import MFWS

/// The vaults that servers have told of in this run: Tab offers them without a request.
///
/// Used on the main thread only, where the loop's jobs run too.
final class SeenVaults: @unchecked Sendable {
  struct Vault: Equatable {
    let name: String
    let guid: String
  }

  /// Whether anybody will ask: in a script nobody does, and reading the answers costs time.
  var isWanted = false
  /// In the order in which they were seen first.
  private(set) var vaults: [Vault] = []

  /// More are not kept.
  static let limit = 1000

  /// Notes what the JSON text of a vault, or of a list of vaults, holds.
  func note(_ text: [UInt8]) {
    guard isWanted, vaults.count < Self.limit else { return }
    let found =
      (try? JSONText.decode([MFWS.Vault].self, text)) ?? (try? [JSONText.decode(MFWS.Vault.self, text)])
    for vault in found ?? [] where vaults.count < Self.limit {
      let seen = Vault(name: vault.name, guid: vault.guid.description)
      if !vaults.contains(seen) { vaults.append(seen) }
    }
  }
}
