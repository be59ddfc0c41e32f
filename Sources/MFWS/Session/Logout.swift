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
    do throws(MFWSError) {
      do throws(MFWSError) {
        try await sendLogout(client)
      } catch {
        let error = explained(error)
        guard error.code == .sessionExpired else { throw error }
        // A gateway's refusal and a request that lost its cookie look like a session that has ended.
        guard try await isAlive(client) else { return .success(()) }
        try await sendLogout(client)
      }
      return .success(())
    } catch {
      guard error.code == .deniedOperation || error.code == .sessionExpired else { return .failure(error) }
      return .failure(Self.notOwned(error))
    }
  }

  private func sendLogout(_ client: WebServiceClient) async throws(MFWSError) {
    let request = logoutRequest
    let response = try await client.send(request, cookies: cookies, step: .proved)
    // 204 as documented; 200 and `{"Value":true}` as recorded.
    if response.status == 204 { return }
    try Decoding.checkIsLogout(response, of: request.name)
  }

  /// Whether the server still knows the session.
  func isAlive(_ client: WebServiceClient) async throws(MFWSError) -> Bool {
    var request = ResourceRequest("GET", "/session", answer: .object)
    request.headers = logoutRequest.headers
    do {
      _ = try await client.send(request, cookies: cookies, step: .proved)
      return true
    } catch {
      if error.code == .sessionExpired { return false }
      throw error
    }
  }

  private static func notOwned(_ refusal: MFWSError) -> MFWSError {
    var error = refusal
    error.code = .sessionNotOwned
    error.message =
      "the server does not let this session be logged out from here: it will expire by itself"
    return error
  }

  /// Whether a login that failed may have left a session on the server, with something to log it out by.
  func mayBeGranted(despite error: MFWSError) -> Bool {
    // Granted, but with an answer that cannot be read.
    if let status = error.status { return (200..<300).contains(status) }
    return !cookies.lines.isEmpty
  }
}

extension Decoding {
  /// - Throws: `server.not_mfws` or `server.bad_response` when the answer does not say that somebody was logged out.
  fileprivate static func checkIsLogout(_ response: HTTPResponse, of request: String) throws(MFWSError) {
    var error: MFWSError
    if JSONText.firstByte(response.body) == nil {
      error = ErrorClassifier.notMFWS(response)
    } else {
      let answer: JSONValue = try value(response.body, of: request)
      guard answer["Value"]?.bool == false else { return }
      error = MFWSError(.serverBadResponse, "\(request) answered that nobody was logged out")
    }
    error.status = response.status
    error.request = request
    throw error
  }
}
