package import MFWS

/// What one attempt at a row found out at the server.
package struct RowObservation: Sendable {
  /// What the server said to what the row is about.
  package enum Answer: Sendable, Hashable {
    case allowed
    /// The account was refused.
    case deniedCredentials
    /// The account got in, and then its vault was refused.
    case deniedVault
    /// Nothing: the network or the server failed.
    case none
  }

  /// What is known of the account in one place.
  package struct Place: Sendable, Hashable {
    /// Nil: at the server, outside of the vaults.
    package var vault: RowResult.VaultReference?
    /// The fields of SessionInfo that the row asks for, under the server's names, as far as it sent them.
    package var fields: [String: JSONValue]

    package init(vault: RowResult.VaultReference? = nil, fields: [String: JSONValue]) {
      self.vault = vault
      self.fields = fields
    }
  }

  package var answer: Answer
  /// `allowed`, an error code such as `denied.vault`, `server.no_license` or `unverifiable`.
  package var code: String
  /// The sentence of the error; empty when allowed.
  package var message = ""
  /// Whether the server believed who the account is.
  package var isLoggedIn = false
  /// Whether the login was refused, although that may not be about the account: another try might lock it.
  package var isRefused = false
  /// The vaults that the server lists for the account; nil: it did not come to that.
  package var vaults: [RowResult.VaultReference]?
  /// The vault that the row is about, as the server knows it.
  package var vault: RowResult.VaultReference?
  /// Of `*`: the listed vaults that refused the account all the same.
  package var refusedVaults: [RowResult.VaultReference] = []
  /// Where the account got in, the place that the row is about: each vault of `*`.
  package var places: [Place] = []
  /// What a rule of one's own found.
  package var ownFindings: [RowResult.Finding] = []
  package var logout = RowResult.Logout.notApplicable
  package var retry = RetryFacts()
  /// The requests in their order.
  package var http: [RowResult.Exchange] = []
  /// Seconds since 1970.
  package var started: Double = 0
  package var seconds: Double = 0
  /// Stands for the secret that was used, in this process only.
  package var secretMark: Int?

  package init(_ answer: Answer, code: String) {
    self.answer = answer
    self.code = code
  }

  /// Whether it says that the server or the way to it failed, and not the account or this program.
  var isFaultOfServer: Bool {
    code.hasPrefix("network.") || code.hasPrefix("server.") || code == "session.wrong_node"
  }

  /// What an error means.
  ///
  /// - Parameter isLoggedIn: whether the server had believed who the account is before.
  package init(_ error: MFWSError, isLoggedIn: Bool) {
    answer =
      switch error.code {
      case .deniedCredentials: .deniedCredentials
      case .deniedVault: .deniedVault
      default: .none
      }
    code = error.code.rawValue
    message = error.message
    self.isLoggedIn = isLoggedIn
    retry = RetryFacts(error, isLoggedIn: isLoggedIn)
    if answer != .none, Self.isAboutLicenses(error) {
      answer = .none
      code = "server.no_license"
      message = "the server has no license free for the account: run the row again later"
    }
  }

  /// The name of the exception tells it; the text comes in the server's language.
  private static func isAboutLicenses(_ error: MFWSError) -> Bool {
    let name = error.exception?.lowercased() ?? ""
    return name.contains("license") || name.contains("licence")
  }
}
