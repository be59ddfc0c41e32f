/// What a sandbox has seen so far.
public struct SandboxStats: Sendable, Hashable {
  /// Sessions that proved their login and neither logged out nor expired.
  public var liveSessions = 0
  /// Logins that were proved: a `PUT /session` that succeeded, a token that was used successfully.
  public var logins = 0
  /// Proved sessions that logged out.
  public var logouts = 0
  /// Requests of any kind, refused ones included.
  public var requests = 0

  /// Nothing seen yet.
  public init() {}
}
