package import HTTP

/// How a run goes.
package struct CheckOptions: Sendable {
  package var limits = SchedulerLimits()
  package var probe = ProbeSettings()
  /// Seconds that are given to sessions in flight when the run is stopped.
  package var stopGrace: Double = 3
  /// The same when it ends by itself, or its time is up.
  package var endGrace: Double = 10
  /// The secret of a row's account. What it throws makes the row inconclusive (`client.secret`).
  package var secret: @Sendable (RosterRow) async throws -> Secret
  /// What an earlier part of this run has found out about the row, unchanged since; nil: it has to be tried.
  package var earlier: @Sendable (RosterRow) -> EarlierResult? = { _ in nil }
  /// Where the name of a row's secret stands for the same secret as in an earlier part of the run.
  package var proofReach: @Sendable (RosterRow) -> ProofReach = { $0.secret == nil ? .server : .everywhere }
  /// Whether the account of a refused row got in, with the same secret, in the run given by `--baseline`.
  package var isProvedByBaseline: @Sendable (RosterRow) -> Bool = { _ in false }
  /// Why a result that is not a pass is accepted all the same; nil: it is not.
  package var waiver: @Sendable (RowResult) -> RowResult.AppliedWaiver? = { _ in nil }

  package init(secret: @escaping @Sendable (RosterRow) async throws -> Secret) { self.secret = secret }
}

/// How far it reaches that an account got in earlier with a secret of which no more is known than its name.
package enum ProofReach: Sendable {
  case everywhere
  /// At another server the name may stand for another secret.
  case server
  /// The name may stand for another secret now.
  case nowhere
}

/// A row's result in an earlier part of the run, as far as it matters to the other rows of its account.
package struct EarlierResult: Sendable, Hashable {
  package var code: String
  /// Without its waiver.
  package var status: RowResult.Status
  package var waiver: RowResult.AppliedWaiver?

  package init(code: String, status: RowResult.Status = .pass, waiver: RowResult.AppliedWaiver? = nil) {
    self.code = code
    self.status = status
    self.waiver = waiver
  }

  var isRefusedAccount: Bool { code == "denied.credentials" }
  var gotIn: Bool { code == "allowed" || code == "denied.vault" }
}

/// How a run ended.
package struct RunOutcome: Sendable {
  package var ending: RunSummary.Ending
  /// Why it was aborted, for people.
  package var reason: String?
  /// What `Date` the servers sent first, by server.
  package var serverTimes: [String: String]

  init(_ ending: Scheduler.Ending, serverTimes: [String: String]) {
    self.serverTimes = serverTimes
    switch ending {
    case .complete: self.ending = .complete
    case .interrupted: self.ending = .interrupted
    case .aborted(let abort):
      self.ending = .aborted
      reason = abort.reason
    }
  }
}

extension Scheduler.Abort {
  fileprivate var reason: String {
    switch self {
    case .refused(let count):
      "\(count) accounts in a row that were to get in were refused: check the secrets before accounts lock"
        + " (--abort-refused changes the limit)"
    case .failFast: "a row differs, and --fail-fast was given"
    case .timeUp: "the time of --max-time is over"
    }
  }
}
