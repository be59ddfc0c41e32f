import MFWS

/// Which licences an account can have, by what its SessionInfo tells.
struct LicenseFacts {
  /// Those that nothing rules out.
  let possible: Set<RosterRow.License>

  init(_ fields: [String: JSONValue]) {
    if let number = fields["licenseType"]?.integer, let license = Self.types[number] {
      possible = [license]
      return
    }
    var possible = Set(RosterRow.License.allCases)
    if let isReadOnly = fields["isReadOnlyLicense"]?.bool {
      if isReadOnly { possible = [.readonly] } else { possible.remove(.readonly) }
    }
    if let allowsChanges = fields["LicenseAllowsModifications"]?.bool {
      possible.formIntersection(allowsChanges ? [.named, .concurrent] : [.none, .readonly])
    }
    self.possible = possible
  }

  /// The one that it is; nil: not told.
  var certain: RosterRow.License? { possible.count == 1 ? possible.first : nil }

  private static let types: [Int64: RosterRow.License] = [
    0: .none, 1: .named, 2: .concurrent, 3: .readonly,
  ]
}
