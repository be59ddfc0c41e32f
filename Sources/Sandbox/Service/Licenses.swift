/// The pool of concurrent licences.
extension WebService {
  /// Notes that a token's login was proved. The first time takes a licence.
  mutating func prove(_ id: Int, now: Double) throws(Refusal) {
    guard let session = store[id], session.isCounted, !session.isProved, let account = session.account else {
      return
    }
    try checkLicense(of: account, now: now)
    store.prove(id, now: now)
  }

  /// Whether one more session of the account fits; one that is about to be `replaced` gives its licence back.
  mutating func checkLicense(of account: Int, now: Double, replacing replaced: Int? = nil) throws(Refusal) {
    guard let limit = rules.licenses, needsLicense(account) else { return }
    let held = store.live(at: now).licenses
    let isReturned = replaced.flatMap { store[$0] }?.takesLicense ?? false
    guard held - (isReturned ? 1 : 0) < limit else { throw Refusal.noLicense }
  }

  func needsLicense(_ account: Int) -> Bool { accounts[account].license == .concurrent }

  /// Credentials were presented and are no good.
  mutating func refusedLogin() -> Refusal {
    refusedLogins += 1
    return .login
  }
}
