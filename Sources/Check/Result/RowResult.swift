package import MFWS

/// What came of a row: the `result` record of the schema `mfsh.check/1`, in the journal and in reports.
package struct RowResult: Sendable, Hashable {
  package enum Status: String, Sendable, Decodable, CaseIterable {
    /// As ordered.
    case pass
    /// Not as ordered.
    case diff
    /// The network or the server did not tell.
    case inconclusive
    /// Refused, as ordered, but nothing shows that the secret is right.
    case unproved
    /// Not as ordered or not told, and accepted by a waiver.
    case waived
    /// Not tried.
    case notRun = "not_run"
  }

  package enum Logout: String, Sendable {
    case ok, failed
    /// The session was used once more after the logout, and refused.
    case proved
    /// There was no session.
    case notApplicable = "n/a"
  }

  package struct VaultReference: Sendable, Hashable {
    package var guid: String?
    package var name: String?

    package init(guid: String? = nil, name: String? = nil) {
      self.guid = guid
      self.name = name
    }

    /// What people call it: the name, or the GUID of a vault without one.
    var label: String { name.flatMap { $0.isEmpty ? nil : $0 } ?? guid ?? "" }
  }

  /// One thing that differs, or was not told.
  package struct Finding: Sendable, Hashable {
    package enum Severity: String, Sendable {
      /// Not as ordered.
      case difference
      /// Not told, so neither as ordered nor not.
      case unknown
    }

    /// The column that it is about: `expect`, `vaults`, `license`, …
    package var check: String
    package var severity: Severity
    package var expected: JSONValue
    package var actual: JSONValue
    /// What was ordered and is not there.
    package var missing: [String]
    /// What is there and was not ordered.
    package var extra: [String]

    package init(
      _ check: String, _ severity: Severity, expected: JSONValue, actual: JSONValue, missing: [String] = [],
      extra: [String] = []
    ) {
      self.check = check
      self.severity = severity
      self.expected = expected
      self.actual = actual
      self.missing = missing
      self.extra = extra
    }

    /// Whether a rule of one's own found it and no order of a column stands against it.
    var isOwn: Bool { severity == .difference && expected == .null }
    /// Whether single things are neither missing nor there in excess.
    var isPlain: Bool { missing.isEmpty && extra.isEmpty }
  }

  /// One request of the row.
  package struct Exchange: Sendable, Hashable {
    package var method: String
    /// Below `/REST`, without a query.
    package var path: String
    /// Nil: there was no answer.
    package var status: Int?
    package var ms: Double
    /// From 1.
    package var attempt: Int
    package var exception: String?
    package var reference: String?

    package init(method: String, path: String, status: Int?, ms: Double, attempt: Int) {
      self.method = method
      self.path = path
      self.status = status
      self.ms = ms
      self.attempt = attempt
    }
  }

  /// Why a row that is not as ordered is accepted.
  package struct AppliedWaiver: Sendable, Hashable, Decodable {
    package var reason: String
    /// The last day on which it counts, `YYYY-MM-DD`; nil: there is none.
    package var until: String?
    /// What the row would be without it.
    package var was: Status

    package init(reason: String, until: String? = nil, was: Status) {
      self.reason = reason
      self.until = until
      self.was = was
    }
  }

  // From the roster.
  package var id: String
  package var row: Int
  package var file: String
  package var line: Int
  package var server: String
  package var vault: VaultReference?
  package var account: String
  package var auth: RosterRow.Authentication
  package var domain: String?
  /// The alias of its secret, by which a later run finds what proves it; nil: the connection settings have it.
  package var secret: String?
  package var expect: RosterRow.Expectation
  package var meta: [String: String]
  /// `RosterRow.contentHash`, by which a resumed run knows that the row is still the same.
  package var content: String

  // From the server.
  package var status: Status
  /// `allowed`, an error code such as `denied.vault` or `network.timeout`, or why it was not run:
  /// one of `SkipReason`.
  package var code: String
  /// One sentence for people: what was found and what to do next.
  package var message = ""
  package var findings: [Finding] = []
  /// Why its status is `waived`.
  package var waiver: AppliedWaiver?
  /// What the server told: `license`, `vaults`, `user_id`, `rights`, …, as far as the row asks for it.
  package var actual: [String: JSONValue] = [:]
  package var http: [Exchange] = []
  package var attempts = 0
  /// RFC 3339, UTC, with milliseconds; empty: not run.
  package var started = ""
  package var ms: Double = 0
  package var logout = Logout.notApplicable

  package init(_ row: RosterRow, status: Status, code: String) {
    id = row.id
    self.row = row.row
    file = row.file
    line = row.line
    server = row.server
    account = row.account
    auth = row.auth
    domain = row.domain
    secret = row.secret
    expect = row.expect
    meta = row.meta
    content = row.contentHash
    self.status = status
    self.code = code
    switch row.target {
    case .account: vault = nil
    case .vault(let guid): vault = VaultReference(guid: guid)
    case .vaultNamed(let name): vault = VaultReference(name: name)
    case .everyVault: vault = VaultReference(name: "*")
    }
  }
}
