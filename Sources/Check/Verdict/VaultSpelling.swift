import MFWS

/// How a roster spells vaults: by name where it means the same vault to whoever reads it, else by GUID.
struct VaultSpelling {
  private let counts: [String: Int]

  /// - Parameter vaults: all that a name could mean.
  init(_ vaults: [RowResult.VaultReference]) {
    counts = Dictionary(vaults.compactMap(\.name).map { ($0, 1) }, uniquingKeysWith: +)
  }

  func text(_ vault: RowResult.VaultReference) -> String {
    guard let name = vault.name, counts[name] == 1, Self.canBeWritten(name) else {
      return vault.guid ?? vault.name ?? ""
    }
    return name
  }

  /// Whether a cell takes it as the name of one vault.
  private static func canBeWritten(_ name: String) -> Bool {
    guard let first = name.first, let last = name.last, !first.isWhitespace, !last.isWhitespace else {
      return false
    }
    return name != "*" && !name.contains("|") && !looksLikeGUID(name)
      && !name.unicodeScalars.contains(where: VisibleText.isHidden)
  }

  private static func looksLikeGUID(_ name: String) -> Bool {
    GUID(name) != nil || name.hasPrefix("{") && name.hasSuffix("}")
  }
}
