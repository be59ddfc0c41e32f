import MFWS

extension WebService {
  /// Seconds that a session by single sign-on lasts.
  static let singleSignOnSeconds = 3600.0

  /// `/WebServiceSSO.aspx`. A web server in front speaks Negotiate and says who it is; without one nobody is known.
  mutating func singleSignOn(_ request: WebRequest, node: Int, now: Double) -> WebResponse {
    if rules.site.mode == .stopped { return .page("503 - Service Unavailable", status: 503) }
    guard isPresharedKeyRight(request) else { return .forbidden }
    guard let secret = rules.proxySecret,
      request.header("X-Proxy-Secret").map({ secret.matches(Password($0)) }) == true,
      let user = request.header("X-Remote-User"), !user.isEmpty
    else { return .unauthorized }
    guard user.contains("\\") || user.contains("@"), let account = account(named: user),
      accounts[account].isWindows
    else {
      refusedLogins += 1
      return .forbidden
    }
    do throws(Refusal) {
      return try openSingleSignOn(request, account, node: node, now: now)
    } catch {
      return error.status == 503 ? .page("503 - Service Unavailable", status: 503) : .forbidden
    }
  }

  private mutating func openSingleSignOn(
    _ request: WebRequest, _ account: Int, node: Int, now: Double
  ) throws(Refusal) -> WebResponse {
    let cookie = Opaque.cookie()
    // The vault is entered if the account may; else the session is one of the application.
    let vault = request.parameter("vault").flatMap { GUID($0) }.flatMap { accounts[account].vault($0) }
    try checkLicense(of: account, now: now)
    let session = Session(
      account: account, node: node, sessionID: Opaque.reference(), expires: now + Self.singleSignOnSeconds,
      isReadOnly: false, needsLicense: needsLicense(account), vault: vault?.guid, cookie: cookie)
    store.prove(try store.open(session, now: now), now: now)
    return .loggedInPage.adding("Set-Cookie", "ASP.NET_SessionId=\(cookie); path=/; HttpOnly; SameSite=Lax")
  }
}
