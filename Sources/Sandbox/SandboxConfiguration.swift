/// How a sandbox behaves and where it listens.
public struct SandboxConfiguration: Sendable {
  /// The address to listen on: `localhost` or an IPv4 or IPv6 address. Off loopback only with a seed of one's own,
  /// because everybody knows the passwords of the standard one.
  public var host = "127.0.0.1"
  /// The port to listen on, 0 for a free one.
  public var port: UInt16 = 0
  /// The number of web servers played, 1 to 64. With several of them a token or a cookie session belongs to the
  /// node that made it, which the cookie `mfilesmsm` names.
  public var nodes = 1
  /// The vaults and accounts.
  public var seed = SandboxSeed.standard
  /// Whether plain `PUT` and `DELETE` meet the web server's own 405 page, as on many real servers, so that only
  /// `POST …?_method=PUT` works.
  public var blocksPutAndDelete = false
  /// Whether a vault refused after an application login answers like a refused login, but for its text.
  public var uniformRefusals = false
  /// Whether a logout answers 204, as documented, and not 200 `{"Value":true}`, as recorded.
  public var answersLogoutWithNoContent = false

  /// A faithful single server on a free loopback port, with the standard seed.
  public init() {}

  func validate(isLoopback: Bool) throws(SandboxError) {
    guard (1...64).contains(nodes) else {
      throw SandboxError(.configuration, "\(nodes) nodes asked for; a sandbox plays 1 to 64")
    }
    guard isLoopback || !seed.isStandard else {
      throw SandboxError(
        .configuration,
        "the standard seed's passwords are public, so it is served on loopback only; "
          + "listen on 127.0.0.1 or bring a seed of your own")
    }
  }
}
