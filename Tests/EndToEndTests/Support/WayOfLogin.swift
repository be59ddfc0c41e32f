/// The ways in that `session.login` knows, as a test crosses them with what may happen to them.
enum WayOfLogin: String, CaseIterable, Sendable {
  case session, windows, token, headers
  case givenToken = "given token"
  case bearer, kerberos, ntlm

  /// What has to be right about the login, and what may be wrong about it.
  enum Circumstance: Sendable { case right, wrongSecret, disabledAccount }

  static let vaults = """
    {"name": "Open", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"},
    {"name": "Closed", "guid": "{0A1B2C3D-0000-4000-8000-000000000002}"}
    """
  /// jo may enter the vault Open; ann and leaver are disabled.
  static let seed = """
    {"vaults": [\(vaults)],
     "accounts": [
      {"name": "jo", "password": "jo's word", "vaults": ["Open"]},
      {"name": "leaver", "password": "leaver's word", "enabled": false, "vaults": ["Open"]},
      {"name": "jo", "password": "jo's word", "windows": true, "domain": "MFSH", "vaults": ["Open"]},
      {"name": "ann", "password": "ann's word", "windows": true, "domain": "MFSH", "enabled": false,
       "vaults": ["Open"]}],
     "plugins": [{"name": "Provider", "bearers": {"bearer-of-jo": "jo", "bearer-of-leaver": "leaver"}}]}
    """

  /// The request by which the server learns the credentials, as the sandbox counts it.
  var loginRequest: String {
    switch self {
    case .session, .windows: "PUT /session"
    case .token: "POST /server/authenticationtokens"
    case .headers, .givenToken, .bearer: "GET /session"
    case .kerberos, .ntlm: "GET /WebServiceSSO"
    }
  }

  /// Whether a web server in front finds out who it is, so that a wrong secret never reaches the web service.
  var isAuthenticatedInFront: Bool { self == .kerberos || self == .ntlm }

  /// Whether there is a session that ends with its web server; else each request brings its proof.
  var hasSession: Bool { self != .headers && self != .bearer }

  /// The fields of `session.login`. A given token is in the variable `TOKEN`.
  func arguments(_ circumstance: Circumstance) -> String {
    let name = circumstance != .disabledAccount ? "jo" : self == .windows || self == .ntlm ? "ann" : "leaver"
    let password = circumstance == .wrongSecret ? "wrong" : "\(name)'s word"
    let account = "user = \"\(name)\", password = \"\(password)\""
    switch self {
    case .session: return account
    case .windows: return "\(account), domain = \"MFSH\""
    case .token, .headers: return "\(account), via = \"\(rawValue)\""
    case .givenToken: return "token = secret.env(\"TOKEN\")"
    case .bearer:
      let bearer = circumstance == .wrongSecret ? "wrong" : "bearer-of-\(name)"
      return "bearer = \"\(bearer)\", auth_config = \"Provider\""
    case .kerberos: return "sso = true"
    case .ntlm: return "\(account), domain = \"MFSH\", sso = \"ntlm\""
    }
  }

  /// Name and password that a token is made elsewhere with.
  func credentials(_ circumstance: Circumstance) -> (user: String, password: String) {
    let user = circumstance == .disabledAccount ? "leaver" : "jo"
    return (user, circumstance == .wrongSecret ? "wrong" : "\(user)'s word")
  }
}
