/// One answer of the sandbox, and what is known about real servers giving it.
public struct SandboxAnswer: Sendable, Hashable {
  /// How it is known.
  public enum Evidence: String, Sendable, CaseIterable {
    /// The vendor's reference says so.
    case documented
    /// Seen in traffic of a real server.
    case recorded
    /// Nobody knows: the sandbox has to answer something.
    case assumed
  }

  /// What the body is.
  public enum Shape: String, Sendable, CaseIterable {
    /// No body.
    case empty = "empty"
    /// An HTML page.
    case page = "HTML"
    /// `SessionInfo`.
    case sessionInfo = "SessionInfo"
    /// A list of vaults, each with a token.
    case vaultsWithTokens = "Vault[] with Authentication"
    /// A list of vaults.
    case vaults = "Vault[]"
    /// A vault.
    case vault = "Vault"
    /// A wrapped string.
    case text = "{\"Value\": string}"
    /// A wrapped integer.
    case integer = "{\"Value\": integer}"
    /// A wrapped `true`.
    case yes = "{\"Value\": true}"
    /// The status of the server.
    case status = "{\"Successful\", \"Message\"}"
    /// The public key of the server.
    case publicKey = "{\"Exponent\", \"Modulus\"}"
    /// Many truth values.
    case capabilities = "ServerVaultCapabilities"
    /// The ways to log in.
    case plugins = "PluginInfoConfiguration[]"
    /// An error that says: not logged in.
    case errorLoggedOut = "WebServiceError, vault false, application false"
    /// An error that says: logged in, but to no vault.
    case errorInApplication = "WebServiceError, vault false, application true"
    /// An error about a token that another node made.
    case errorForeignToken = "WebServiceError with CryptographicException inside"
  }

  /// The verb, after `_method` is read.
  public let verb: String
  /// The resource below `/REST`, or the page.
  public let resource: String
  /// When it is given.
  public let situation: String
  /// The status of the response.
  public let status: Int
  /// What the body is.
  public let shape: Shape
  /// How it is known.
  public let evidence: Evidence
  /// Whether the contract tests may ask a real server for it: they change nothing there but open and close sessions.
  public let isSafe: Bool

  /// `PUT /session: wrong password`.
  public var name: String { "\(verb) \(resource): \(situation)" }

  init(
    _ request: String, _ situation: String, _ status: Int, _ shape: Shape, _ evidence: Evidence,
    safe: Bool = false
  ) {
    let words = request.split(separator: " ", maxSplits: 1).map(String.init)
    verb = words[0]
    resource = words.count > 1 ? words[1] : ""
    self.situation = situation
    self.status = status
    self.shape = shape
    self.evidence = evidence
    isSafe = safe
  }
}

extension SandboxAnswer {
  /// All of them as a Markdown document.
  package static var document: String {
    let rows = all.map { answer in
      "| \(answer.verb) `\(answer.resource)` | \(answer.situation) | \(answer.status) | \(answer.shape.cell) | \(answer.evidence) |"
    }
    return """
      # What the sandbox answers, and how that is known

      Each row is provoked by a test over a socket. *Documented*: the vendor's reference says so. *Recorded*: seen in
      traffic of a real server. *Assumed*: nothing is known, so the sandbox answers what fits the rest. This file is
      written by the tests from the table in `Evidence/`; `mfsh sandbox --evidence` prints the same.

      | request | situation | status | body | evidence |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }
}

extension SandboxAnswer.Shape {
  fileprivate var cell: String { rawValue.contains("{") ? "`\(rawValue)`" : rawValue }
}
