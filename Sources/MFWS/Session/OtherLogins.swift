import HTTP

/// A token that was made elsewhere. It is not ours to log out.
struct GivenTokenLogin {
  let login: Login
  let token: Secret
  let client: WebServiceClient

  func grant() async throws(MFWSError) -> Grant {
    let grant = Grant(
      cookies: CookieJar(), proof: .token(token), user: "", expires: nil, vaults: [], isOwned: false)
    return try await grant.proved(by: client, login.claim)
  }
}

/// An OAuth bearer. It is a proof by itself, and there is no session to log out.
struct BearerLogin {
  let login: Login
  let source: any BearerSource
  let plugin: String?
  let client: WebServiceClient

  func grant() async throws(MFWSError) -> Grant {
    let grant = Grant(
      cookies: CookieJar(), proof: .bearer(source, plugin: plugin), user: "", expires: nil, vaults: [],
      isOwned: false)
    return try await grant.proved(by: client, login.claim, in: try await scope())
  }

  /// The vault without which the plug-in knows nobody: there are plug-ins that are configured for one vault only.
  private func scope() async throws(MFWSError) -> EnteredVault? {
    guard let vault = login.vault else { return nil }
    let server = Server(client: client)
    // Whoever does not show its vaults may still let people in.
    guard let guid = try? await server.guid(of: vault) else { return nil }
    let plugins = (try? await server.authenticationProtocols(vault: guid)) ?? []
    let named = plugins.first { $0.name == plugin }
    guard let named, !named.isScopeIndependent else { return nil }
    return EnteredVault(guid: guid, name: vault, isAmongSeveral: false)
  }
}

/// Windows single sign-on: the web server asks who it is, and answers with the cookie of a session.
struct SingleSignOn {
  let login: Login
  let authentication: ConnectionAuthentication
  let client: WebServiceClient
  let sessions: OpenSessions

  func grant() async throws(MFWSError) -> Grant {
    let grant = Grant(cookies: CookieJar(), user: "", expires: nil, vaults: [], isOwned: true)
    do throws(MFWSError) {
      try await signOn(grant.cookies)
      return try await grant.proved(by: client, login.claim)
    } catch {
      if error.code != .deniedCredentials, !grant.cookies.lines.isEmpty {
        await sessions.abandon(grant, client)
      }
      throw error
    }
  }

  /// With the vault, as browsers do it. Whom the page then refuses is asked for without it: that tells account from vault.
  private func signOn(_ cookies: CookieJar) async throws(MFWSError) {
    let page = client.url.singleSignOn + "?popup=1"
    guard let vault = try? await vault() else { return try await signOn(page, cookies) }
    do {
      try await signOn("\(page)&vault=\(vault.bare)", cookies)
    } catch {
      guard error.status == 403 else { throw error }
      try await signOn(page, cookies)
    }
  }

  private func vault() async throws(MFWSError) -> GUID? {
    guard let vault = login.vault else { return nil }
    return try await Server(client: client).guid(of: vault)
  }

  private func signOn(_ address: String, _ cookies: CookieJar) async throws(MFWSError) {
    var request = HTTPRequest(url: address, headers: login.commonFields)
    request.authentication = authentication
    let response: HTTPResponse
    do {
      response = try await client.http.send(request, cookies: cookies)
    } catch {
      throw ErrorClassifier.error(for: error, to: Self.name, at: client.url)
    }
    if let error = refusal(response) { throw error }
  }

  private static let name = "GET /WebServiceSSO.aspx"

  /// The page is HTML, so its status decides. A cookie proves nothing: who has none gets one.
  private func refusal(_ response: HTTPResponse) -> MFWSError? {
    var error: MFWSError
    switch response.status {
    case 200..<300: return nil
    case 401, 403:
      error = ErrorClassifier.refused(login.claim)
    case 404:
      error = MFWSError(.requestNotFound, "the server has no Windows single sign-on: log in another way")
    default:
      return ErrorClassifier.error(for: response, to: Self.name, step: .credentials(of: login.claim))
    }
    error.status = response.status
    error.request = Self.name
    return error
  }
}
