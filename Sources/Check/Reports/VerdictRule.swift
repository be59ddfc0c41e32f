/// The rules by which rows are judged, as an auditor reads them.
enum VerdictRule: String, CaseIterable {
  case allowed = "P1"
  case refusedByVault = "P2"
  case refusedWithProof = "P3"
  case either = "P4"
  case refusedThoughOrdered = "D1"
  case allowedThoughRefused = "D2"
  case otherThanOrdered = "D3"
  case noAnswer = "I1"
  case notTold = "I2"
  case logoutUnproved = "I3"
  case noProof = "U1"
  case notTried = "N1"
  case waived = "W1"

  /// The rule that gave the result its status.
  init(_ result: RowResult) {
    self =
      switch result.status {
      case .pass: Self.passed(result)
      case .diff: Self.different(result)
      case .inconclusive: Self.open(result)
      case .unproved: .noProof
      case .notRun: .notTried
      case .waived: .waived
      }
  }

  private static func passed(_ result: RowResult) -> VerdictRule {
    switch (result.expect, result.code) {
    case (.any, _): .either
    case (.deny, "denied.vault"): .refusedByVault
    case (.deny, _): .refusedWithProof
    case (.allow, _): .allowed
    }
  }

  private static func open(_ result: RowResult) -> VerdictRule {
    if result.findings.isEmpty { return .noAnswer }
    return result.findings.allSatisfy { $0.check == LogoutFinding.check } ? .logoutUnproved : .notTold
  }

  private static func different(_ result: RowResult) -> VerdictRule {
    guard result.findings.contains(where: { $0.check == "expect" }) else { return .otherThanOrdered }
    return result.expect == .deny ? .allowedThoughRefused : .refusedThoughOrdered
  }

  var status: RowResult.Status {
    switch self {
    case .allowed, .refusedByVault, .refusedWithProof, .either: .pass
    case .refusedThoughOrdered, .allowedThoughRefused, .otherThanOrdered: .diff
    case .noAnswer, .notTold, .logoutUnproved: .inconclusive
    case .noProof: .unproved
    case .notTried: .notRun
    case .waived: .waived
    }
  }

  var text: String {
    switch self {
    case .allowed:
      "Ordered: gets in. The account was logged in, entered the vault where one is named, and everything else "
        + "that was ordered is what the server told."
    case .refusedByVault:
      "Ordered: is refused. The account was logged in, so its secret is right, and the vault refused it."
    case .refusedWithProof:
      "Ordered: is refused. The server refused the account, and the secret is known to be right: with it the "
        + "account got in elsewhere in this run, or under the same name of a secret in the one of --baseline."
    case .either:
      "Ordered: gets in or is refused. The server gave an answer, and what else was ordered is what it told."
    case .refusedThoughOrdered: "Ordered: gets in. The server refused the account, or the vault did."
    case .allowedThoughRefused: "Ordered: is refused. The account got in."
    case .otherThanOrdered: "The account was let in or refused as ordered, but what the server told differs."
    case .noAnswer:
      "The network or the server gave no answer that tells whether the account gets in. Never taken for a refusal."
    case .notTold: "The server did not send what was ordered to be compared."
    case .logoutUnproved:
      "The account was let in or refused as ordered, but --prove-logout was given and the server has not shown that "
        + "the session is over."
    case .noProof:
      "Ordered: is refused. The server refused the account, but nothing shows that the secret is right: a wrong "
        + "password looks the same. Not counted as ordered."
    case .notTried: "The row was not tried; its code says why."
    case .waived: "Not as ordered or not told, and accepted for a reason until a day."
    }
  }
}
