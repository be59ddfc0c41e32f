/// The pool of concurrent licences.
extension WebService {
  /// Notes that a token's login was proved. The first time takes a licence.
  mutating func prove(_ id: Int, now: Double) throws(Refusal) {
    guard let session = store[id], session.isCounted, !session.isProved, let account = session.account else {
      return
    }
    try checkLicense(of: account, now: now)
    store.prove(id)
  }

  /// Whether one more session of the account fits; one that is about to be `replaced` gives its licence back.
  func checkLicense(of account: Int, now: Double, replacing replaced: Int? = nil) throws(Refusal) {
    guard let limit = rules.licenses, accounts[account].license == .concurrent else { return }
    let isReturned = replaced.flatMap { store[$0] }.map { takesLicense($0, at: now) } ?? false
    guard liveLicenses(at: now) - (isReturned ? 1 : 0) < limit else { throw Refusal.noLicense }
  }

  func liveLicenses(at now: Double) -> Int { store.sessions.values.count { takesLicense($0, at: now) } }

  private func takesLicense(_ session: Session, at now: Double) -> Bool {
    guard let account = session.account, session.isProved, !session.isOver(at: now) else { return false }
    return accounts[account].license == .concurrent
  }

  /// Credentials were presented and are no good.
  mutating func refusedLogin() -> Refusal {
    refusedLogins += 1
    return .login
  }
}
