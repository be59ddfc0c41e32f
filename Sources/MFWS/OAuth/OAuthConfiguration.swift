public import HTTP

/// What a plug-in tells of its sign-in provider and of the client that M-Files is there.
public struct OAuthConfiguration: Sendable {
  /// The plug-in's name, for `X-AuthConfig`.
  public let pluginName: String
  /// The vault that is meant, for `X-Vault`.
  public let vault: GUID?
  /// Where a person signs in with a browser.
  public let authorizationEndpoint: OAuthEndpoint
  /// Where codes are exchanged for tokens.
  public let tokenEndpoint: OAuthEndpoint
  /// Where device codes come from (RFC 8628), when the plug-in says so. Else the provider is asked.
  public let deviceAuthorizationEndpoint: OAuthEndpoint?
  /// The client's name at the provider.
  public let clientID: String
  /// The client's secret, for providers that know no public clients.
  public let clientSecret: Secret?
  /// Where the browser goes after the sign-in: `RedirectURIForNative`, `RedirectURI` or `http://localhost`.
  public let redirectURI: String
  /// The scopes, separated by blanks.
  public let scope: String?
  /// What the token is for.
  public let resource: String?
  /// The realm that is appended to the client's name at the token endpoint.
  public let siteRealm: String?
  /// Whether the ID token is what M-Files wants as the bearer.
  public let usesIDTokenAsAccessToken: Bool
  /// What the provider is to ask the person for, such as `login`.
  public let prompt: String?

  /// Reads a plug-in's configuration. Names in any case; flags as text or as JSON's own.
  ///
  /// - Parameters:
  ///   - plugin: one whose `isOAuth` holds.
  ///   - vault: the vault that is meant; nil: the server.
  /// - Throws: `client.usage` for another kind of plug-in, `server.bad_response` when something is missing,
  ///   `client.insecure` when an endpoint is neither `https` nor on this machine.
  public init(_ plugin: AuthenticationPlugin, vault: GUID? = nil) throws(MFWSError) {
    guard plugin.isOAuth else {
      throw .usage("the plug-in \"\(plugin.name.printable)\" is not for OAuth: choose another one")
    }
    let settings = PluginSettings(plugin)
    pluginName = plugin.name
    self.vault = vault
    authorizationEndpoint = try settings.requiredEndpoint("AuthorizationEndpoint")
    tokenEndpoint = try settings.requiredEndpoint("TokenEndpoint")
    deviceAuthorizationEndpoint = try settings.endpoint("DeviceAuthorizationEndpoint")
    clientID = try settings.requiredText("ClientID")
    clientSecret = settings.secret("ClientSecret")
    redirectURI = settings.text("RedirectURIForNative") ?? settings.text("RedirectURI") ?? "http://localhost"
    scope = settings.text("Scope")
    resource = settings.text("Resource")
    siteRealm = settings.text("SiteRealm")
    usesIDTokenAsAccessToken = settings.flag("UseIdTokenAsAccessToken")
    prompt = settings.text("PromptLoginParameter") ?? settings.text("PromptType")
  }

  /// Whether an ID token can be expected.
  var isOpenID: Bool { (scope ?? "").split(separator: " ").contains("openid") }

  /// The client's name at the token endpoint; M-Files' own clients append the realm there, and only there.
  var tokenClientID: String { siteRealm.map { "\(clientID)@\($0)" } ?? clientID }
}
