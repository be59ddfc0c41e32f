/// Who is logged in and what the account may do (protocol: SessionInfo).
public struct SessionInfo: Sendable, Hashable, Decodable {
  /// Every field that the server sent, under the server's names.
  public let fields: [String: JSONValue]

  /// Reads a SessionInfo object.
  public init(from decoder: any Decoder) throws { fields = try [String: JSONValue](from: decoder) }

  /// The account's name.
  public var accountName: String? { fields["AccountName"]?.string }
  /// The person's name; not sent by cloud servers.
  public var fullName: String? { fields["FullName"]?.string }
  /// The user's ID.
  public var userID: Int64? { fields["UserID"]?.integer }
  /// 0 unknown, 1 the Windows user logged on, 2 a specific Windows user, 3 a specific M-Files user.
  public var authenticationType: Int64? { fields["AuthenticationType"]?.integer }
  /// Whether the user is internal.
  public var isInternalUser: Bool? { fields["InternalUser"]?.bool }
  /// Whether the licence allows changes.
  public var licenseAllowsModifications: Bool? { fields["LicenseAllowsModifications"]?.bool }
  /// 0 none, 1 named, 2 concurrent, 3 read-only.
  public var licenseType: Int64? { fields["licenseType"]?.integer }
  /// Whether the account has full control of the entered vault.
  public var hasFullControlOfVault: Bool? { fields["HasFullControlOfVault"]?.bool }
}
