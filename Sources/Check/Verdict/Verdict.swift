import HTTP
import MFWS

/// What a row's answers mean, by what was ordered: by the step that was refused and by fields, never by a text.
package enum Verdict {
  /// The result of a row that was tried.
  ///
  /// - Parameters:
  ///   - observation: of the last attempt; its `http` and its times are those of all attempts.
  ///   - attempts: how many there were.
  ///   - isProved: whether something shows that the secret is the account's own: it got in elsewhere.
  ///   - isRecorded: whether the answer becomes an order, so that a refusal has to be proved whatever was ordered.
  ///   - provesLogout: whether a logout counts only when it is proved.
  package static func result(
    of row: RosterRow, _ observation: RowObservation, attempts: Int, isProved: Bool,
    isRecorded: Bool = false, provesLogout: Bool = false
  ) -> RowResult {
    var findings = findings(of: row, observation)
    if provesLogout, let finding = LogoutFinding.finding(observation) { findings.append(finding) }
    let needsProof = isRecorded || row.expect == .deny
    let status = status(observation, findings, isProved: isProved || !needsProof)
    var result = RowResult(row, status: status, code: observation.code)
    result.message = VerdictMessage.text(row, observation, status, findings)
    result.findings = findings
    result.actual = actual(row, observation)
    if let vault = observation.vault { result.vault = vault }
    result.http = observation.http
    result.attempts = attempts
    result.started = UTCTime.text(observation.started)
    result.ms = (observation.seconds * 10_000).rounded() / 10
    result.logout = observation.logout
    return result
  }

  /// The result of a row that was not tried.
  package static func notRun(_ row: RosterRow, because reason: SkipReason) -> RowResult {
    var result = RowResult(row, status: .notRun, code: reason.rawValue)
    result.message = reason.message
    return result
  }

  private static func status(
    _ observation: RowObservation, _ findings: [RowResult.Finding], isProved: Bool
  ) -> RowResult.Status {
    if observation.answer == .none { return .inconclusive }
    if findings.contains(where: { $0.severity == .difference }) { return .diff }
    if !findings.isEmpty { return .inconclusive }
    return observation.answer == .deniedCredentials && !isProved ? .unproved : .pass
  }

  private static func findings(of row: RosterRow, _ observation: RowObservation) -> [RowResult.Finding] {
    guard observation.answer != .none else { return [] }
    var findings = expectFinding(row, observation).map { [$0] } ?? []
    if let vaults = observation.vaults { findings += VaultFindings.findings(row, vaults) }
    guard observation.answer == .allowed || row.target == .everyVault, row.expect != .deny else {
      return findings
    }
    return findings + FieldFindings.findings(row, observation.places) + observation.ownFindings
  }

  /// `deny` with a vault is met by either refusal, without one by refused credentials only.
  private static func expectFinding(_ row: RosterRow, _ observation: RowObservation) -> RowResult.Finding? {
    let isMet =
      switch row.expect {
      case .any: true
      case .allow: observation.answer == .allowed
      case .deny: observation.answer != .allowed
      }
    guard !isMet else { return nil }
    let refused = observation.refusedVaults.map(\.label)
    return RowResult.Finding(
      "expect", .difference, expected: .string(row.expect.rawValue), actual: .string(observation.code),
      missing: refused)
  }

  /// What the server told, as far as the row asks for it, or all of it for an observation that told everything.
  private static func actual(_ row: RosterRow, _ observation: RowObservation) -> [String: JSONValue] {
    var actual: [String: JSONValue] = [:]
    let spelling = VaultSpelling(observation.vaults ?? observation.places.compactMap(\.vault))
    if let vaults = observation.vaults {
      actual["vaults"] = .array(vaults.map { .string(spelling.text($0)) })
    }
    guard observation.places.count == 1, let place = observation.places.first else {
      let places = observation.places.map { $0.actual(spelling) }
      if !places.isEmpty { actual["places"] = .array(places) }
      return actual
    }
    return actual.merging(place.actual) { _, new in new }
  }
}

extension RowObservation.Place {
  /// `license`, `user_id`, `internal` and `rights`, as far as the fields tell.
  fileprivate var actual: [String: JSONValue] {
    var actual: [String: JSONValue] = [:]
    if let license = LicenseFacts(fields).certain { actual["license"] = .string(license.rawValue) }
    actual["user_id"] = fields["UserID"]
    actual["internal"] = fields["InternalUser"]
    let others = Set(AskedFields.license + ["UserID", "InternalUser"])
    let rights = fields.filter { $0.value.bool != nil && !others.contains($0.key) }
    if !rights.isEmpty { actual["rights"] = .object(rights) }
    return actual
  }

  fileprivate func actual(_ spelling: VaultSpelling) -> JSONValue {
    let name = vault.map { spelling.text($0) } ?? ""
    return .object(actual.merging(["vault": .string(name)]) { _, new in new })
  }
}
