package import HTTP

/// The course of an examination: what to ask next, given what was answered so far. No socket and no clock.
///
/// No question carries credentials, and none changes anything.
package struct Examination: Sendable {
  /// What to do next.
  package enum Step: Sendable {
    /// Sends all of these and hands over what they brought.
    case ask([Probe])
    /// Looks for the reason of a connection that failed.
    case explain(Observation)
    case finish
  }

  private enum Stage {
    /// → explaining, front again at a redirection, suspicion, places
    case front
    /// A web server has answered 400 to plain HTTP, as those do that expect TLS. → places, done
    case suspicion
    /// → others
    case explaining
    /// → done
    case others
    /// → oldStyles, elsewhere, service
    case places
    /// The host that the front redirects to. → oldStyles, service
    case elsewhere
    /// → service, done
    case oldStyles
    /// → done
    case service
    case done
  }

  package private(set) var facts: Facts
  private var stage = Stage.front
  private static let redirectionLimit = 5

  /// - Parameters:
  ///   - url: what the user typed.
  ///   - configuration: how the probes travel.
  ///   - proxy: the proxy on the way.
  /// - Throws: `client.usage` when no address can be read from the text.
  package init(_ url: String, configuration: HTTPConfiguration, proxy: ProxyChoice? = nil) throws(MFWSError) {
    let target = try DiagnosisTarget(url)
    let proxy = proxy ?? ProxyChoice(scheme: target.scheme, host: target.host, configuration)
    facts = Facts(typed: url, target: target, configuration: configuration, proxy: proxy)
  }

  package var next: Step {
    switch stage {
    case .front: .ask([front])
    case .explaining: facts.front.map { .explain($0) } ?? .finish
    case .suspicion: .ask([ProbePlan.otherScheme(facts.target)])
    case .others: .ask(ProbePlan.others(facts))
    case .places, .elsewhere: .ask(ProbePlan.places(facts.target, [.plain]))
    case .oldStyles: .ask(ProbePlan.places(facts.target, [.aspx, .ashx]))
    case .service: .ask(facts.found.map(ProbePlan.service) ?? [])
    case .done: .finish
    }
  }

  private var front: Probe {
    var probe = Probe(.front, facts.fronts.last.flatMap(redirection) ?? facts.target.front)
    probe.wantsCertificate = probe.url.hasPrefixIgnoringCase("https:")
    return probe
  }

  /// Takes in what the probes of the last step brought.
  package mutating func take(_ observations: [Observation]) {
    switch stage {
    case .front: takeFront(observations)
    case .suspicion: takeSuspicion(observations)
    case .others:
      facts.others = observations
      stage = .done
    case .places, .elsewhere, .oldStyles: takePlaces(observations)
    case .service:
      facts.service = observations
      stage = .done
    case .explaining, .done: stage = .done
    }
  }

  /// Takes in why the connection failed, and the certificate that was shown, if there was one.
  package mutating func take(explained: HTTPError, certificate: ServerCertificate?) {
    facts.fronts[facts.fronts.count - 1].outcome = .failure(explained)
    facts.untrusted = certificate
    stage = .others
    if ProbePlan.others(facts).isEmpty { stage = .done }
  }

  private mutating func takeFront(_ observations: [Observation]) {
    facts.fronts += observations
    guard let last = facts.fronts.last else { return stage = .done }
    if last.failure != nil { return stage = facts.fronts.count > 1 ? .places : .explaining }
    if redirection(last) != nil, facts.fronts.count <= Self.redirectionLimit { return }
    let isSuspect = facts.fronts.count == 1 && !facts.target.isTLS && last.response?.status == 400
    follow(last.probe.url)
    stage = isSuspect ? .suspicion : .places
  }

  private mutating func takeSuspicion(_ observations: [Observation]) {
    stage = .places
    guard observations.contains(where: { $0.response != nil || $0.failure?.code == .tls }) else { return }
    let failure = HTTPError(.badResponse, "the web server expects TLS", reason: .needsTLS)
    facts.fronts[facts.fronts.count - 1].outcome = .failure(failure)
    stage = .done
  }

  /// A redirection on the same host is where the service is looked for.
  private mutating func follow(_ url: String) {
    guard facts.fronts.count > 1, let target = try? DiagnosisTarget(url), target.host == facts.target.host
    else {
      return
    }
    if !facts.target.isTLS || target.isTLS {
      let folders = facts.target.folders
      facts.target = target
      facts.target.folders = folders
    }
    facts.target.add(folder: target.folders.first ?? "")
  }

  private mutating func takePlaces(_ observations: [Observation]) {
    facts.places += observations
    let best = observations.compactMap { observation in
      PlaceAnswer(observation).rank.map { (rank: $0, observation: observation) }
    }.min { $0.rank < $1.rank }
    if let best, let place = ProbePlan.place(of: best.observation, isSure: best.rank < 3), isClear(best.rank)
    {
      facts.found = place
      stage = .service
    } else if stage == .places, let elsewhere = otherHost {
      facts.target = elsewhere
      stage = .elsewhere
    } else {
      stage = stage == .oldStyles ? .done : .oldStyles
    }
  }

  /// A gateway that is not available everywhere tells nothing about places.
  private func isClear(_ rank: Int) -> Bool {
    rank < 3 || ![502, 503, 504].contains(facts.front?.response?.status ?? 0)
  }

  private var otherHost: DiagnosisTarget? {
    guard let url = facts.front?.probe.url, let target = try? DiagnosisTarget(url),
      target.host != facts.target.host, facts.front?.response != nil
    else { return nil }
    return target
  }

  /// Where an answer redirects to, as an absolute address.
  private func redirection(_ observation: Observation) -> String? {
    guard let location = observation.response?.redirection else { return nil }
    return Redirection.target(location, from: observation.probe.url)
  }
}

/// Addresses in `Location`.
enum Redirection {
  /// The absolute address; nil when it is none of HTTP's. A user and password in it are no address to follow.
  static func target(_ location: String, from url: String) -> String? {
    let plain = String(location.prefix { $0 != "#" })
    guard !plain.contains("@"), plain.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    if plain.contains("://") {
      return ["http://", "https://"].contains(where: plain.hasPrefixIgnoringCase) ? plain : nil
    }
    guard let end = url.firstRange(of: "://")?.upperBound else { return nil }
    if plain.hasPrefix("//") { return "\(url[..<end])\(plain.dropFirst(2))" }
    let origin = String(url[..<end]) + url[end...].prefix { $0 != "/" && $0 != "?" }
    if plain.hasPrefix("/") { return origin + plain }
    let path = url[end...].drop { $0 != "/" }.prefix { $0 != "?" }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "/"
    return origin + folder + plain
  }

  /// Without a query, which may hold secrets.
  static func shown(_ url: String) -> String { String(url.prefix { $0 != "?" }.prefix(200)) }
}
