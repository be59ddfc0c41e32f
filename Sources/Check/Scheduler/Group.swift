/// What is left of the rows of one account.
struct Group: Sendable {
  /// The first one is the next to run, or runs.
  var rows: ArraySlice<RowFacts>
  /// How often the first one was tried.
  var attempt = 0
  /// Logins in a row whose answer was lost, and the logout of what they may have left.
  var lostLogins = 0
  var ticket: UInt64 = 0
  private var proofs: [Proof]

  /// A secret with which the account got in.
  private struct Proof: Sendable {
    var alias: String?
    /// The only server where the alias stands for this secret; nil: it does so everywhere.
    var server: Int?
    /// Nil: in an earlier part of the run, of which only the alias is known.
    var mark: Int?
  }

  init(_ facts: GroupFacts) {
    rows = facts.rows[...]
    proofs = facts.provedSecrets.map { Proof(alias: $0.alias, server: $0.server) }
  }

  /// A second login without an answer is the last: both may have been refused.
  static let lostLoginLimit = 2

  /// What a lost login may have left is logged out with the same credentials, which may be refused once more.
  mutating func noteLogoutOfLostLogin() {
    if lostLogins > 0 { lostLogins += 1 }
  }

  mutating func note(_ ending: RowEnding) {
    if ending.retry.isLoginLost { lostLogins += 1 }
    guard ending.isLoggedIn else { return }
    lostLogins = 0
    proofs.append(Proof(alias: rows.first?.secret, mark: ending.secretMark))
  }

  /// Whether the account got in with the secret that this row was refused with.
  func isProved(_ row: RowFacts, _ ending: RowEnding) -> Bool {
    proofs.contains { proof in
      if let mark = proof.mark { return mark == ending.secretMark }
      return proof.alias == row.secret && (proof.server ?? row.server) == row.server
    }
  }
}
