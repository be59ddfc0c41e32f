/// What a request was meant to find out: it decides what a refusal means (protocol: surprise 5).
package enum Step: Sendable {
  /// Nothing is proved yet: a refusal is a refusal of the account.
  case credentials(of: Claim)
  /// The account is proved: a refusal is a refusal of the vault.
  case vault(user: String, vault: String)
  /// Account and vault are proved: a refusal means that the session has ended, or that this is not allowed.
  case proved
  /// As `proved`, and a login has just been made anew: the session has not ended.
  case repeated
  /// Needs no login.
  case server

  /// A login by name and password.
  package static func credentials(user: String) -> Step {
    .credentials(
      of: Claim(subject: "the login of \"\(user)\"", remedy: "check user name, password and account"))
  }

  /// Whether the server has answered this session before.
  var isProved: Bool {
    switch self {
    case .proved, .repeated, .vault: true
    case .credentials, .server: false
    }
  }
}

/// Who somebody claims to be, for the message when the server does not believe it.
package struct Claim: Sendable {
  /// What is refused: `the login of "editor"`, `the token`.
  var subject: String
  /// What to look at then.
  var remedy: String
}
