import HTTP

/// What a session holds of the server at the moment: the grant of the last login, the vault, the ticket for the logout.
final class Link: Sendable {
  private struct State {
    var grant: Grant
    /// Counts the logins.
    var generation = 1
    var ticket: UInt64?
    var vault: EnteredVault?
    var isOpen = true
    /// Why it was not logged in once more.
    var refusal: MFWSError?
    /// The server has said that it has ended.
    var hasEnded = false
  }
  private let state: Locked<State>
  private let client: WebServiceClient
  private let sessions: OpenSessions

  init(_ grant: Grant, _ client: WebServiceClient, _ sessions: OpenSessions) {
    self.client = client
    self.sessions = sessions
    let ticket = Self.ticket(grant, client, sessions)
    state = Locked(State(grant: grant, ticket: ticket))
  }

  var grant: Grant { state.withLock { $0.grant } }
  var isOpen: Bool { state.withLock { $0.isOpen } }
  var refusal: MFWSError? { state.withLock { $0.refusal } }
  var generation: Int { state.withLock { $0.generation } }
  var vault: EnteredVault? {
    get { state.withLock { $0.vault } }
    set { state.withLock { $0.vault = newValue } }
  }

  /// With what a request goes out.
  ///
  /// - Throws: `session.none` after the logout; why the server refused to log the session in once more.
  func use() throws(MFWSError) -> (grant: Grant, vault: EnteredVault?, generation: Int) {
    let (isOpen, refusal, use) = state.withLock { state in
      (state.isOpen, state.refusal, (state.grant, state.vault, state.generation))
    }
    guard isOpen else { throw Self.loggedOut }
    if let refusal { throw refusal }
    return use
  }

  static var loggedOut: MFWSError {
    MFWSError(.sessionNone, "this session was logged out: log in again")
  }

  var hasEnded: Bool { state.withLock { $0.hasEnded } }

  func noteEnd() { state.withLock { $0.hasEnded = true } }

  func refuse(_ error: MFWSError) { state.withLock { $0.refusal = error } }

  /// Puts a new login in the place of the one that has ended. False: the session was logged out meanwhile, and so is the
  /// new login.
  ///
  /// The old one is logged out all the same: a refusal that was taken for the session's end may have been another.
  func replace(by grant: Grant) -> Bool {
    let ticket = Self.ticket(grant, client, sessions)
    let (isOpen, old) = state.withLock { state in
      guard state.isOpen else { return (false, ticket) }
      let old = state.ticket
      state.grant = grant
      state.hasEnded = false
      state.ticket = ticket
      state.generation += 1
      return (true, old)
    }
    if let old { sessions.close(old) }
    return isOpen
  }

  /// Ends it here. nil: it had ended before.
  func end() -> (grant: Grant, ticket: UInt64?)? {
    state.withLock { state in
      guard state.isOpen else { return nil }
      state.isOpen = false
      return (state.grant, state.ticket)
    }
  }

  /// Takes an `end` back after a logout that did not work.
  func reopen() { state.withLock { $0.isOpen = true } }

  /// Logs out in the background.
  func close() { if let ticket = end()?.ticket { sessions.close(ticket) } }

  private static func ticket(
    _ grant: Grant, _ client: WebServiceClient, _ sessions: OpenSessions
  ) -> UInt64? {
    guard grant.isOwned else { return nil }
    return sessions.add(
      LogoutTicket(request: grant.logoutRequest, client: client, cookies: grant.cookies))
  }
}
