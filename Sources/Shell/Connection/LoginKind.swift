import LuaKit
import MFWS

/// By what a login is to be tried. What is given more strongly decides: a user and a password in the call are not mixed
/// with a profile's token.
enum LoginKind: Sendable, Equatable {
  case account, token, bearer, oauth
  /// Windows single sign-on.
  case windows
}

extension ConnectionSettings {
  /// The kind of login that the strongest source with one gives, and that source's position; nil: no source gives one.
  ///
  /// - Throws: `client.usage` when that source contradicts itself.
  func loginKind(for url: BaseURL) throws(LuaError) -> (kind: LoginKind, position: Int)? {
    for (position, source) in sources.enumerated() {
      guard let kind = kind(of: source, at: position, for: url) else { continue }
      try check(source, kind)
      if kind != .account, let via = self.position(of: .via, for: url), via < position {
        throw .usage(
          "\(sources[via].name(of: .via)) is for user and password, but \(source.name(of: kind.key)) decides here: "
            + "leave \(sources[via].name(of: .via)) out")
      }
      return (kind, position)
    }
    return nil
  }

  /// Whether a login can be tried without asking for more than a password.
  var canLogIn: Bool {
    guard let url = self[text: .url].flatMap({ try? BaseURL($0) }),
      let kind = try? loginKind(for: url)?.kind
    else { return false }
    return kind != .account || self[text: .user] != nil
  }

  private func kind(of source: Source, at position: Int, for url: BaseURL) -> LoginKind? {
    let isOn = { (key: SettingKey) in
      guard source.tells(key, to: url), source.values[flag: key] != false else { return false }
      // A stronger source may have switched it off.
      return !self.sources[..<position].contains { $0.values[flag: key] == false }
    }
    let kinds: [LoginKind] = [.token, .bearer, .windows, .oauth]
    if let kind = kinds.first(where: { isOn($0.key) }) { return kind }
    return isOn(.user) || isOn(.password) ? .account : nil
  }

  /// What cannot be meant together, when one and the same source says it.
  private func check(_ source: Source, _ kind: LoginKind) throws(LuaError) {
    let given = source.values.keys.filter { source.values[flag: $0] != false }
    if let other = kind.exclusions.first(where: given.contains) {
      throw .usage(
        "\(source.name(of: kind.key)) and \(source.name(of: other)) exclude each other: leave one out")
    }
    if kind == .windows, given.contains(.password), !given.contains(.user) {
      throw .usage(
        "\(source.name(of: .password)) needs a user: give one, or leave it out to use the ticket of whoever is logged on"
      )
    }
  }
}

extension LoginKind {
  /// The key that chooses this way.
  var key: SettingKey {
    switch self {
    case .account: .user
    case .token: .token
    case .bearer: .bearer
    case .oauth: .oauth
    case .windows: .sso
    }
  }

  /// What makes no sense beside it.
  fileprivate var exclusions: [SettingKey] {
    switch self {
    case .account: []
    case .token: [.bearer, .sso, .oauth, .user, .password, .domain, .windows, .authConfig, .via]
    case .bearer: [.sso, .oauth, .user, .password, .domain, .windows, .via]
    case .windows: [.oauth, .authConfig, .via]
    case .oauth: [.user, .password, .domain, .windows, .via]
    }
  }
}
