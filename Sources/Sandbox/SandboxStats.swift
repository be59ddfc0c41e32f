/// What a sandbox has seen so far.
public struct SandboxStats: Sendable, Hashable {
  /// Sessions that proved their login and neither logged out nor expired.
  public var liveSessions = 0
  /// Those of them whose account has a concurrent licence.
  public var liveLicenses = 0
  /// The most sessions that were live at a time.
  public var highestLiveSessions = 0
  /// The most concurrent licences that were held at a time.
  public var highestLiveLicenses = 0
  /// Logins that were proved: a `PUT /session` that succeeded, a token that was used successfully, a single sign-on.
  public var logins = 0
  /// Proved sessions that logged out.
  public var logouts = 0
  /// How often credentials were presented and refused: a wrong password, a token made with one, an unknown bearer, an
  /// account that single sign-on may not use. A session that ended and a refused vault do not count.
  public var refusedLogins = 0
  /// Requests of any kind, refused ones included.
  public var requests = 0
  /// Requests by verb and resource, such as `GET /session/vaults`, after `_method` is read; those below `/sandbox` are
  /// left out. From the thousandth resource on they are counted as `other`.
  public var requestsByPath: [String: Int] = [:]
  /// TCP connections that were accepted.
  public var connections = 0
  /// TLS handshakes, each counted when its connection brings its first request.
  public var handshakes = 0

  /// Nothing seen yet.
  public init() {}
}
