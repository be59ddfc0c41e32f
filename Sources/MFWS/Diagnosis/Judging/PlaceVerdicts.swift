import HTTP

/// Where the web service is, or what is there instead.
enum PlaceVerdicts {
  static func findings(_ facts: Facts) -> [Finding] {
    guard facts.front?.response != nil || !facts.places.isEmpty else { return [] }
    guard let place = facts.found else { return [missing(facts)] }
    return [found(place, facts), server(facts)].compactMap { $0 }
  }

  private static func found(_ place: Facts.Place, _ facts: Facts) -> Finding {
    let paths =
      place.style == .plain ? "" : ", with paths as \(place.base.resource("/session", style(place)))"
    return Finding(
      .baseURL, .fine, "the web service is at \(place.base)\(paths)",
      data: ["url": .string(place.base.description), "paths": .string(place.style.rawValue)])
  }

  private static func style(_ place: Facts.Place) -> ResourceStyle {
    var style = ResourceStyle()
    style.paths = place.style
    return style
  }

  private static func server(_ facts: Facts) -> Finding? {
    let answers = facts.places.map(PlaceAnswer.init)
    guard let best = answers.min(by: { $0.rank ?? .max < $1.rank ?? .max }) else { return nil }
    switch best {
    case .service(isUp: true, let message):
      return Finding(.server, .fine, "M-Files Server is up" + (message.isEmpty ? "" : ": \(message)"))
    case .service(isUp: false, let message):
      return stopped("M-Files Server is stopped" + (message.isEmpty ? "" : ": \(message)"))
    case .unavailable(let status):
      return stopped("M-Files Server, or the application pool of its web service, is stopped (\(status))")
    case .refusing(let status):
      return Finding(
        .server, .doubtful, "the web service does not tell whether M-Files Server is up (\(status))")
    default: return nil
    }
  }

  private static func stopped(_ text: String) -> Finding {
    Finding(
      .server, .wrong, text,
      remedy: "start the service \"M-Files Server\" on the server, then run the same again")
  }

  // MARK: not found

  private static func missing(_ facts: Facts) -> Finding {
    let (text, remedy, cause) = reason(facts)
    let looked = facts.target.folders.map { JSONValue.string("\(facts.target.origin)\($0)") }
    return Finding(
      .baseURL, .wrong, text, remedy: remedy, data: ["cause": .string(cause), "looked_at": .array(looked)])
  }

  private static func reason(_ facts: Facts) -> (text: String, remedy: String, cause: String) {
    let answers = facts.places.map(PlaceAnswer.init)
    if let login = LoginPage.text(facts, answers) {
      return (login, "let /REST through without that login, or ask for an address behind it", "login_page")
    }
    if let challenge = answers.lazy.compactMap(\.challenges).first {
      return (
        "the web server itself wants a login (\(challenge.joined(separator: ", "))) in front of the web service",
        "turn on anonymous authentication for /REST in the web server", "web_server_login"
      )
    }
    if let status = answers.lazy.compactMap(\.unavailableStatus).first {
      return (
        "the web server is there, what should be behind it is not (\(status))",
        "start the web service's application pool, or what the gateway leads to", "unavailable"
      )
    }
    if answers.allSatisfy({ $0 == .failure }), let failure = facts.places.lazy.compactMap(\.failure).first {
      return (
        "nothing answers where the web service could be: \(failure.message)", "run the same again", "silence"
      )
    }
    return (elsewhere(facts), folderRemedy(facts), "no_web_service")
  }

  private static func elsewhere(_ facts: Facts) -> String {
    let folders = facts.target.folders.map { $0.isEmpty ? "/" : $0 }.joined(separator: ", ")
    let product = facts.responses.lazy.compactMap { $0.headers["Server"] }.first ?? ""
    if Product.isKernel(product) {
      return "Windows answers, but no site of IIS is bound to \(facts.target.host)"
    }
    let who = Product.isIIS(product) ? "IIS" : "a web server"
    return "\(who) answers, but there is no M-Files Web Service in \(folders)"
  }

  private static func folderRemedy(_ facts: Facts) -> String {
    "check that M-Files Web is installed; if it is in another folder, run: mfsh doctor \(facts.target.origin)/FOLDER"
  }
}

extension PlaceAnswer {
  fileprivate var challenges: [String]? { if case .challenge(let schemes) = self { schemes } else { nil } }
  fileprivate var unavailableStatus: Int? { if case .unavailable(let status) = self { status } else { nil } }
}

/// A page that wants a login before anything else.
enum LoginPage {
  /// nil: what answers is none.
  static func text(_ facts: Facts, _ answers: [PlaceAnswer]) -> String? {
    if let target = answers.lazy.compactMap(\.redirection).first(where: { !isSamePlace($0, facts) }) {
      return "a login page stands in front of everything: requests are sent to \(Redirection.shown(target))"
    }
    let pages = facts.places.compactMap(\.response).filter { PlaceAnswer.isPage($0) }
    guard let page = pages.first ?? forbidden(facts) else { return nil }
    let kind = hasPasswordField(page) ? "a login page" : "a page of a login or a gateway"
    return "\(kind)\(page.titleClause) stands in front of everything, where JSON should be"
  }

  private static func forbidden(_ facts: Facts) -> HTTPResponse? {
    facts.places.compactMap(\.response).first { [401, 403].contains($0.status) && hasPasswordField($0) }
  }

  /// Language does not matter: every such form has a field of this type.
  private static func hasPasswordField(_ page: HTTPResponse) -> Bool {
    let text = String(decoding: page.body.prefix(1 << 16), as: UTF8.self).lowercased()
    return ["type=\"password\"", "type='password'", "type=password"].contains(where: text.contains)
  }

  /// A redirection that only adds a slash, or changes http to https.
  private static func isSamePlace(_ target: String, _ facts: Facts) -> Bool {
    target.lowercased().prefix { $0 != "?" }.contains("/rest/server/status")
  }
}

extension PlaceAnswer {
  fileprivate var redirection: String? { if case .redirection(let target) = self { target } else { nil } }
  fileprivate static func isPage(_ response: HTTPResponse) -> Bool {
    (200..<300).contains(response.status) && response.isPage
  }
}
