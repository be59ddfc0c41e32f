public import FoundationEssentials
import Glibc
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
    var fields: [(name: String, value: JSONWriter.Value)] = [
      ("Username", .string(user)), ("Password", .secret(password)), ("SessionID", .string(sessionID)),
      ("Expiration", .string(Timestamp.iso8601(expires ?? now.addingTimeInterval(3600)))),
    ]
    if let domain { fields.append(("Domain", .string(domain))) }
    if isWindowsUser { fields.append(("WindowsUser", .bool(true))) }
    if let computer { fields.append(("ComputerName", .string(computer))) }
    if isReadOnly { fields.append(("ReadOnly", .bool(true))) }
    return Secret(bytes: JSONWriter.object(fields))
  }
}

enum Timestamp {
  /// `2030-01-31T12:00:00Z`.
  static func iso8601(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let numbers = [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec].map { number in
      number < 10 ? "0\(number)" : "\(number)"
    }
    return "\(parts.tm_year + 1900)-\(numbers[0])-\(numbers[1])T\(numbers[2]):\(numbers[3]):\(numbers[4])Z"
  }
}
