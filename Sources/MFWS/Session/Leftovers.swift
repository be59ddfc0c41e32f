import HTTP

/// What logins without an answer may have left on the server, to be logged out when it does no harm: a token is the
/// credentials, and whoever shows wrong ones again may lock the account.
package final class Leftovers: Sendable {
  private let tickets = Locked<[LogoutTicket]>([])

  package init() {}

  package var isEmpty: Bool { count == 0 }
  /// How many logins there were.
  package var count: Int { tickets.withLock { $0.count } }

  /// The account was refused and there is nothing to log out, or it is left to expire.
  package func forget() { tickets.withLock { $0 = [] } }

  /// Takes over what another one has.
  package func take(_ other: Leftovers) {
    let taken = other.takeAll()
    tickets.withLock { $0 += taken }
  }

  /// Logs out, also in a task that was cancelled. The first refusal is the last one.
  ///
  /// - Parameter isProved: the credentials are known to be right, so that it does no harm to show them again.
  package func close(isProved: Bool = false) async {
    let tickets = takeAll()
    guard let loop = tickets.first?.loop else { return }
    await Task(executorPreference: loop) {
      for ticket in tickets where await ticket.isRefused(attempts: isProved ? 3 : 1) { return }
    }.value
  }

  /// Cookies are no credentials: what they stand for is logged out at once.
  func take(_ grant: Grant, _ client: WebServiceClient) async {
    guard grant.proof == nil else {
      let ticket = LogoutTicket(request: grant.logoutRequest, client: client, cookies: grant.cookies)
      return tickets.withLock { $0.append(ticket) }
    }
    await Task(executorPreference: client.http.loop) { _ = await grant.logOut(by: client) }.value
  }

  private func takeAll() -> [LogoutTicket] {
    tickets.withLock { tickets in
      defer { tickets = [] }
      return tickets
    }
  }
}

extension LogoutTicket {
  /// Sends the logout, again when neither success nor a refusal came. Whether the server knows nobody by it.
  fileprivate func isRefused(attempts: Int) async -> Bool {
    for _ in 0..<attempts {
      do throws(MFWSError) {
        _ = try await client.send(request, cookies: cookies, step: .proved)
        return false
      } catch {
        if error.code == .sessionExpired { return true }
        // Silence lasts.
        if error.code == .networkTimeout || error.code == .clientCancelled { return false }
      }
    }
    return false
  }
}
