import FoundationEssentials
public import HTTP

/// Finds out what is reachable at an address, and how one could log in there. Needs no account.
///
/// Sends about twenty requests that change nothing, carry no credentials and no cookies, and follows redirections to
/// find the web service. Every request has a time limit of at most ten seconds.
public struct Doctor: Sendable {
  let url: String
  let configuration: ClientConfiguration
  let sessions: OpenSessions
  /// Makes the probes.
  private let probing: HTTPClient
  /// Makes the requests of a login.
  let http: HTTPClient

  /// Seconds that one probe may take, unless the configuration says less.
  private static let probeSeconds = 10.0

  /// A doctor.
  ///
  /// - Parameters:
  ///   - url: what the user typed: `host`, `host:port`, `https://host/m-files/Default.aspx`, …
  ///   - configuration: time limits, TLS, proxy.
  ///   - loop: the loop that drives the requests.
  ///   - observers: told of every request.
  public init(
    _ url: String, configuration: ClientConfiguration = .init(), loop: EventLoop = .shared,
    observers: [any ExchangeObserver] = []
  ) {
    self.init(url, configuration: configuration, loop: loop, observers: observers, sessions: .shared)
  }

  package init(
    _ url: String, configuration: ClientConfiguration, loop: EventLoop, observers: [any ExchangeObserver],
    sessions: OpenSessions
  ) {
    self.url = url
    self.configuration = configuration
    self.sessions = sessions
    http = HTTPClient(configuration: configuration.http, loop: loop, observers: observers)
    var limited = configuration.http
    limited.requestTimeout = min(limited.requestTimeout, Self.probeSeconds)
    limited.connectTimeout = min(limited.connectTimeout, Self.probeSeconds)
    // Timings are measured for clients that somebody observes.
    probing = HTTPClient(configuration: limited, loop: loop, observers: observers + [Onlooker()])
  }

  /// Examines the server.
  ///
  /// - Throws: `client.usage` when no address can be read from the text, `client.cancelled`. What is wrong with the server
  ///   is no error but a finding.
  public func examine() async throws(MFWSError) -> Diagnosis {
    try await examinedServer().diagnosis
  }

  /// The diagnosis together with what a login needs to know.
  package func examinedServer() async throws(MFWSError) -> ExaminedServer {
    let facts = try await facts()
    return ExaminedServer(
      place: facts.found, isWhereTyped: facts.isWhereTyped,
      diagnosis: facts.diagnosis(now: Date().timeIntervalSince1970))
  }

  private func facts() async throws(MFWSError) -> Facts {
    var examination = try Examination(url, configuration: probing.configuration)
    while true {
      if Task.isCancelled { throw MFWSError(.clientCancelled, "cancelled") }
      switch examination.next {
      case .ask(let probes): examination.take(await ask(probes))
      case .explain(let observation): await explain(observation, &examination)
      case .finish: return examination.facts
      }
    }
  }

  /// All at a time, in the order of the probes.
  private func ask(_ probes: [Probe]) async -> [Observation] {
    await withTaskGroup(of: (Int, Observation).self) { group in
      for (index, probe) in probes.enumerated() {
        group.addTask(executorPreference: probing.loop) { (index, await observe(probe)) }
      }
      var found: [(Int, Observation)] = []
      for await one in group { found.append(one) }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func observe(_ probe: Probe) async -> Observation {
    let outcome: Observation.Outcome
    do throws(HTTPError) {
      outcome = .answer(try await probing.send(probe.request))
    } catch {
      outcome = .failure(error)
    }
    return Observation(probe, outcome, ended: Date().timeIntervalSince1970)
  }

  private func explain(_ observation: Observation, _ examination: inout Examination) async {
    guard let failure = observation.failure else {
      examination.take([])
      return
    }
    let explained = await probing.explain(failure, url: observation.probe.url)
    let isTLS = explained.code == .tls && explained.reason != .notTLS
    let certificate = isTLS ? try? await probing.certificate(of: observation.probe.url) : nil
    examination.take(explained: explained, certificate: certificate)
  }
}

/// A server after its examination.
package struct ExaminedServer: Sendable {
  let place: Facts.Place?
  /// Credentials belong to the address that was typed.
  let isWhereTyped: Bool
  /// What was found out, to be continued.
  package var diagnosis: Diagnosis

  /// Why no credentials are sent.
  package var obstacle: Finding? {
    guard let place, diagnosis.verdict != .wrong else {
      return .notTried("something before it is wrong", remedy: "mend that, then run the same again")
    }
    if isWhereTyped { return nil }
    return .notTried(
      "the address leads to another one, and credentials go to that which was given only",
      remedy: "run: mfsh doctor \(place.address)")
  }
}

/// Looks on, and forgets.
private struct Onlooker: ExchangeObserver {
  func exchangeEnded(_ exchange: Exchange) {}
}
