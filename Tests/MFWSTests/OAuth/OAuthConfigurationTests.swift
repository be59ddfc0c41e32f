import HTTP
@testable import MFWS
import Testing

/// What is read from a plug-in, and what is made of it.
@Suite struct OAuthConfigurationTests {
  private static func plugin(_ configuration: String, source: String = "{}") -> String {
    """
    {"Name":"Entra","IsDefault":true,"AssemblyName":"MFiles.AuthenticationProviders.OAuth","BridgeClassName":"B",\
    "IsScopeIndependent":true,"Protocol":"OAuth 2.0","Extra":[1],"Configuration":\(configuration),\
    "ConfigurationSource":\(source)}
    """
  }

  private static let endpoints =
    #""AuthorizationEndpoint":"https://login.example.com/t/oauth2/v2.0/authorize","TokenEndpoint":"https://login.example.com/t/oauth2/v2.0/token""#

  private func failure(_ configuration: String) -> MFWSError? {
    #expect(throws: MFWSError.self) { try OAuthConfiguration.of(Self.plugin(configuration)) }
  }

  @Test func namesInAnyCaseAndFlagsAsTextOrBool() throws {
    let configuration = try OAuthConfiguration.of(
      Self.plugin(
        #"{\#(Self.endpoints),"clientid":" abc ","SCOPE":"openid  profile","useidtokenasaccesstoken":true,"SiteRealm":""}"#,
        source: #"{"Resource":"urn:r","ClientSecret":"hush"}"#))
    #expect(configuration.clientID == "abc" && configuration.scope == "openid profile")
    #expect(configuration.usesIDTokenAsAccessToken && configuration.siteRealm == nil)
    #expect(configuration.resource == "urn:r" && configuration.clientSecret == Secret("hush"))
    #expect(configuration.redirectURI == "http://localhost" && configuration.prompt == nil)
    #expect(configuration.pluginName == "Entra" && configuration.vault == nil)
  }

  @Test func noFieldShowsTheClientSecret() throws {
    let text = Self.plugin(
      #"{"ClientID":"a","ClientSecret":"hush-hush"}"#, source: #"{"clientSECRET":"hush-hush"}"#)
    let plugin = try JSONText.decode(AuthenticationPlugin.self, Array(text.utf8))
    #expect(plugin.isOAuth && plugin.isDefault && plugin.isScopeIndependent)
    #expect(
      plugin.protocolName == "OAuth 2.0" && plugin.bridgeClassName == "B" && plugin.fields["Extra"] == [1])
    #expect(plugin.configuration == ["ClientID": "a"])
    #expect(!"\(plugin)".contains("hush") && plugin.secrets["ClientSecret"] == Secret("hush-hush"))
  }

  @Test func whatIsMissingOrUnsafeIsNamed() {
    #expect(failure(#"{"ClientID":"a"}"#)?.message.contains("has no AuthorizationEndpoint") == true)
    #expect(failure("{\(Self.endpoints)}")?.message.contains("has no ClientID") == true)
    let plain = failure(#"{"AuthorizationEndpoint":"http://login.example.com/a"}"#)
    #expect(plain?.code == .clientInsecure)
    #expect(
      plain?.message.contains("AuthorizationEndpoint of the plug-in \"Entra\" is not encrypted") == true)
    for text in ["login.example.com/a", "file:///etc/passwd", "https://", "https://u:p@example.com/"] {
      #expect(failure(#"{"AuthorizationEndpoint":"\#(text)"}"#)?.code == .serverBadResponse)
    }
  }

  @Test func anotherKindOfPluginIsRefused() {
    let error = #expect(throws: MFWSError.self) {
      try OAuthConfiguration(AuthenticationPlugin(fields: ["Name": "LDAP", "AssemblyName": "Other"]))
    }
    #expect(error?.code == .clientUsage)
  }

  @Test(
    arguments: [
      ("http://localhost", ["127.0.0.1", "::1"], nil, "/", "http://localhost:7"),
      ("http://localhost/", ["127.0.0.1", "::1"], nil, "/", "http://localhost:7/"),
      ("http://LOCALHOST:8400/a/b?x=1", ["127.0.0.1", "::1"], 8400, "/a/b", "http://localhost:7/a/b?x=1"),
      ("http://127.0.0.1:80", ["127.0.0.1"], 80, "/", "http://127.0.0.1:7"),
      ("http://[::1]:99/rest", ["::1"], 99, "/rest", "http://[::1]:7/rest"),
    ] as [(String, [String], Int?, String, String)])
  func redirectsToThisMachine(
    _ address: String, _ hosts: [String], _ port: Int?, _ path: String, _ withPort: String
  ) throws {
    let redirect = try #require(LoopbackRedirect(address))
    #expect(redirect.hosts == hosts && redirect.port == port && redirect.path == path)
    #expect(redirect.address(port: 7) == withPort)
  }

  @Test(arguments: [
    "https://localhost/", "http://localhost.example.com/", "urn:ietf:wg:oauth:2.0:oob", "mfiles://auth",
    "http://10.0.0.1/", "http://localhost/#x", "",
  ])
  func redirectsElsewhere(_ address: String) { #expect(LoopbackRedirect(address) == nil) }

  @Test(arguments: [
    ("https://login.microsoftonline.com/t/oauth2/v2.0/authorize", "https://login.microsoftonline.com/t/v2.0"),
    ("https://sts.example.com/adfs/oauth2/authorize", "https://sts.example.com/adfs"),
    ("https://id.example.com/realms/r/protocol/openid-connect/auth", "https://id.example.com/realms/r"),
    ("https://x.okta.com/oauth2/default/v1/authorize", "https://x.okta.com/oauth2/default"),
    ("https://accounts.google.com/o/oauth2/v2/auth", "https://accounts.google.com"),
    ("https://auth.example.com/authorize", "https://auth.example.com"),
  ])
  func metadataIsLookedForWhereProvidersHaveIt(_ endpoint: String, _ issuer: String) throws {
    let configuration = try OAuthConfiguration.of(
      Self.plugin(#"{"ClientID":"a","AuthorizationEndpoint":"\#(endpoint)","TokenEndpoint":"\#(endpoint)"}"#))
    let addresses = ProviderDiscovery.addresses(for: configuration)
    #expect(addresses.prefix(6).contains("\(issuer)/.well-known/openid-configuration"))
    #expect(Set(addresses).count == addresses.count)
  }

  @Test func aBrowserNeedsAScreenHere() {
    #expect(SignInWay.hasBrowser(["DISPLAY": ":0"]) && SignInWay.hasBrowser(["WAYLAND_DISPLAY": "w"]))
    #expect(!SignInWay.hasBrowser([:]) && !SignInWay.hasBrowser(["DISPLAY": ""]))
    #expect(!SignInWay.hasBrowser(["DISPLAY": "localhost:10", "SSH_CONNECTION": "a b c d"]))
  }

  @Test func slowDownIsHeeded() {
    var polling = DevicePolling(interval: 5, deadline: 100)
    let answers = ["authorization_pending", "slow_down", "access_denied"].map { code in
      (goesOn: polling.goesOn(after: code), interval: polling.interval)
    }
    #expect(answers.map(\.goesOn) == [true, true, false] && answers.map(\.interval) == [5, 10, 10])
    #expect(polling.mayContinue(at: 89) && !polling.mayContinue(at: 90))
  }
}
