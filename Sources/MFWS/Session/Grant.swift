import FoundationEssentials
import HTTP

/// What a login leaves: with what the requests of its session are authenticated.
struct Grant: Sendable {
  let cookies: CookieJar
  /// By what each request says who it is; nil: by the cookies alone.
  var proof: Proof?
  /// The name of the account.
  var user: String
  /// When the server ends it by itself; nil: not known.
  var expires: Date?
  /// The JSON text of the vaults that the account may enter.
  var vaults: [UInt8]
  /// The JSON text of the SessionInfo that proved it; nil: something else did.
  var info: [UInt8]?
  /// Whether it was made here, and so is ours to log out.
  let isOwned: Bool

  enum Proof: Sendable {
    /// An application-level token.
    case token(Secret)
    /// An OAuth bearer, with the name of the plug-in that understands it.
    case bearer(any BearerSource, plugin: String?)
    /// Name and password in header fields.
    case headers([HTTPRequest.Field])
  }

  /// The header fields of a request.
  ///
  /// - Parameter vault: the vault that was entered.
  func fields(in vault: EnteredVault?) async throws(MFWSError) -> [HTTPRequest.Field] {
    guard let proof else {
      guard let vault, vault.isAmongSeveral else { return [] }
      return [.init("X-Active-Vault", vault.guid.bare)]
    }
    var fields = try await proof.fields
    if let vault { fields.append(.init("X-Vault", vault.guid.description)) }
    return fields
  }

  /// The refusal of a request, which means something else when the login brought no cookie to show.
  func explained(_ refusal: MFWSError) -> MFWSError {
    guard refusal.status == 403 || refusal.status == 401, proof == nil, cookies.lines.isEmpty else {
      return refusal
    }
    var error = refusal
    error.code = .serverBadResponse
    error.message =
      "the cookies of the login do not arrive, so the server knows nobody: "
      + "look for what removes them, or try via=\"token\""
    return error
  }

  /// What logs it out.
  var logoutRequest: ResourceRequest {
    var request = ResourceRequest("DELETE", "/session")
    request.isRepeatable = true
    if case .token(let token)? = proof { request.headers = [.init("X-Authentication", token)] }
    return request
  }
}

extension Grant.Proof {
  var fields: [HTTPRequest.Field] {
    get async throws(MFWSError) {
      switch self {
      case .token(let token): return [.init("X-Authentication", token)]
      case .headers(let fields): return fields
      case .bearer(let source, let plugin):
        let bearer = try await source.bearer()
        let value = Secret(bytes: Array("Bearer ".utf8) + bearer.withBytes { Array($0) })
        return [.init("Authorization", value)] + (plugin.map { [.init("X-AuthConfig", $0)] } ?? [])
      }
    }
  }
}

/// A vault that a session has entered.
struct EnteredVault: Sendable {
  let guid: GUID
  let name: String
  /// Whether the account may enter others too.
  let isAmongSeveral: Bool
}
