/// What went wrong, classified.
public struct MFWSError: Error, Sendable, CustomStringConvertible {
  /// The class and kind of an error.
  public enum Code: String, Sendable, CaseIterable {
    /// The server refused user name and password.
    case deniedCredentials = "denied.credentials"
    /// The account got in, but not into the vault.
    case deniedVault = "denied.vault"
    /// Logged in, but the operation is not allowed.
    case deniedOperation = "denied.operation"
    /// There is no login.
    case sessionNone = "session.none"
    /// The login was good once and no longer is.
    case sessionExpired = "session.expired"
    /// The session was made elsewhere and cannot be logged out here.
    case sessionNotOwned = "session.not_owned"
    /// Another node of the server made the token.
    case sessionWrongNode = "session.wrong_node"
    /// The server does not understand the request.
    case requestInvalid = "request.invalid"
    /// There is no such resource.
    case requestNotFound = "request.not_found"
    /// Several things have the name, or the state does not fit.
    case requestConflict = "request.conflict"
    /// What answers is no M-Files Web Service.
    case serverNotMFWS = "server.not_mfws"
    /// The answer is not what the resource gives.
    case serverBadResponse = "server.bad_response"
    /// The answer exceeds the limit.
    case serverTooLarge = "server.too_large"
    /// The server asks to come back later.
    case serverBusy = "server.busy"
    /// The server failed.
    case serverFailed = "server.failed"
    /// The host's name has no address.
    case networkDNS = "network.dns"
    /// No connection can be made.
    case networkConnect = "network.connect"
    /// The connection broke.
    case networkReset = "network.reset"
    /// TLS failed.
    case networkTLS = "network.tls"
    /// The proxy failed.
    case networkProxy = "network.proxy"
    /// A time limit passed.
    case networkTimeout = "network.timeout"
    /// The call makes no sense.
    case clientUsage = "client.usage"
    /// The connection would send a password in the clear.
    case clientInsecure = "client.insecure"
    /// A password cannot be had.
    case clientSecret = "client.secret"
    /// Only requests that read are sent at the moment; this one was not.
    case clientLocked = "client.locked"
    /// A function took longer than its caller allows.
    case clientTimeout = "client.timeout"
    /// The caller ended the request.
    case clientCancelled = "client.cancelled"
  }

  /// The class and kind.
  public var code: Code
  /// One sentence that says what happened and what to do next.
  public var message: String
  /// The HTTP status, when there was an answer.
  public var status: Int?
  /// The name of the server's exception.
  public var exception: String?
  /// Method and resource, such as `GET /session`.
  public var request: String?
  /// The server's error reference, to be found in its log.
  public var reference: String?
  /// The server's `IsLoggedToVault`.
  public var isLoggedInVault: Bool?
  /// The server's `IsLoggedToApplication`.
  public var isLoggedInApplication: Bool?
  /// The words of the server or of the network layer.
  public var cause: String?
  /// Seconds after which the server wants to be asked again.
  public var retryAfter: Double?
  /// The vaults that the name could mean, of `request.conflict`.
  public var candidates: [Vault] = []

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Whether the same request may succeed later without anybody changing anything.
  public var isRetryable: Bool {
    switch code {
    case .serverBusy, .sessionWrongNode, .networkDNS, .networkConnect, .networkReset, .networkTimeout,
      .clientTimeout:
      true
    default: false
    }
  }

  /// The message.
  public var description: String { message }

  /// A call that makes no sense.
  public static func usage(_ message: String) -> MFWSError { MFWSError(.clientUsage, message) }
}
