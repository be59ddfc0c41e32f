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

  /// The one that was misspelled; nil: it is right in some case, or unlike all of them.
  static func meant(by name: String) -> String? {
    let meant = nearest(to: name, in: known, slips: 2)
    return meant?.lowercased() == name.lowercased() ? nil : meant
  }
}
