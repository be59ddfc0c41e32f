/// What a run may do at a time, and when it gives up.
package struct SchedulerLimits: Sendable, Hashable {
  /// Rows at a time.
  package var jobs = 8
  /// Rows at a time at one server; nil: as many as `jobs`.
  package var perServer: Int?
  /// Logins a second, evenly spaced; nil: as many as can be.
  package var rate: Double?
  /// Sessions at a time of rows whose licence is concurrent or not known.
  package var licenseSlots = 4
  /// How often a row is tried again.
  package var retries = 2
  /// So many refused accounts in a row among `allow` rows abort the run; 0: never.
  package var abortRefused = 5
  /// Whether other rows than those that are to get in count for that, too.
  package var countsEveryRefusal = false
  /// So many rows in a row that a server, or the way to it, failed end the rows of that server; nil: never.
  package var abortAfter: Int?
  /// The first row that differs ends the run: nothing begins before the result of each row is known.
  package var failFast = false
  /// Seconds for the whole run.
  package var maxTime: Double?
  /// Groups that are known before they can run.
  package var lookAhead = 1024

  package init() {}
}

extension Scheduler {
  package enum Event: Sendable {
    case start
    /// The next group, after `readGroup`.
    case group(GroupFacts)
    /// There is no next group.
    case noMoreGroups
    case ended(row: Int, RowEnding)
    /// The moment of `wake` has come.
    case tick
    /// A signal.
    case stop
    /// With `failFast`: whether the row that was finished differs.
    case judged(isDifferent: Bool)
  }

  package enum Action: Sendable, Equatable {
    /// Tell the next group, or that there is none.
    case readGroup
    /// Try the row; attempts count from 1.
    case start(row: Int, attempt: Int)
    /// What the last attempt found out is final.
    case finish(row: Int, isProved: Bool)
    /// The row is not tried.
    case skip(row: Int, SkipReason)
    /// The row is not told of at all: a later run will try it.
    case forget(row: Int)
    /// End what runs; each row still ends by an event.
    case cancelRows
    /// Come back with `tick` then; takes the place of an earlier moment.
    case wake(at: Double)
    /// Nothing follows.
    case end(Ending)
  }

  package enum Ending: Sendable, Equatable {
    case complete
    case aborted(Abort)
    case interrupted
  }

  package enum Abort: Sendable, Equatable {
    /// So many `allow` rows in a row were refused.
    case refused(Int)
    case failFast
    case timeUp

    var skipReason: SkipReason { self == .timeUp ? .timeUp : .runAborted }
  }
}

/// What has to be known of a row to decide when it runs.
package struct RowFacts: Sendable, Hashable {
  /// Its number in the source.
  package var index: Int
  /// Servers are numbered as they appear.
  package var server: Int
  /// Whether its licence is concurrent, or not known.
  package var holdsLicense: Bool
  package var expect: RosterRow.Expectation
  /// The alias of its secret.
  package var secret: String?

  package init(
    index: Int, server: Int = 0, holdsLicense: Bool = false, expect: RosterRow.Expectation = .allow,
    secret: String? = nil
  ) {
    self.index = index
    self.server = server
    self.holdsLicense = holdsLicense
    self.expect = expect
    self.secret = secret
  }
}

/// The rows of one account, in the order in which they are to be tried.
package struct GroupFacts: Sendable {
  /// Without those that an earlier part of the run has done.
  package var rows: [RowFacts]
  /// The account was refused in an earlier part of the run.
  package var isRefused = false
  /// The secrets with which it got in there.
  package var provedSecrets: [ProvedSecret] = []

  /// A secret of an earlier part of the run, of which no more is known than what it was called.
  package struct ProvedSecret: Sendable, Hashable {
    package var alias: String?
    /// The number of the only server where it is the same; nil: it is the same everywhere.
    package var server: Int?

    package init(alias: String?, server: Int? = nil) {
      self.alias = alias
      self.server = server
    }
  }

  package init(rows: [RowFacts]) { self.rows = rows }
}

/// What came of an attempt at a row, as far as it decides what comes next.
package struct RowEnding: Sendable, Hashable {
  package var answer: RowObservation.Answer
  package var isLoggedIn: Bool
  /// Whether the login was refused, whatever that means.
  package var isRefused: Bool
  package var retry: RetryFacts
  /// Stands for the secret that was used.
  package var secretMark: Int?
  /// Without an answer: whether it is the server or the way to it that failed.
  package var isFaultOfServer = true

  package init(_ answer: RowObservation.Answer, isLoggedIn: Bool = false, retry: RetryFacts = RetryFacts()) {
    self.answer = answer
    self.isLoggedIn = isLoggedIn
    self.retry = retry
    isRefused = answer == .deniedCredentials
  }

  package init(_ observation: RowObservation) {
    self.init(observation.answer, isLoggedIn: observation.isLoggedIn, retry: observation.retry)
    isRefused = isRefused || observation.isRefused
    secretMark = observation.secretMark
    isFaultOfServer = observation.isFaultOfServer
  }
}
