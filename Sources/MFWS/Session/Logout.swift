import HTTP

extension Session {
  /// Logs out. Also runs to its end in a task that was cancelled. What was not made here (a given token or bearer, plain
  /// headers) is only forgotten.
  ///
  /// - Returns: false when the session was logged out before.
  /// - Throws: `session.not_owned` when the server does not let us; after any other error the session is still open, and a
  ///   later logout, the deinit or the program's end tries again. A session that had expired counts as logged out.
  @discardableResult
  public func logout() async throws(MFWSError) -> Bool {
    guard let (grant, ticket) = link.end() else { return false }
    guard let ticket else { return true }
    let result = await Task(executorPreference: client.http.loop) { [client] in
      await grant.logOut(by: client)
    }.value
    if case .failure(let error) = result, error.code != .sessionNotOwned {
      link.reopen()
      throw error
    }
    sessions.remove(ticket)
    try result.get()
    return true
  }

  /// Logs out in the background, where nobody can wait.
  public nonisolated func close() { link.close() }
}

extension Grant {
  func logOut(by client: WebServiceClient) async -> Result<Void, MFWSError> {
    do {
      _ = try await client.send(logoutRequest, cookies: cookies, step: .proved)
      return .success(())
    } catch  where error.code == .sessionExpired {
      return .success(())
    } catch  where error.code == .deniedOperation {
      var refused = error
      refused.code = .sessionNotOwned
      refused.message =
        "the server does not let this session be logged out from here: it will expire by itself"
      return .failure(refused)
    } catch {
      return .failure(error)
    }
  }
}
