import MFWS

/// The names of rights. Servers may have more.
enum RightNames {
  /// The fields of SessionInfo that are true or false (protocol: "SessionInfo").
  private static let known = [
    "AutomaticMetadataEnabled", "CanCreateobjects", "CanDestroyObjects", "CanForceUndoCheckout",
    "CanManageCommonUISettings", "CanManageCommonViews", "CanManageTraditionalFolders", "CanMaterializeViews",
    "CanSeeAllObjects", "CanSeeDeletedObjects", "HasFullControlOfVault", "InternalUser", "IsAdminUser",
    "isReadOnlyLicense", "LicenseAllowsModifications",
  ]

  private static let spellings = Dictionary(uniqueKeysWithValues: known.map { ($0.lowercased(), $0) })

  /// As the server spells it, in whatever case it was written; nil: it is none of these.
  static func spelling(of name: String) -> String? { spellings[name.lowercased()] }

  /// The one that was misspelled; nil: it is unlike all of them.
  static func meant(by name: String) -> String? { nearest(to: name, in: known, slips: 2) }
}
