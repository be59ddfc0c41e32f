extension SandboxAnswer {
  /// Every answer, by resource.
  public static let all = login + session + sessionVaults + tokens + server + otherWays + webServer

  private static let login = [
    SandboxAnswer("PUT /session", "right password", 200, .vaultsWithTokens, .documented, safe: true),
    SandboxAnswer("PUT /session", "wrong password", 403, .errorLoggedOut, .recorded, safe: true),
    SandboxAnswer("PUT /session", "unknown account", 403, .errorLoggedOut, .recorded, safe: true),
    SandboxAnswer("PUT /session", "disabled account", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("PUT /session", "Windows account", 200, .vaultsWithTokens, .documented),
    SandboxAnswer("PUT /session", "Windows account of another domain", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("PUT /session", "with a vault", 200, .vaultsWithTokens, .documented),
    SandboxAnswer("PUT /session", "with a forbidden vault", 403, .errorLoggedOut, .recorded),
    SandboxAnswer("PUT /session", "expired from the start", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("PUT /session", "body that is no JSON object", 400, .errorLoggedOut, .assumed),
    SandboxAnswer("PUT /session", "beside a token in a header", 403, .errorInApplication, .recorded),
    SandboxAnswer("PUT /session", "all concurrent licences taken", 403, .errorLoggedOut, .assumed),
  ]

  private static let session = [
    SandboxAnswer("GET /session", "logged in", 200, .sessionInfo, .documented, safe: true),
    SandboxAnswer("GET /session", "not logged in", 403, .errorLoggedOut, .recorded, safe: true),
    SandboxAnswer("GET /session", "logged out", 403, .errorLoggedOut, .recorded, safe: true),
    SandboxAnswer("GET /session", "expired", 403, .errorLoggedOut, .recorded),
    SandboxAnswer("GET /session/authenticationtoken", "logged in", 200, .text, .documented, safe: true),
    SandboxAnswer("GET /session/userid", "logged in", 200, .integer, .documented, safe: true),
    SandboxAnswer("DELETE /session", "with a SessionID", 200, .yes, .recorded, safe: true),
    SandboxAnswer("DELETE /session", "with a SessionID, as documented", 204, .empty, .documented),
    SandboxAnswer("DELETE /session", "without a SessionID", 403, .errorInApplication, .recorded),
    SandboxAnswer("POST /session", "no such verb", 405, .errorLoggedOut, .assumed),
  ]

  private static let sessionVaults = [
    SandboxAnswer("GET /session/vaults", "logged in", 200, .vaultsWithTokens, .documented, safe: true),
    SandboxAnswer("GET /session/vault", "no vault entered", 403, .errorInApplication, .assumed, safe: true),
    SandboxAnswer("GET /session/vault", "vault entered", 200, .vault, .documented, safe: true),
    SandboxAnswer("GET /session/vault", "X-Active-Vault without braces", 200, .vault, .recorded),
    SandboxAnswer("PUT /session/vault", "by GUID", 200, .vault, .documented, safe: true),
    SandboxAnswer("PUT /session/vault", "by name", 200, .vault, .documented),
    SandboxAnswer("PUT /session/vault", "name of several vaults", 409, .errorInApplication, .documented),
    SandboxAnswer("PUT /session/vault", "forbidden", 403, .errorInApplication, .assumed),
    SandboxAnswer("PUT /session/vault", "forbidden, uniform refusals", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("PUT /session/vault", "neither GUID nor name", 400, .errorInApplication, .assumed),
    SandboxAnswer("PUT /session/vault", "by a token", 403, .errorInApplication, .recorded),
  ]

  private static let tokens = [
    SandboxAnswer("POST /server/authenticationtokens", "right password", 200, .text, .documented, safe: true),
    SandboxAnswer("POST /server/authenticationtokens", "wrong password", 200, .text, .recorded, safe: true),
    SandboxAnswer("GET /session", "token", 200, .sessionInfo, .documented, safe: true),
    SandboxAnswer(
      "GET /session", "token made with a wrong password", 403, .errorLoggedOut, .recorded, safe: true),
    SandboxAnswer("GET /session", "token for a forbidden vault", 403, .errorLoggedOut, .recorded),
    SandboxAnswer("GET /session", "token, no licence free", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("GET /session", "token of another node", 403, .errorForeignToken, .recorded),
    SandboxAnswer("GET /session", "cookie of a stopped node", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("GET /session/vault", "token and X-Vault", 200, .vault, .documented),
    SandboxAnswer("GET /session/vault", "token and a forbidden X-Vault", 403, .errorInApplication, .assumed),
    SandboxAnswer("DELETE /session", "token with a SessionID", 200, .yes, .recorded, safe: true),
  ]

  private static let server = [
    SandboxAnswer("GET /server/vaults", "always", 200, .vaults, .documented, safe: true),
    SandboxAnswer("GET /server/status", "always", 200, .status, .documented, safe: true),
    SandboxAnswer("GET /server/status", "M-Files Server stopped", 503, .status, .documented),
    SandboxAnswer("GET /server/publickey", "always", 200, .publicKey, .documented, safe: true),
    SandboxAnswer("GET /server/capabilities", "always", 200, .capabilities, .documented, safe: true),
    SandboxAnswer("GET /server/authenticationprotocols", "always", 200, .plugins, .documented, safe: true),
    SandboxAnswer("GET /session", "M-Files Server stopped", 503, .errorLoggedOut, .assumed),
    SandboxAnswer("GET /no/such/resource", "not logged in", 404, .errorLoggedOut, .recorded, safe: true),
    SandboxAnswer(
      "POST /server/authenticationtokens", "body of more than a megabyte", 413, .errorLoggedOut, .assumed),
  ]

  private static let otherWays = [
    SandboxAnswer("GET /session", "plain headers", 200, .sessionInfo, .documented),
    SandboxAnswer("GET /session", "query parameters", 200, .sessionInfo, .documented),
    SandboxAnswer("GET /session", "plain headers with a forbidden X-Vault", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("DELETE /session", "plain headers", 403, .errorInApplication, .assumed),
    SandboxAnswer("GET /session", "bearer and X-AuthConfig", 200, .sessionInfo, .documented),
    SandboxAnswer("GET /session", "bearer without X-AuthConfig", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("GET /session", "unknown bearer", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("DELETE /session", "bearer", 403, .errorInApplication, .assumed),
    SandboxAnswer("GET /session", "without the pre-shared key", 403, .errorLoggedOut, .assumed),
    SandboxAnswer("GET /session", "with the pre-shared key", 200, .sessionInfo, .documented),
    SandboxAnswer("GET /WebServiceSSO.aspx", "nobody known", 401, .page, .documented),
    SandboxAnswer("GET /WebServiceSSO.aspx", "known to the trusted proxy", 200, .page, .documented),
    SandboxAnswer("GET /WebServiceSSO.aspx", "without an account", 403, .page, .assumed),
    SandboxAnswer("GET /WebServiceSSO.aspx", "with a forbidden vault", 200, .page, .assumed),
    SandboxAnswer("DELETE /session", "single sign-on", 200, .yes, .assumed),
  ]

  private static let webServer = [
    SandboxAnswer("GET /MFWS.ashx?restPath=session", "logged in", 200, .sessionInfo, .documented),
    SandboxAnswer("GET /session.aspx", "logged in", 200, .sessionInfo, .documented),
    SandboxAnswer("GET /session", "only MFWS.ashx answers", 404, .page, .assumed),
    SandboxAnswer("PUT /session", "verb blocked", 405, .page, .documented),
    SandboxAnswer("PUT /session", "verb not implemented", 501, .page, .assumed),
    SandboxAnswer("GET /session", "login page everywhere", 200, .page, .assumed),
    SandboxAnswer("GET /session", "no web service installed", 404, .page, .assumed),
    SandboxAnswer("GET /session", "no node running", 502, .page, .assumed),
  ]
}
