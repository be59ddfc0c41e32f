public import MFWS

/// How a sandbox behaves and where it listens.
public struct SandboxConfiguration: Sendable {
  /// The state that the whole server plays.
  public enum Mode: String, Sendable, CaseIterable {
    /// A server as it should be.
    case normal
    /// Every address answers 200 and a page to log in, as behind a gateway.
    case loginPage = "login-page"
    /// A web server where nobody installed the web service: a welcome page and 404 pages.
    case iisOnly = "iis-only"
    /// The web service runs, M-Files Server does not: 503 wherever it is needed.
    case stopped
  }

  /// The verbs that the web server lets through.
  public enum Verbs: String, Sendable, CaseIterable {
    /// All, plain and by `_method`.
    case any
    /// Plain `PUT` and `DELETE` meet the web server's own 405 page; only `POST …?_method=PUT` works.
    case postOnly = "post-only"
    /// The same with a 501 page.
    case postOnly501 = "post-only-501"
    /// `_method` means nothing; only plain verbs work.
    case plainOnly = "plain-only"
  }

  /// A TLS listener, with a certificate that an authority made at the start issues.
  public struct TLS: Sendable {
    /// Names and numeric addresses in the certificate besides `localhost`, `127.0.0.1`, `::1` and the host.
    public var names: [String] = []
    /// Seconds from the start when the certificate begins and ends to be valid; an end below 0 makes an expired one.
    public var validity = -86_400...(30 * 86_400)
    /// Authorities (PEM) of which clients must show a certificate; nil: none is asked for.
    public var clientAuthorities: String?

    /// A certificate for this machine, valid for 30 days.
    public init() {}
  }

  /// The address to listen on: `localhost` or an IPv4 or IPv6 address. Off loopback only with a seed of one's own,
  /// because everybody knows the passwords of the standard one.
  public var host = "127.0.0.1"
  /// The port to listen on, 0 for a free one.
  public var port: UInt16 = 0
  /// Whether and how TLS is spoken; nil: plain HTTP.
  public var tls: TLS?
  /// The number of web servers played, 1 to 64. With several of them a token or a cookie session belongs to the
  /// node that made it, which the cookie `mfilesmsm` names.
  public var nodes = 1
  /// The vaults, accounts and plug-ins.
  public var seed = SandboxSeed.standard
  /// How many accounts there are besides the seed's: `user00001`, `user00002` and so on, with the password `demo`, the
  /// UserID 100,000 more than the number, and the seed's first vault. Each tenth has a concurrent licence, the others a
  /// named one. At most a million; they take neither time nor memory before they are used.
  public var accounts = 0
  /// The state that the whole server plays.
  public var mode = Mode.normal
  /// The verbs that the web server lets through.
  public var verbs = Verbs.any
  /// The folder that everything lives in, such as `/m-files`; empty for the root, where any one folder is accepted.
  public var path = ""
  /// Whether resources are reached by `MFWS.ashx?restPath=…` only, as on very old set-ups.
  public var takesOnlyAshx = false
  /// Whether responses have the fields `Server` and `X-Powered-By` of IIS.
  public var sendsIISHeaders = false
  /// Seconds that the `Date` field of responses is ahead of the time; negative for behind.
  public var clockSkew = 0.0
  /// Whether a vault refused after an application login answers like a refused login, but for its text.
  public var uniformRefusals = false
  /// Whether a logout answers 204, as documented, and not 200 `{"Value":true}`, as recorded.
  public var answersLogoutWithNoContent = false
  /// How many sessions of accounts with a concurrent licence there may be at a time; nil: any number.
  public var licenses: Int?
  /// Seconds that every answer takes longer, 0 to 60. Waiting answers hold no thread.
  public var latency = 0.0
  /// How many requests a second there may be, and as many at once after a second of rest; what is more is refused with
  /// 429 and Retry-After. Nil: any number.
  public var rate: Int?
  /// What a web server in front sends as `X-Proxy-Secret`, so that its `X-Remote-User` is believed at the page for
  /// single sign-on; nil: nobody's is.
  public var trustedProxy: Secret?
  /// The pre-shared key that requests must bear; nil: that of the seed.
  public var presharedKey: Secret?
  /// What goes wrong from the start.
  public var faults: [Fault] = []

  /// A faithful single server on a free loopback port, with the standard seed.
  public init() {}

  func validate(isLoopback: Bool) throws(SandboxError) {
    guard (1...64).contains(nodes) else {
      throw SandboxError(.configuration, "\(nodes) nodes asked for; a sandbox plays 1 to 64")
    }
    guard licenses ?? 0 >= 0 else {
      throw SandboxError(.configuration, "there cannot be \(licenses ?? 0) licences; give 0 or more")
    }
    guard (0...1_000_000).contains(accounts) else {
      throw SandboxError(.configuration, "\(accounts) accounts asked for; a sandbox makes 0 to 1000000")
    }
    guard (0...60).contains(latency) else {
      throw SandboxError(.configuration, "a latency of \(latency) s asked for; give 0 to 60")
    }
    guard rate ?? 1 > 0 else {
      throw SandboxError(.configuration, "\(rate ?? 0) requests a second is no rate; give 1 or more")
    }
    guard path.isEmpty || path.hasPrefix("/") else {
      throw SandboxError(.configuration, "\"\(path)\" is no folder of a server; write it like /m-files")
    }
    guard isLoopback || !seed.isStandard else {
      throw SandboxError(
        .configuration,
        "the standard seed's passwords are public, so it is served on loopback only; "
          + "listen on 127.0.0.1 or bring a seed of your own")
    }
    guard isLoopback || accounts == 0 else {
      throw SandboxError(
        .configuration,
        "the password of generated accounts is public, so they are served on loopback only; "
          + "listen on 127.0.0.1 or leave them out")
    }
  }
}
