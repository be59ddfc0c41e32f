/// One HTTP request.
public struct HTTPRequest: Sendable {
  /// A header or its value to be hidden wherever the request is shown.
  public struct Field: Sendable {
    /// The field's name, compared without regard to case.
    public var name: String
    /// The field's value.
    public var value: Secret
    /// A header field.
    public init(_ name: String, _ value: String) { self.init(name, Secret(value)) }
    /// A header field with a secret value.
    public init(_ name: String, _ value: Secret) {
      self.name = name
      self.value = value
    }
  }

  /// `GET`, `POST`, …, in upper case.
  public var method: String
  /// An absolute `http` or `https` URL.
  public var url: String
  /// Header fields in the order in which they are sent.
  public var headers: [Field]
  /// The body; nil sends none.
  public var body: Secret?

  /// How the connection itself is authenticated. Such a connection is made anew and never used again.
  public var authentication: ConnectionAuthentication?
  /// Whether the response tells of the server's certificate; takes a connection of its own.
  public var wantsCertificate = false

  /// A request.
  public init(method: String = "GET", url: String, headers: [Field] = [], body: Secret? = nil) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// Authentication of a connection, by Windows' single sign-on (RFC 4559) or NTLM.
public struct ConnectionAuthentication: Sendable {
  /// What may be used.
  public enum Scheme: String, Sendable, CaseIterable {
    /// Kerberos inside SPNEGO, with the ticket there is: it takes no user and no password.
    case negotiate
    /// NTLM, which needs a user and a password.
    case ntlm
    /// NTLM for a user, `negotiate` without one.
    case any
  }
  /// What may be used.
  public var scheme: Scheme
  /// `DOMAIN\user`; nil: whoever has a Kerberos ticket.
  public var user: String?
  /// The password of `user`.
  public var password: Secret?

  /// An authentication.
  public init(_ scheme: Scheme = .any, user: String? = nil, password: Secret? = nil) {
    self.scheme = scheme
    self.user = user
    self.password = password
  }
}
