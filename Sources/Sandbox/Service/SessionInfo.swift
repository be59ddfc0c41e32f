/// The SessionInfo structures, encoded once for each account and situation as long as there are few of them.
struct SessionInfoCache: Sendable {
  private struct Key: Hashable {
    let account: Int
    let isInVault: Bool
    let isReadOnly: Bool
  }
  private var encoded: [Key: [UInt8]] = [:]
  private static let limit = 1000

  mutating func encoded(_ account: Account, number: Int, _ caller: Caller) -> [UInt8] {
    let key = Key(account: number, isInVault: caller.vault != nil, isReadOnly: caller.isReadOnly)
    if let known = encoded[key] { return known }
    let bytes = account.sessionInfo(isInVault: key.isInVault, isReadOnly: key.isReadOnly).bytes
    if encoded.count >= Self.limit { encoded.removeAll(keepingCapacity: true) }
    encoded[key] = bytes
    return bytes
  }
}

extension Account {
  /// SessionInfo with a real server's fields in its order. Without a vault the vault rights are false.
  func sessionInfo(isInVault: Bool, isReadOnly: Bool) -> JSONText {
    let canModify = license.allowsModifications && !isReadOnly
    let isMaster = isInVault && isAdmin
    let fields: [(String, JSONText)] = [
      ("LicenseAllowsModifications", .bool(canModify)),
      ("HasFullControlOfVault", .bool(isMaster)), ("IsAdminUser", .bool(isAdmin)),
      ("AccountName", .string(loginName)), ("LoginHint", ""), ("ACLMode", 1),
      ("AuthenticationType", isWindows ? 2 : 3), ("CanCreateobjects", .bool(isInVault && canModify)),
      ("CanForceUndoCheckout", .bool(isMaster)),
      ("CanManageCommonUISettings", .bool(isMaster)), ("CanManageTraditionalFolders", .bool(isMaster)),
      ("CanManageCommonViews", .bool(isMaster)), ("CanMaterializeViews", .bool(isInVault && canModify)),
      ("CanSeeAllObjects", .bool(isMaster)), ("CanSeeDeletedObjects", .bool(isMaster)),
      ("InternalUser", .bool(isInternal)), ("UserID", .integer(userID)), ("FullName", .string(fullName)),
      ("isReadOnlyLicense", .bool(license == .readonly)),
      ("ServerVaultCapabilities", .raw(Capabilities.encoded)), ("SerialNumber", "SANDBOX"),
      ("Deployment", "OnPremise"), ("licenseString", .string(license.label)),
      ("licenseType", .integer(license.number)), ("AutomaticMetadataEnabled", false),
      ("CanDestroyObjects", .bool(isMaster && canModify)),
    ]
    let own = fields.filter { extra[$0.0] == nil }
    return .object(own + extra.sorted { $0.key < $1.key }.map { ($0.key, JSONText($0.value)) })
  }

  /// `SANDBOX\winuser` for a Windows account.
  private var loginName: String { isWindows ? "\(domain ?? "")\\\(name)" : name }
}
