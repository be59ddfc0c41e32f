import MFWS

/// One sentence for people: what was found, and what to do next.
enum VerdictMessage {
  static func text(
    _ row: RosterRow, _ observation: RowObservation, _ status: RowResult.Status,
    _ findings: [RowResult.Finding]
  ) -> String {
    switch status {
    case .pass: observation.answer == .allowed ? "allowed, as ordered" : passedRefusal(row, observation)
    case .unproved:
      "refused, as ordered, but nothing shows that the secret is the account's own: "
        + "a row where it gets in, or --baseline, would prove it"
    case .diff: joined(findings.filter { $0.severity == .difference }, observation)
    case .inconclusive: observation.answer == .none ? observation.message : joined(findings, observation)
    case .waived, .notRun: ""
    }
  }

  private static func passedRefusal(_ row: RosterRow, _ observation: RowObservation) -> String {
    if row.expect == .any { return "refused (\(observation.code)), which any allows" }
    return observation.answer == .deniedVault
      ? "the account gets in, the vault refuses it, as ordered"
      : "refused, as ordered, with a secret that is known to be right"
  }

  private static func joined(_ findings: [RowResult.Finding], _ observation: RowObservation) -> String {
    findings.map { sentence($0, observation) }.joined(separator: "; ")
  }

  private static func sentence(_ finding: RowResult.Finding, _ observation: RowObservation) -> String {
    if finding.check == LogoutFinding.check {
      return observation.logout == .failed
        ? "the session could not be logged out" : "nothing shows that the session is over"
    }
    if finding.severity == .unknown {
      let what = finding.missing.isEmpty ? finding.check : finding.missing.joined(separator: ", ")
      return "the server does not tell \(what): check it by hand"
    }
    if finding.isOwn {
      let what = finding.isPlain ? shown(finding.actual) : difference(finding)
      return finding.check == OwnRule.check ? what : "\(finding.check): \(what)"
    }
    switch finding.check {
    case "expect": return expect(observation)
    case "vaults", "vaults_min", "vaults_not": return "other vaults than ordered: \(difference(finding))"
    case "rights": return "other rights than ordered: \(difference(finding))"
    default: return "\(finding.check) is \(shown(finding.actual)), ordered was \(shown(finding.expected))"
    }
  }

  private static func expect(_ observation: RowObservation) -> String {
    switch observation.answer {
    case .deniedCredentials:
      "the account is refused but was to get in: check that it exists and is enabled, and that the secret is its own"
    case .deniedVault where observation.vaults?.isEmpty == true && observation.vault == nil:
      "the account gets in but may enter no vault: give it access to one"
    case .deniedVault: "the account gets in but its vault refuses it: give it access to the vault"
    case .allowed, .none:
      "the account still gets in but was to be refused: disable it, or take its access to the vault away"
    }
  }

  private static func difference(_ finding: RowResult.Finding) -> String {
    let missing = finding.missing.isEmpty ? nil : "missing \(finding.missing.joined(separator: ", "))"
    let extra = finding.extra.isEmpty ? nil : "extra \(finding.extra.joined(separator: ", "))"
    return [missing, extra].compactMap { $0 }.joined(separator: "; ")
  }

  private static func shown(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .array(let values): values.map(shown).joined(separator: " or ")
    case .null, .number, .object: "not known"
    }
  }
}
