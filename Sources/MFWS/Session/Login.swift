public import FoundationEssentials
public import HTTP

/// Who logs in, where to and how.
public struct Login: Sendable {
  /// The way to a session.
  public enum Way: String, Sendable, CaseIterable {
    /// PUT `/session`, cookies from then on.
    case session
    /// POST `/server/authenticationtokens`, then the token with each request.
    case token
  }

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
  /// A vault to enter: a GUID in any spelling, or a name.
  public var vault: String?
  /// When the session ends by itself. An hour from the login unless told.
  public var expires: Date?
  /// The name under which the server lists this computer.
  public var computer: String?
  /// Asks the server for a session that changes nothing, and refuses such requests here.
  public var isReadOnly = false

  /// A login by name and password.
  public init(user: String, password: Secret) {
    self.user = user
    self.password = password
  }

  /// The Authentication object (protocol: Types). Absent keys are left out. No vault: it is entered in a second step, so
  /// that a refusal tells account from vault.
  func authentication(sessionID: String, now: Date = Date()) -> Secret {
    var fields: [String: JSONValue] = [
      "Username": .string(user), "Password": .string(password.reveal()), "SessionID": .string(sessionID),
      "Expiration": .string((expires ?? now.addingTimeInterval(3600)).formatted(.iso8601)),
    ]
    if let domain { fields["Domain"] = .string(domain) }
    if isWindowsUser { fields["WindowsUser"] = true }
    if let computer { fields["ComputerName"] = .string(computer) }
    if isReadOnly { fields["ReadOnly"] = true }
    let text = try? JSONEncoder().encode(JSONValue.object(fields))
    return Secret(bytes: Array(text ?? Data()))
  }
}
