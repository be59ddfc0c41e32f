import MFWS

/// What a provider of identities is to be asked before a request can be answered.
struct IdentityQuestion: Sendable {
  /// The provider's userinfo address.
  let url: String
  let bearer: Secret
}

/// What it said.
enum IdentityAnswer: Sendable {
  /// The token is good; these are the user's fields.
  case claims([String: JSONValue])
  /// The token is not good.
  case refused
  /// The provider did not answer.
  case unreachable
}

/// Bearer tokens that a provider vouched for a moment ago.
struct KnownBearers: Sendable {
  private struct Entry: Sendable {
    let claims: [String: JSONValue]
    let until: Double
  }
  private struct Key: Hashable, Sendable {
    let plugin: String
    let bearer: Secret
  }
  private var entries: [Key: Entry] = [:]

  static let seconds = 10.0
  private static let limit = 1000

  func claims(_ bearer: Secret, plugin: String, at now: Double) -> [String: JSONValue]? {
    guard let entry = entries[Key(plugin: plugin, bearer: bearer)], entry.until > now else { return nil }
    return entry.claims
  }

  mutating func learn(_ claims: [String: JSONValue], of bearer: Secret, plugin: String, at now: Double) {
    if entries.count >= Self.limit { entries = entries.filter { $0.value.until > now } }
    guard entries.count < Self.limit else { return }
    entries[Key(plugin: plugin, bearer: bearer)] = Entry(claims: claims, until: now + Self.seconds)
  }
}

extension WebService {
  /// The question that must be answered before this request can be; nil when there is none.
  func question(_ request: WebRequest, now: Double) -> IdentityQuestion? {
    guard request.identity == nil, let text = request.bearer, let plugin = plugin(of: request),
      let url = plugin.userinfo
    else { return nil }
    let bearer = Secret(text)
    let isKnown = knownBearers.claims(bearer, plugin: plugin.name, at: now) != nil
    return isKnown || plugin.account(text) != nil ? nil : IdentityQuestion(url: url, bearer: bearer)
  }

  /// The plug-in that `X-AuthConfig` names.
  private func plugin(of request: WebRequest) -> Plugin? {
    guard let name = request.header("X-AuthConfig")?.lowercased() else { return nil }
    return plugins.first { $0.name.lowercased() == name }
  }

  /// A request by `Authorization: Bearer`. It has no session: whatever it needs comes with it.
  mutating func caller(bearer: String, _ visit: Visit) throws(Refusal) -> Caller {
    guard let plugin = plugin(of: visit.request),
      plugin.isOffered(for: visit.request.namedVault.flatMap { GUID($0) }),
      let name = accountName(bearer, plugin, visit), let account = account(named: name)
    else { throw refusedLogin() }
    let vault = try requestedVault(visit, of: account, isLoggedToApplication: false)
    let session = try plainSession(of: account, visit)
    return Caller(account: account, session: session, way: .plain, isReadOnly: false, vault: vault)
  }

  private mutating func accountName(_ bearer: String, _ plugin: Plugin, _ visit: Visit) -> String? {
    if let known = plugin.account(bearer) { return known }
    let secret = Secret(bearer)
    if case .claims(let claims)? = visit.request.identity {
      knownBearers.learn(claims, of: secret, plugin: plugin.name, at: visit.now)
    }
    let claims = knownBearers.claims(secret, plugin: plugin.name, at: visit.now)
    return claims?[plugin.accountClaim]?.string
  }

  /// The account of `name`, `DOMAIN\name` or `name@REALM`, if it may log in at all.
  func account(named name: String) -> Int? {
    let parts = name.split(separator: "\\", maxSplits: 1)
    if parts.count == 2 { return account(of: String(parts[1]), in: String(parts[0])) }
    if let exact = accounts.number(named: name, where: \.isEnabled) { return exact }
    guard let mark = name.lastIndex(of: "@") else { return nil }
    return account(of: String(name[..<mark]), in: String(name[name.index(after: mark)...]))
  }

  /// The Windows account of this name, whose domain is the realm or the realm's first label.
  private func account(of user: String, in realm: String) -> Int? {
    let domains = [realm.lowercased(), realm.lowercased().prefix { $0 != "." }.description]
    return accounts.number(named: user) {
      $0.isEnabled && $0.isWindows && domains.contains($0.domain?.lowercased() ?? "")
    }
  }
}

extension Plugin {
  /// The account that the seed itself gives a token.
  fileprivate func account(_ bearer: String) -> String? {
    bearers.first { $0.token.matches(Password(bearer)) }?.account
  }
}
