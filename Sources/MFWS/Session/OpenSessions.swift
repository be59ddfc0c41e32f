package import HTTP

/// Everything that is needed to log a session out, even from another thread and loop.
package struct LogoutTicket: Sendable {
  let request: ResourceRequest
  let client: WebServiceClient
  let cookies: CookieJar

  var loop: EventLoop { client.http.loop }

  /// - Returns: why it failed; nil also when the session had ended before.
  func send() async -> MFWSError? {
    do throws(MFWSError) {
      _ = try await client.send(request, cookies: cookies, step: .proved)
      return nil
    } catch {
      return error.code == .sessionExpired ? nil : error
    }
  }

  /// Logs out with a loop and connections of its own.
  package func send(on loop: EventLoop) async {
    let http = HTTPClient(configuration: client.http.configuration, loop: loop)
    _ = try? await http.send(client.httpRequest(request), cookies: CookieJar(lines: cookies.lines))
  }
}

/// The sessions that this process has logged in and not yet logged out, so that none stays behind.
///
/// A scope that ends normally waits for its logout. A deinit, a stop, a failed login cannot wait: they hand the session
/// over here (`close`), and the program's end waits for what is under way (`pending`).
public final class OpenSessions: Sendable {
  private struct State {
    var tickets: [UInt64: LogoutTicket] = [:]
    /// Whose logout is under way in the background; the tickets stay until it has ended.
    var closing: Set<UInt64> = []
    var lastNumber: UInt64 = 0
    var pending = 0
    var onFailure: (@Sendable (MFWSError) -> Void)?
  }
  private let state = Locked(State())

  /// The sessions of the library's users.
  public static let shared = OpenSessions()

  /// No sessions.
  public init() {}

  /// The number of sessions that are open.
  public var count: Int { state.withLock { $0.tickets.count } }

  /// The number of logouts and logins under way that nobody waits for.
  package var pending: Int { state.withLock { $0.pending } }

  /// From now on `report` is told of each logout in the background that fails, on the loop of its session.
  package func onFailure(_ report: (@Sendable (MFWSError) -> Void)?) {
    state.withLock { $0.onFailure = report }
  }

  func add(_ ticket: LogoutTicket) -> UInt64 {
    state.withLock { state in
      state.lastNumber += 1
      state.tickets[state.lastNumber] = ticket
      return state.lastNumber
    }
  }

  func remove(_ number: UInt64) {
    state.withLock { state in
      state.tickets[number] = nil
      state.closing.remove(number)
    }
  }

  /// Logs a session out in the background.
  package func close(_ number: UInt64) {
    let ticket = state.withLock { state in
      state.closing.insert(number).inserted ? state.tickets[number] : nil
    }
    guard let ticket else { return }
    runInBackground(on: ticket.loop) {
      let failure = await ticket.send()
      self.remove(number)
      if let failure { self.state.withLock { $0.onFailure }?(failure) }
    }
  }

  /// Logs out what never became a session: in the background, unless the client keeps a list of such.
  func abandon(_ grant: Grant, _ client: WebServiceClient) async {
    guard grant.isOwned else { return }
    if let leftovers = client.configuration.leftovers { return await leftovers.take(grant, client) }
    runInBackground(on: client.http.loop) { _ = await grant.logOut(by: client) }
  }

  /// Logs all sessions out in the background; `pending` tells when that is done.
  package func closeAll() {
    for number in state.withLock({ $0.tickets.keys.sorted() }) { close(number) }
  }

  /// What is needed to log all sessions out elsewhere.
  package func tickets() -> [LogoutTicket] { state.withLock { Array($0.tickets.values) } }

  /// Runs work that nobody waits for but the program's end.
  package func runInBackground(on loop: EventLoop, _ work: @escaping @Sendable () async -> Void) {
    state.withLock { $0.pending += 1 }
    Task(executorPreference: loop) {
      await work()
      self.state.withLock { $0.pending -= 1 }
    }
  }
}
