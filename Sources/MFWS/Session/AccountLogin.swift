import FoundationEssentials
import HTTP

/// Logging in by name and password, in each of the three ways.
struct AccountLogin {
  let login: Login
  let account: Login.Account
  let client: WebServiceClient
  let sessions: OpenSessions

  func grant() async throws(MFWSError) -> Grant {
    switch account.way {
    case .session: try await bySession()
    case .token: try await byToken()
    case .headers: try await byHeaders()
    }
  }

  /// PUT `/session`: the answer proves the credentials.
  private func bySession() async throws(MFWSError) -> Grant {
    var request = ResourceRequest("PUT", "/session", answer: .array)
    request.body = login.authentication(of: account, sessionID: Self.newSessionID())
    var grant = Grant(
      cookies: CookieJar(), user: account.user, expires: login.expiry, vaults: [], isOwned: true)
    do {
      grant.vaults = try await client.send(
        request, cookies: grant.cookies, step: .credentials(of: login.claim)
      ).body
    } catch {
      if grant.mayBeGranted(despite: error) { await sessions.abandon(grant, client) }
      throw Self.naming(other: .token, error)
    }
    return grant
  }

  /// A token for wrong credentials looks like any other: only the request after it proves them (protocol: surprise 1).
  private func byToken() async throws(MFWSError) -> Grant {
    var request = ResourceRequest("POST", "/server/authenticationtokens", answer: .object)
    request.body = login.authentication(of: account, sessionID: Self.newSessionID())
    let cookies = CookieJar()
    let answer: HTTPResponse
    do {
      answer = try await client.send(request, cookies: cookies, step: .credentials(of: login.claim))
    } catch {
      throw Self.naming(other: .session, error)
    }
    let value: JSONValue = try Decoding.value(answer.body, of: request.name)
    guard let text = value["Value"]?.string, !text.isEmpty else {
      throw MFWSError(.serverBadResponse, "\(request.name) answered without a token")
    }
    let grant = Grant(
      cookies: cookies, proof: .token(Secret(text)), user: account.user, expires: login.expiry, vaults: [],
      isOwned: true)
    do throws(MFWSError) {
      return try await grant.proved(by: client, login.claim)
    } catch {
      if error.code != .deniedCredentials { await sessions.abandon(grant, client) }
      throw error
    }
  }

  /// Name and password go with each request, as the caller asked for.
  private func byHeaders() async throws(MFWSError) -> Grant {
    var fields: [HTTPRequest.Field] = [
      .init("X-Username", account.user), .init("X-Password", account.password),
    ]
    if account.isWindowsUser { fields.append(.init("X-WindowsUser", "true")) }
    if let domain = account.domain { fields.append(.init("X-Domain", domain)) }
    let grant = Grant(
      cookies: CookieJar(), proof: .headers(fields), user: account.user, expires: nil, vaults: [],
      isOwned: false)
    return try await grant.proved(by: client, login.claim)
  }

  /// Logout needs an ID chosen by the client when the session was made (protocol: surprise 3).
  private static func newSessionID() -> String { UUID().uuidString }

  /// Old and locked-down servers have one of the two logins only.
  private static func naming(other: Login.Way, _ error: MFWSError) -> MFWSError {
    guard error.code == .requestNotFound || error.isRefusedVerb else { return error }
    var error = error
    error.code = .requestInvalid
    error.message = "the server has no login by \(error.request ?? "this way"): try via=\"\(other.rawValue)\""
    return error
  }
}

extension Grant {
  /// Proves that the server knows who this is, and reads who that is and which vaults are open to it.
  ///
  /// - Parameter vault: goes with the requests already, for what only a vault can prove.
  func proved(
    by client: WebServiceClient, _ claim: Claim, in vault: EnteredVault? = nil
  ) async throws(MFWSError) -> Grant {
    var grant = self
    var proof = ResourceRequest("GET", "/session", answer: .object)
    proof.headers = try await fields(in: vault)
    let answer = try await client.send(proof, cookies: cookies, step: .credentials(of: claim))
    let name: AccountName = try Decoding.value(answer.body, of: proof.name)
    if user.isEmpty { grant.user = name.text ?? "" }
    grant.info = answer.body
    var list = ResourceRequest("GET", "/session/vaults", answer: .array)
    list.headers = proof.headers
    grant.vaults = try await client.send(list, cookies: cookies, step: .proved).body
    return grant
  }
}

/// Of a SessionInfo the name alone: reading all of its fields takes longer than the request.
private struct AccountName: Decodable {
  let text: String?

  private enum CodingKeys: String, CodingKey { case text = "AccountName" }

  init(from decoder: any Decoder) throws {
    text = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .text)
  }
}
