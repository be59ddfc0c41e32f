import FoundationEssentials
import HTTP
import MFWS
import TestSupport
import Testing

/// Against a real OpenID provider; the person is a script that signs in as a browser does.
@Suite(.needs(OpenIDProvider.self), .timeLimit(.minutes(30)))
struct OAuthProviderTests {
  private let provider: OpenIDProvider
  private let http = HTTPClient()

  init() throws { provider = try OpenIDProvider() }

  private func configuration(_ changes: [String: String] = [:]) throws -> OAuthConfiguration {
    try .of(
      #"{"Name":"glewlwyd","AssemblyName":"MFiles.AuthenticationProviders.OAuth","Configuration":"#
        + provider.configuration(changes) + "}")
  }

  /// Who the provider says has the token.
  private func user(_ bearer: Secret) async throws -> String? {
    let authorization = HTTPRequest.Field("Authorization", "Bearer \(bearer.reveal())")
    let response = try await http.send(
      HTTPRequest(url: provider.facts.userinfoEndpoint, headers: [authorization]))
    guard response.status == 200 else { return nil }
    return try JSONDecoder().decode([String: JSONValue].self, from: Data(response.body))[
      "preferred_username"]?
      .string
  }

  @Test func aBrowserSignsInAndTheTokenIsRefreshed() async throws {
    let person = ScriptedPerson { try OpenIDProvider.signIn(at: $0) }
    let source = OAuthSource(try configuration(), http: http, person: person, way: .browser)
    let first = try await source.bearer()
    #expect(try await user(first) == "jo")
    #expect(try await person.pages() == ["200\n\(ScriptedPerson.signedInPage)\n"])
    #expect(try await source.bearer() == first)

    await source.invalidate()
    let second = try await source.bearer()
    #expect(second != first)
    #expect(try await user(second) == "jo")
    // The provider takes each refresh token once: this one is the second's.
    await source.invalidate()
    #expect(try await user(source.bearer()) == "jo")
    #expect(person.count == 1)
  }

  @Test func aCodeIsTypedOnAnotherDevice() async throws {
    let person = ScriptedPerson { try OpenIDProvider.signIn(at: $0) }
    // Only the provider's own metadata tells where device codes are.
    let source = OAuthSource(
      try configuration(), http: http, person: person, way: .automatic(hasBrowser: false))
    #expect(try await user(source.bearer()) == "jo")
    let code = try #require(person.codes.first)
    #expect(code.completeAddress == "\(code.address)?code=\(code.userCode)")
    await source.invalidate()
    #expect(try await user(source.bearer()) == "jo")
    #expect(person.count == 1)
  }

  @Test func theIDTokenIsTheBearerWhereThePluginWantsIt() async throws {
    let person = ScriptedPerson { try OpenIDProvider.signIn(at: $0) }
    let source = OAuthSource(
      try configuration(["UseIdTokenAsAccessToken": "True"]), http: http, person: person, way: .browser)
    let bearer = try await source.bearer()
    // The provider's own access token it is not.
    #expect(try await user(bearer) == nil)
    #expect(bearer.reveal().split(separator: ".").count == 3)
  }

  @Test func aWrongClientSecretIsRefusedByName() async throws {
    let person = ScriptedPerson { try OpenIDProvider.signIn(at: $0) }
    let source = OAuthSource(
      try configuration(["ClientSecret": "wrong-secret-4711"]), http: http, person: person, way: .browser)
    let error = await #expect(throws: MFWSError.self) { try await source.bearer() }
    #expect(error?.code == .deniedCredentials)
    #expect(error?.status == 401 || error?.status == 403 || error?.status == 400)
    #expect(error?.message.contains("4711") == false)
  }
}
