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

  private static let lowercased = Set(known.map { $0.lowercased() })

  /// The one that was misspelled; nil: it is right in some case, or unlike all of them.
  static func meant(by name: String) -> String? {
    lowercased.contains(name.lowercased()) ? nil : nearest(to: name, in: known, slips: 2)
  }
}
