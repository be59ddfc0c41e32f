public import HTTP

/// How a client behaves.
public struct ClientConfiguration: Sendable {
  /// Time limits, sizes, TLS, proxy.
  public var http = HTTPConfiguration()
  /// How resources are addressed.
  public var style = ResourceStyle()
  /// How often a request that may be repeated is sent again when the connection broke or the server is busy.
  public var retries = 2
  /// Lets credentials travel over `http://` to other machines.
  public var allowsPlaintext = false
  /// While one of these is locked, only GET requests, logins, the entering of vaults and logouts are sent.
  public var locks: [ChangeLock] = []
  /// The style that works, for clients of one server to share; nil: each client finds it out for itself.
  package var sharedStyle: LearnedStyle?
  /// Takes what logins that fail may have left on the server, instead of a logout in the background.
  package var leftovers: Leftovers?

  /// The defaults.
  public init() {}
}

/// How verbs and paths are written, for web servers that do not let all of them through (protocol: "Where it lives").
public struct ResourceStyle: Sendable, Hashable {
  /// How PUT and DELETE travel.
  public enum Verbs: String, Sendable, CaseIterable {
    /// As `POST …?_method=PUT`.
    case override
    /// As they are.
    case plain
  }
  /// How paths are written.
  public enum Paths: String, Sendable, CaseIterable {
    /// `/REST/session/vaults`
    case plain
    /// `/REST/session/vaults.aspx`
    case aspx
    /// `/REST/MFWS.ashx?restPath=session/vaults`
    case ashx
  }
  /// How PUT and DELETE travel. When the web server refuses the verb, the other way is tried and kept.
  public var verbs = Verbs.override
  /// How paths are written; nil: as the address suggests.
  public var paths: Paths?

  /// The defaults.
  public init() {}
}
