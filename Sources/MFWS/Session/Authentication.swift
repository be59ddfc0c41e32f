import FoundationEssentials
import Glibc
package import HTTP

extension Login {
  /// The Authentication object (protocol: Types). Absent keys are left out. No vault: it is entered in a second step, so
  /// that a refusal tells account from vault.
  func authentication(of account: Account, sessionID: String) -> Secret {
    var fields: [(name: String, value: JSONWriter.Value)] = [
      ("Username", .string(account.user)), ("Password", .secret(account.password)),
      ("SessionID", .string(sessionID)), ("Expiration", .string(Timestamp.iso8601(expiry))),
    ]
    if let domain = account.domain { fields.append(("Domain", .string(domain))) }
    if account.isWindowsUser { fields.append(("WindowsUser", .bool(true))) }
    if let computer { fields.append(("ComputerName", .string(computer))) }
    if isReadOnly { fields.append(("ReadOnly", .bool(true))) }
    return Secret(bytes: JSONWriter.object(fields))
  }

  /// What must never be shown.
  package var secrets: [Secret] {
    let own: [Secret?] =
      switch credentials {
      case .account(let account): [account.password]
      case .token(let token): [token]
      case .bearer: []
      case .windows(let authentication): [authentication.password]
      }
    return (own + [presharedKey]).compactMap { $0 }
  }

  /// Who the login claims to be, for the message when it is refused.
  var claim: Claim {
    let key = presharedKey == nil ? "" : ", or the pre-shared key is wrong"
    switch credentials {
    case .account(let account):
      return Claim(
        subject: "the login of \"\(account.user)\"", remedy: "check user name, password and account\(key)")
    case .token:
      return Claim(
        subject: "the token",
        remedy: "it has ended, was revoked, or was made by another server or node: make a new one\(key)")
    case .bearer(_, let plugin):
      let name = plugin.map { " \"\($0)\"" } ?? ""
      return Claim(
        subject: "the OAuth bearer",
        remedy: "check that it has not ended, auth_config\(name) and the account\(key)")
    case .windows(let authentication) where authentication.user != nil:
      return Claim(
        subject: "the login by NTLM",
        remedy: "check user name, domain, password and account, and that no gateway stands in its way\(key)")
    case .windows:
      return Claim(
        subject: "the Windows single sign-on",
        remedy: "klist shows whether there is a Kerberos ticket, kinit gets one; check the account\(key)")
    }
  }

  /// The fields that go with every request, whatever the way.
  var commonFields: [HTTPRequest.Field] {
    var fields: [HTTPRequest.Field] = []
    if let presharedKey { fields.append(.init("X-PresharedKey", presharedKey)) }
    if let computer, !hasAuthenticationObject { fields.append(.init("X-ComputerName", computer)) }
    return fields
  }

  /// Whether the computer's name travels in the Authentication object.
  private var hasAuthenticationObject: Bool {
    if case .account(let account) = credentials { account.way != .headers } else { false }
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
