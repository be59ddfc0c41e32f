import MFWS

/// Where to connect, as whom and how, from all sources, the strongest first: the call's arguments, options, the profile,
/// the environment. The one place that knows about precedence and about what goes to which address.
///
/// A secret belongs to the address that it came with: a profile's goes to that profile's server only, that of the options
/// to the options' address, that of the environment to `MFILES_URL`. Where options or environment name no address, the
/// strongest one that is named stands for it; without any, the secret goes to whatever a call names.
package struct ConnectionSettings: Sendable {
  /// One source.
  struct Source: Sendable {
    enum Kind: Sendable, Hashable {
      case call, options
      case profile(String)
      case environment
    }
    let kind: Kind
    let values: SettingValues
    /// The address that its secrets belong to; nil: any.
    let address: String?

    /// Whether the key counts for this server.
    func tells(_ key: SettingKey, to url: BaseURL) -> Bool {
      guard values[key] != nil else { return false }
      guard key.isCredential || isProfile && key.belongsToProfilesServer, let address else { return true }
      return (try? BaseURL(address))?.origin == url.origin
    }

    var isProfile: Bool { if case .profile = kind { true } else { false } }

    /// How messages call a key of this source.
    func name(of key: SettingKey) -> String {
      switch kind {
      case .call: key.rawValue
      case .options: key == .password ? "the password" : key.options.first ?? key.rawValue
      case .profile: "\(key.rawValue) of the profile"
      case .environment: key.variable ?? key.rawValue
      }
    }
  }

  /// The strongest first.
  let sources: [Source]
  /// The proxy that the environment's variables name.
  let environmentProxy: String?

  /// - Parameters:
  ///   - options: what the options say.
  ///   - profile: the active profile.
  ///   - environment: the variables.
  package init(options: SettingValues, profile: Profile? = nil, environment: TakenEnvironment) {
    let variables = environment.settings
    let addresses = [options[text: .url], profile?.values[text: .url], variables[text: .url]]
    let strongest = addresses.lazy.compactMap(\.self).first
    var sources = [Source(kind: .options, values: options, address: options[text: .url] ?? strongest)]
    if let profile {
      sources.append(
        Source(kind: .profile(profile.name), values: profile.values, address: profile.values[text: .url]))
    }
    sources.append(
      Source(kind: .environment, values: variables, address: variables[text: .url] ?? strongest))
    self.sources = sources
    environmentProxy = environment.proxy
  }

  private init(sources: [Source], environmentProxy: String?) {
    self.sources = sources
    self.environmentProxy = environmentProxy
  }

  /// The same, with the arguments of a call in front.
  func with(call values: SettingValues) -> ConnectionSettings {
    let call = Source(kind: .call, values: values, address: nil)
    return ConnectionSettings(sources: [call] + sources, environmentProxy: environmentProxy)
  }

  /// What the strongest source says that says anything, whatever the server. Not for what belongs to a server.
  subscript(key: SettingKey) -> SettingValue? { sources.lazy.compactMap { $0.values[key] }.first }

  /// The text of a key, whatever the server.
  package subscript(text key: SettingKey) -> String? {
    if case .text(let text)? = self[key] { text } else { nil }
  }

  /// The flag of a key, whatever the server.
  subscript(flag key: SettingKey) -> Bool? {
    if case .flag(let value)? = self[key] { value } else { nil }
  }

  /// What leaves certificates unverified, in the words of who said it; nil: they are verified.
  var nameOfInsecure: String? {
    guard let source = sources.first(where: { $0.values[flag: .insecure] != nil }) else { return nil }
    return source.values[flag: .insecure] == true ? source.name(of: .insecure) : nil
  }

  /// The position of the strongest source that says something about a key to this server.
  func position(of key: SettingKey, for url: BaseURL) -> Int? {
    sources.firstIndex { $0.tells(key, to: url) }
  }

  /// What the strongest source says to this server.
  func value(_ key: SettingKey, for url: BaseURL) -> SettingValue? {
    position(of: key, for: url).flatMap { sources[$0].values[key] }
  }

  func text(_ key: SettingKey, for url: BaseURL) -> String? {
    if case .text(let text)? = value(key, for: url) { text } else { nil }
  }

  /// The vault to enter; an empty name leaves out one that other settings give.
  func vault(for url: BaseURL) -> String? { text(.vault, for: url).flatMap { $0.isEmpty ? nil : $0 } }

  func flag(_ key: SettingKey, for url: BaseURL) -> Bool? {
    if case .flag(let value)? = value(key, for: url) { value } else { nil }
  }

  func number(_ key: SettingKey, for url: BaseURL) -> Double? {
    if case .number(let number)? = value(key, for: url) { number } else { nil }
  }

  func secret(_ key: SettingKey, for url: BaseURL) -> LazySecret? {
    if case .secret(let secret)? = value(key, for: url) { secret } else { nil }
  }
}
