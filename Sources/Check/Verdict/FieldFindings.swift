import MFWS

/// Compares what was ordered with the fields of SessionInfo, in each place that the row is about.
enum FieldFindings {
  static func findings(_ row: RosterRow, _ places: [RowObservation.Place]) -> [RowResult.Finding] {
    let isOne = places.count == 1
    return places.flatMap { place in
      let suffix = isOne ? "" : place.vault.map { " (\($0.label))" } ?? ""
      return [license(row, place), isInternal(row, place), userID(row, place)].compactMap { $0 }
        + rights(row, place, suffix)
    }
  }

  private static func license(_ row: RosterRow, _ place: RowObservation.Place) -> RowResult.Finding? {
    guard let ordered = row.license else { return nil }
    let facts = LicenseFacts(place.fields)
    guard facts.certain != ordered else { return nil }
    // Fields that contradict each other leave nothing possible, and tell nothing.
    let isUnknown = facts.possible.contains(ordered) || facts.possible.isEmpty
    let possible = facts.possible.map(\.rawValue).sorted()
    let actual: JSONValue =
      facts.certain.map { .string($0.rawValue) } ?? (isUnknown ? .null : .array(possible.map { .string($0) }))
    return RowResult.Finding(
      "license", isUnknown ? .unknown : .difference, expected: .string(ordered.rawValue), actual: actual)
  }

  private static func isInternal(_ row: RosterRow, _ place: RowObservation.Place) -> RowResult.Finding? {
    guard let ordered = row.isInternal else { return nil }
    let actual = place.fields["InternalUser"]?.bool
    return finding("internal", .bool(ordered), actual.map { .bool($0) })
  }

  private static func userID(_ row: RosterRow, _ place: RowObservation.Place) -> RowResult.Finding? {
    guard let ordered = row.userID else { return nil }
    let actual = place.fields["UserID"]?.integer
    return finding("user_id", .integer(ordered), actual.map { .integer($0) })
  }

  /// - Parameter actual: nil: the server does not send it.
  private static func finding(
    _ check: String, _ ordered: JSONValue, _ actual: JSONValue?
  ) -> RowResult.Finding? {
    guard let actual else { return RowResult.Finding(check, .unknown, expected: ordered, actual: .null) }
    return actual == ordered ? nil : RowResult.Finding(check, .difference, expected: ordered, actual: actual)
  }

  private static func rights(
    _ row: RosterRow, _ place: RowObservation.Place, _ suffix: String
  ) -> [RowResult.Finding] {
    let granted = { (right: RosterRow.Right) in place.fields[right.name]?.bool }
    let missing = row.rights.filter { $0.isGranted && granted($0) == false }.map { $0.name + suffix }
    let extra = row.rights.filter { !$0.isGranted && granted($0) == true }.map { $0.name + suffix }
    let unknown = row.rights.filter { granted($0) == nil }.map { $0.name + suffix }
    let expected = object(row.rights) { .bool($0.isGranted) }
    let actual = object(row.rights) { granted($0).map { .bool($0) } }
    var findings: [RowResult.Finding] = []
    if !missing.isEmpty || !extra.isEmpty {
      findings.append(
        .init("rights", .difference, expected: expected, actual: actual, missing: missing, extra: extra))
    }
    if !unknown.isEmpty {
      findings.append(.init("rights", .unknown, expected: expected, actual: actual, missing: unknown))
    }
    return findings
  }

  private static func object(
    _ rights: [RosterRow.Right], _ value: (RosterRow.Right) -> JSONValue?
  ) -> JSONValue {
    let pairs = rights.compactMap { right in value(right).map { (right.name, $0) } }
    return .object(Dictionary(pairs) { _, last in last })
  }
}
