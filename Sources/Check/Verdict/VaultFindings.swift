import MFWS

/// Compares the vaults that were ordered with those that the server lists.
enum VaultFindings {
  static func findings(_ row: RosterRow, _ listed: [RowResult.VaultReference]) -> [RowResult.Finding] {
    [exact(row, listed), least(row, listed), forbidden(row, listed)].compactMap { $0 }
  }

  /// Each ordered vault takes one of the list. What is left on either side differs: of several vaults with one name it
  /// does not matter which.
  private static func exact(
    _ row: RosterRow, _ listed: [RowResult.VaultReference]
  ) -> RowResult.Finding? {
    guard let ordered = row.vaults else { return nil }
    var left = listed
    // GUIDs first: a name must not take the vault that one of them means.
    let missing = ordered.sorted { GUID($0) != nil && GUID($1) == nil }.filter { vault in
      guard let index = left.firstIndex(where: { $0.isMeant(by: vault) }) else { return true }
      left.remove(at: index)
      return false
    }
    guard !missing.isEmpty || !left.isEmpty else { return nil }
    return finding("vaults", ordered, listed, missing: missing, extra: left.map(\.label))
  }

  private static func least(_ row: RosterRow, _ listed: [RowResult.VaultReference]) -> RowResult.Finding? {
    let missing = row.vaultsMin.filter { vault in !listed.contains { $0.isMeant(by: vault) } }
    return missing.isEmpty ? nil : finding("vaults_min", row.vaultsMin, listed, missing: missing)
  }

  private static func forbidden(
    _ row: RosterRow, _ listed: [RowResult.VaultReference]
  ) -> RowResult.Finding? {
    let extra = listed.filter { vault in row.vaultsNot.contains { vault.isMeant(by: $0) } }
    return extra.isEmpty ? nil : finding("vaults_not", row.vaultsNot, listed, extra: extra.map(\.label))
  }

  private static func finding(
    _ check: String, _ ordered: [String], _ listed: [RowResult.VaultReference], missing: [String] = [],
    extra: [String] = []
  ) -> RowResult.Finding {
    RowResult.Finding(
      check, .difference, expected: .array(ordered.map { .string($0) }),
      actual: .array(listed.map { .string($0.label) }), missing: missing.sorted(), extra: extra.sorted())
  }
}

extension RowResult.VaultReference {
  /// Whether a roster means this vault: by its GUID in any spelling, or by its name.
  fileprivate func isMeant(by text: String) -> Bool {
    if let wanted = GUID(text), let own = guid { return wanted == GUID(own) }
    return name == text
  }
}
