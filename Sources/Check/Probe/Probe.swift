import HTTP
import MFWS

/// One attempt at a row.
struct RowAttempt: Sendable {
  let row: RosterRow
  let secret: Secret
  let server: KnownServer
  /// From 1.
  let number: Int
  /// What the attempts at the row may have left on the server.
  let leftovers: Leftovers
  /// What is known while only the logout is missing.
  let answer: Locked<RowObservation?>
}

/// Makes attempts: logs in, looks, logs out.
struct Probe: Sendable {
  let settings: ProbeSettings
  let loop: EventLoop
  let sessions: OpenSessions

  /// Never fails: what goes wrong is what was observed. Also in a task that was cancelled the session is logged out.
  func observe(_ attempt: RowAttempt) async -> RowObservation {
    let (started, start) = (Clock.secondsSince1970, Clock.now)
    let recorder = ExchangeRecorder(attempt: attempt.number, server: attempt.server)
    let measured = { (observation: RowObservation) in
      var observation = observation
      observation.http = recorder.recorded
      (observation.started, observation.seconds) = (started, Clock.now - start)
      observation.secretMark = attempt.secret.hashValue
      return observation
    }
    return measured(await look(attempt, client(for: attempt.server, recorder), measured))
  }

  private func client(for server: KnownServer, _ recorder: ExchangeRecorder? = nil) -> HTTPClient {
    let recorders: [any ExchangeObserver] = recorder.map { [$0] } ?? []
    return HTTPClient(
      configuration: server.settings.client.http, loop: loop, observers: recorders + settings.observers)
  }

  private func look(
    _ attempt: RowAttempt, _ http: HTTPClient, _ measured: (RowObservation) -> RowObservation
  ) async -> RowObservation {
    let left = Leftovers()
    do throws(MFWSError) {
      let opened = try await open(attempt, http, left)
      await attempt.leftovers.close(isProved: true)
      let visit = RowVisit(row: attempt.row, opened: opened, tellsEverything: settings.tellsEverything)
      let observed = await visit.observation()
      var observation = await settings.ownRule?.applied(to: attempt.row, observed, opened.session) ?? observed
      observation.logout = .failed
      attempt.answer.withLock { [answer = measured(observation)] in $0 = answer }
      observation.logout = await logOut(opened.session, attempt.row)
      return observation
    } catch {
      // Whoever reads the list of vaults was believed before.
      let observation = RowObservation(error, isLoggedIn: error.request == "GET /session/vaults")
      await settle(observation, left, attempt.leftovers)
      return await judge(observation, attempt)
    }
  }

  /// A token can be logged out as soon as it is there. What PUT `/session` grants cannot before its answer has come, so
  /// that is not cancelled with the row.
  private func open(
    _ attempt: RowAttempt, _ http: HTTPClient, _ left: Leftovers
  ) async throws(MFWSError) -> OpenedSession {
    if Task.isCancelled { throw MFWSError(.clientCancelled, "cancelled") }
    let (row, login) = (attempt.row, settings.login(attempt.row, attempt.secret, at: attempt.server))
    let configuration = settings.configuration(for: attempt.server, left)
    guard settings.via == .session, row.auth != .bearer else {
      return try await Session.openHere(
        row.server, login, configuration: configuration, http: http, sessions: sessions)
    }
    return try await Task(executorPreference: loop) { [sessions] in
      do throws(MFWSError) {
        return Result<OpenedSession, MFWSError>.success(
          try await Session.openHere(
            row.server, login, configuration: configuration, http: http, sessions: sessions))
      } catch {
        return .failure(error)
      }
    }.value.get()
  }

  /// What a failed login may have left is logged out when the account is known to be right, and kept for later when
  /// that is not known.
  private func settle(_ observation: RowObservation, _ left: Leftovers, _ all: Leftovers) async {
    if observation.isLoggedIn {
      await left.close(isProved: true)
      await all.close(isProved: true)
    } else if observation.answer == .deniedCredentials {
      all.forget()
    } else if observation.retry.isLoginLost || observation.retry.isCancelled {
      all.take(left)
    }
  }

  /// A server that offers nothing but sign-in at a provider refuses every password.
  private func judge(_ observation: RowObservation, _ attempt: RowAttempt) async -> RowObservation {
    guard observation.answer == .deniedCredentials, attempt.row.auth != .bearer else { return observation }
    let server = attempt.server
    do throws(MFWSError) {
      let takesPasswords = try await server.takesPasswords(
        asking: client(for: server), settings.configuration(for: server))
      return takesPasswords ? observation : observation.unverifiable
    } catch {
      return observation.unexplained(error)
    }
  }

  private func logOut(_ session: Session, _ row: RosterRow) async -> RowResult.Logout {
    guard await hasLoggedOut(session) else { return .failed }
    guard row.auth != .bearer else { return .notApplicable }
    guard settings.provesLogout, !Task.isCancelled else { return .ok }
    guard let isKnown = try? await session.isKnownToServer() else { return .ok }
    return isKnown ? .failed : .proved
  }

  /// A logout may be repeated whatever became of it.
  private func hasLoggedOut(_ session: Session) async -> Bool {
    for attempt in 0...settings.logoutRetries {
      if attempt > 0 { await loop.sleep(seconds: Double.random(in: 0.1...0.3) * Double(attempt)) }
      do {
        try await session.logout()
        return true
      } catch {
        // What is no answer of the service says nothing about the session.
        guard RetryFacts(error, isLoggedIn: true).mayPass || error.exception == nil else { return false }
      }
    }
    return false
  }
}

extension RowObservation {
  fileprivate var unverifiable: RowObservation {
    var copy = self
    copy.answer = .none
    copy.code = "unverifiable"
    copy.message =
      "the server lets people in by a sign-in provider only, so a refused password tells nothing: "
      + "check the account there, or with auth bearer"
    return copy
  }

  /// A refusal of which nobody knows whether it is about the account.
  fileprivate func unexplained(_ error: MFWSError) -> RowObservation {
    var copy = self
    copy.answer = .none
    copy.isRefused = true
    copy.code = error.code.rawValue
    copy.message =
      "the password was refused, but the server did not tell whether it takes passwords at all: \(error.message)"
    return copy
  }
}
