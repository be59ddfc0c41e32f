/// Why a row was not tried.
package enum SkipReason: String, Sendable, Hashable, CaseIterable {
  /// Its account was refused before in this run: another try might lock it.
  case accountRefused = "account.refused"
  /// The answers to its account's logins were lost, so these may have been refused.
  case accountUnsure = "account.unsure"
  /// The run was aborted.
  case runAborted = "run.aborted"
  /// Too many rows of its server in a row were inconclusive.
  case serverGivenUp = "server.given_up"
  /// The time for the run was over.
  case timeUp = "time.up"

  /// One sentence for people.
  package var message: String {
    switch self {
    case .accountRefused:
      "not tried: the account was refused before in this run, and another try might lock it"
    case .accountUnsure:
      "not tried: no answer came to logins of the account, which may have been refused: run it again later"
    case .runAborted: "not tried: the run was aborted before"
    case .serverGivenUp:
      "not tried: too many rows of the server in a row were inconclusive: look at the server, then run these rows again"
    case .timeUp: "not tried: the time for the run was over: run these rows again, or give the run more"
    }
  }
}
