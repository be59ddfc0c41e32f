import HTTP

/// What the web service lets through and offers.
enum ServiceVerdicts {
  static func findings(_ facts: Facts) -> [Finding] {
    guard !facts.service.isEmpty else { return [] }
    return [verbs(facts), paths(facts), WaysIn(facts)?.finding].compactMap { $0 }
  }

  // MARK: verbs

  private static func verbs(_ facts: Facts) -> Finding? {
    func blocked(_ style: ResourceStyle.Verbs) -> [String] {
      ["PUT", "DELETE"].filter { !passes(facts.service(.verb($0, style))) }
    }
    let plain = blocked(.plain), overridden = blocked(.override)
    let data: [String: JSONValue] = [
      "blocked": .array(plain.map(JSONValue.string)),
      "blocked_by_method": .array(overridden.map(JSONValue.string)),
    ]
    if plain.isEmpty {
      let exception = overridden.isEmpty ? "" : "; as POST with _method they do not"
      return Finding(.verbs, .fine, "PUT and DELETE get through\(exception)", data: data)
    }
    let names = plain.joined(separator: " and ")
    guard overridden.isEmpty else {
      return Finding(
        .verbs, .wrong, "the web server blocks \(names), also as POST with _method: nobody can log in",
        remedy: "allow POST on /REST in the web server and its firewall", data: data)
    }
    return Finding(
      .verbs, .doubtful, "the web server blocks \(names); POST with _method, which mfsh uses, gets through",
      remedy:
        "nothing to do for mfsh; for other clients allow the verbs in IIS (WebDAV and request filtering block them)",
      data: data)
  }

  /// Whether the service itself has answered: with a refusal, since nobody is logged in.
  private static func passes(_ response: HTTPResponse?) -> Bool {
    guard let response else { return false }
    if response.status == 405 || response.status == 501 { return false }
    return response.isFromService || (200..<300).contains(response.status) && !response.isPage
  }

  // MARK: paths

  private static func paths(_ facts: Facts) -> Finding? {
    guard let place = facts.found else { return nil }
    let others = facts.service.filter { observation in
      if case .place = observation.probe.purpose { PlaceAnswer(observation).rank ?? 9 < 3 } else { false }
    }.compactMap(\.probe.pathStyle)
    let all = [place.style] + others
    let names = all.map(\.example).joined(separator: ", ")
    return Finding(
      .paths, .fine, "paths work as \(names)", data: ["styles": .array(all.map { .string($0.rawValue) })])
  }
}

extension Probe {
  fileprivate var pathStyle: ResourceStyle.Paths? {
    if case .place(_, let style) = purpose { style } else { nil }
  }
}

extension ResourceStyle.Paths {
  fileprivate var example: String {
    switch self {
    case .plain: "/REST/session"
    case .aspx: "/REST/session.aspx"
    case .ashx: "MFWS.ashx?restPath=session"
    }
  }
}

/// How one could log in (protocol: "Ways to authenticate a request").
struct WaysIn {
  private let plugins: [JSONValue]
  private let isListed: Bool
  private let challenges: [String]

  /// nil: a server that is stopped says nothing about it.
  init?(_ facts: Facts) {
    guard (facts.service(.protocols)?.status ?? 0) < 500 else { return nil }
    let list = facts.service(.protocols)?.json?.array
    isListed = list != nil
    plugins = list ?? []
    let page = facts.service(.singleSignOn)
    challenges = page?.status == 401 ? page?.challenges.filter(Self.isWindows) ?? [] : []
  }

  private static func isWindows(_ scheme: String) -> Bool {
    ["negotiate", "ntlm"].contains(scheme.lowercased())
  }

  private var oauth: [String] { names { $0 == "MFiles.AuthenticationProviders.OAuth" } }
  /// Those without an assembly are the server's own accounts.
  private var accounts: [String] { names(\.isEmpty) }
  private var others: [String] { names { !$0.isEmpty && $0 != "MFiles.AuthenticationProviders.OAuth" } }

  private func names(_ condition: (String) -> Bool) -> [String] {
    plugins.filter { condition($0["AssemblyName"]?.string ?? "") }.map { $0["Name"]?.string ?? "unnamed" }
  }

  var finding: Finding {
    let users = accounts.isEmpty ? ["M-Files", "Windows"] : accounts
    var ways = ["name and password (\(users.joined(separator: ", ")))"]
    if !challenges.isEmpty { ways.append("Windows single sign-on (\(challenges.joined(separator: ", ")))") }
    if !oauth.isEmpty { ways.append("OAuth (\(oauth.joined(separator: ", ")))") }
    if !others.isEmpty { ways.append("plug-ins (\(others.joined(separator: ", ")))") }
    return Finding(
      .waysIn, isListed ? .fine : .doubtful,
      ways.joined(separator: "; ") + (isListed ? "" : "; the server does not list its plug-ins"), data: data)
  }

  private var data: [String: JSONValue] {
    [
      "single_sign_on": .array(challenges.map(JSONValue.string)),
      "oauth": .array(oauth.map(JSONValue.string)),
      "accounts": .array(accounts.map(JSONValue.string)), "plugins": .array(others.map(JSONValue.string)),
    ]
  }
}
