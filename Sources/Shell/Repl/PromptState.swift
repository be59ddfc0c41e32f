import FoundationEssentials
import MFWS

/// What a prompt can say about where one is.
struct PromptState: Equatable {
  var user: String?
  var vault: String?
  /// The address of the session's server.
  var url: String?
  /// The profile whose server that is.
  var profile: String?
  /// The host, when the server is another than the one that mfsh was started for.
  var otherHost: String?
  /// Whether the profile is marked so.
  var isProduction = false
  /// Whether only what reads is sent.
  var isLocked = false
  /// Seconds until the session ends by itself; nil: not known.
  var secondsLeft: Double?
  /// Whether the session logs in again by itself when its time is over.
  var continues = false
  /// The number that the next statement has in messages; nil: not known.
  var statement: Int?
  /// What has become of the session when it cannot be used as it is: `expired`, `refused`.
  var ending: String?
}

extension PromptState {
  /// The state of the prompt's session.
  init(_ runtime: Runtime) {
    isLocked = runtime.isLocked
    guard let session = runtime.defaultSession?.session else { return }
    user = session.user
    vault = session.enteredVaultName
    url = session.url
    secondsLeft = session.expires?.timeIntervalSinceNow
    continues = session.continues
    switch session.state {
    case .expired where continues: ending = nil
    case .expired, .refused: ending = session.state.rawValue
    case .open, .loggedOut: ending = nil
    }
    let server = try? BaseURL(session.url)
    if let profile = runtime.connection.profile, profile.url.map({ Self.isSame($0, server) }) ?? true {
      self.profile = profile.name
      isProduction = profile.isProduction
    } else if let start = runtime.connection[text: .url], !Self.isSame(start, server) {
      otherHost = server?.host
    }
  }

  private static func isSame(_ address: String, _ server: BaseURL?) -> Bool {
    (try? BaseURL(address))?.origin == server?.origin
  }
}

extension ConnectionSettings {
  /// The active profile: its name, its server, and whether it is marked `production`.
  fileprivate var profile: (name: String, url: String?, isProduction: Bool)? {
    for source in sources {
      if case .profile(let name) = source.kind {
        return (name, source.values[text: .url], source.values[flag: .production] == true)
      }
    }
    return nil
  }
}
