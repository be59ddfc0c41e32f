public import FoundationEssentials
public import HTTP

/// Who logs in, and how (protocol: "Ways to authenticate a request").
public struct Login: Sendable {
  /// By what the server is to know who it is.
  public enum Credentials: Sendable {
    /// A name and a password.
    case account(Account)
    /// A token that was made elsewhere. It is used as it is, and never logged out.
    case token(Secret)
    /// An OAuth bearer, with the name of the plug-in that understands it.
    case bearer(any BearerSource, plugin: String?)
    /// Windows single sign-on at `/WebServiceSSO.aspx`: the ticket of whoever is logged on, or a name and a password.
    case windows(ConnectionAuthentication)
  }

  /// An M-Files or Windows account.
  public struct Account: Sendable {
    /// The user's name.
    public var user: String
    /// The password.
    public var password: Secret
    /// The Windows domain.
    public var domain: String?
    /// Whether the account is a Windows account.
    public var isWindowsUser = false
    /// The way to a session.
    public var way = Way.session

    /// An M-Files account.
    public init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }

  /// When a session ends by itself.
  public enum Expiry: Sendable {
    /// So many seconds after each login.
    case after(seconds: Double)
    /// At this moment; after it there is no login any more.
    case at(Date)
  }

  /// How a name and a password are used.
  public enum Way: String, Sendable, CaseIterable {
    /// PUT `/session`, cookies from then on.
    case session
    /// POST `/server/authenticationtokens`, then the token with each request.
    case token
    /// Name and password in the headers of each request. There is no session, and nothing to log out.
    case headers
  }

  /// By what the server is to know who it is.
  public var credentials: Credentials
  /// A vault to enter: a GUID in any spelling, or a name.
  public var vault: String?
  /// When the session ends by itself.
  public var expires = Expiry.after(seconds: 3600)
  /// The name under which the server lists this computer.
  public var computer: String?
  /// The key that the server wants with each request besides.
  public var presharedKey: Secret?
  /// Asks the server for a session that changes nothing, and refuses such requests here.
  public var isReadOnly = false
  /// Logs in once more, by itself, when the session has ended or its node is gone.
  public var reconnects = true

  /// A login.
  public init(_ credentials: Credentials) { self.credentials = credentials }

  /// A login by name and password.
  public init(user: String, password: Secret, way: Way = .session) {
    var account = Account(user: user, password: password)
    account.way = way
    self.init(.account(account))
  }

  /// The moment for a login that is made now.
  var expiry: Date {
    switch expires {
    case .after(let seconds): Date().addingTimeInterval(seconds)
    case .at(let moment): moment
    }
  }

  /// Whether a login made now would have ended already.
  var hasExpired: Bool { if case .at(let moment) = expires { moment <= Date() } else { false } }
}

/// What gives OAuth bearers: asked before each request, so that it can renew them before they end.
public protocol BearerSource: Sendable {
  /// The bearer to send now.
  func bearer() async throws(MFWSError) -> Secret
  /// The server refused what `bearer` gave. Returns whether asking again can bring another one.
  func invalidate() async -> Bool
}

/// A bearer that was made elsewhere.
public struct GivenBearer: BearerSource {
  private let secret: Secret
  /// A bearer.
  public init(_ secret: Secret) { self.secret = secret }
  /// Always the same.
  public func bearer() -> Secret { secret }
  /// There is no other one.
  public func invalidate() -> Bool { false }
}
