import FoundationEssentials
import HTTP
import MFWS
import TestSupport
import Testing

/// What the token endpoint answers, and when it is asked again.
@Suite(.timeLimit(.minutes(30))) struct OAuthTokenTests {
  private let person = ScriptedPerson { try await Visit($0).comeBackWithACode() }

  private static func tokens(
    _ access: String, refresh: String? = nil, lifetime: String = "3600", more: String = ""
  ) -> ScriptedServer.Answer {
    let refresh = refresh.map { #","refresh_token":"\#($0)""# } ?? ""
    return .json(
      #"{"access_token":"\#(access)","token_type":"Bearer","expires_in":\#(lifetime)\#(refresh)\#(more)}"#)
  }

  private static func refusal(
    _ code: String, _ description: String = "", status: Int = 400
  )
    -> ScriptedServer.Answer
  {
    .json(#"{"error":"\#(code)","error_description":"\#(description)"}"#, status: status)
  }

  private func failure(_ answer: ScriptedServer.Answer) async throws -> MFWSError? {
    let provider = try FakeProvider(["/token": [answer]])
    let source = try provider.source(person, ["ClientSecret": "client-secret-0815"])
    let error = await #expect(throws: MFWSError.self) { try await source.bearer() }
    for secret in ["the-code", "client-secret-0815", provider.forms().first?["code_verifier"] ?? "?"] {
      #expect(error?.message.contains(secret) == false && error?.cause?.contains(secret) != true)
    }
    return error
  }

  // MARK: answers that are no tokens

  @Test func aRefusalIsDeniedWithTheProvidersWords() async throws {
    let error = try await failure(Self.refusal("invalid_grant", "the-code of client-secret-0815 is used up"))
    #expect(error?.code == .deniedCredentials && error?.status == 400 && error?.cause == "invalid_grant")
    #expect(error?.message.hasSuffix("refused: *** of *** is used up (invalid_grant); log in again") == true)
    let client = try await failure(Self.refusal("invalid_client", status: 401))
    #expect(client?.message.contains("check ClientID and ClientSecret") == true)
    #expect(try await failure(Self.refusal("temporarily_unavailable", status: 503))?.code == .serverBusy)
  }

  @Test(arguments: [
    (ScriptedServer.Answer.page("<title>Sign\u{1B}[1m in</title>"), MFWSError.Code.serverBadResponse),
    (.page("", status: 302, fields: ["Location: https://evil.example.com/"]), .serverBadResponse),
    (.page("<h1>no</h1>", status: 500), .serverFailed), (.page("", status: 503), .serverBusy),
    (.json("{}"), .serverBadResponse), (.json("[1]"), .serverBadResponse), (.json("{"), .serverBadResponse),
    (.json(#"{"access_token":""}"#), .serverBadResponse), (.json(#"{"access_token":7}"#), .serverBadResponse),
    (.json(#"{"access_token":"a","token_type":"mac"}"#), .serverBadResponse),
    (.json(#"{"access_token":"\#(String(repeating: "a", count: 1 << 20))"}"#), .serverTooLarge),
    (.bytes(Array("SSH-2.0-OpenSSH\r\n".utf8)), .serverBadResponse), (.bytes([]), .networkReset),
  ])
  func otherAnswersAreTypedErrors(_ answer: ScriptedServer.Answer, _ code: MFWSError.Code) async throws {
    let error = try await failure(answer)
    #expect(error?.code == code)
    #expect(error?.message.contains("\u{1B}") == false)
  }

  @Test func aTokenOfAnotherSignInIsRefused() async throws {
    let idToken = "e30.\(Self.base64(#"{"nonce":"another"}"#)).x"
    let error = try await failure(Self.tokens("a", more: #","id_token":"\#(idToken)""#))
    #expect(error?.code == .serverBadResponse)
    #expect(error?.message == "the sign-in provider's ID token belongs to another sign-in: log in again")
  }

  @Test func thePluginsIDTokenHasToBeThere() async throws {
    let provider = try FakeProvider()
    let source = try provider.source(person, ["UseIdTokenAsAccessToken": "true"])
    let error = await #expect(throws: MFWSError.self) { try await source.bearer() }
    #expect(
      error?.code == .serverBadResponse && error?.message.contains("its scope has to hold openid") == true)
  }

  // MARK: refreshing

  @Test func callersAtTheSameTimeShareOneSignInAndOneRefresh() async throws {
    let provider = try FakeProvider([
      "/token": [Self.tokens("one", refresh: "r1"), Self.tokens("two", refresh: "r2")]
    ])
    let source = try provider.source(person)
    #expect(try await Self.bearers(source) == ["one"])
    await source.invalidate()
    #expect(try await Self.bearers(source) == ["two"])
    #expect(provider.forms().map { $0["grant_type"] } == ["authorization_code", "refresh_token"])
    #expect(person.count == 1)
  }

  private static func bearers(_ source: OAuthSource) async throws -> Set<String> {
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try await source.bearer().reveal() } }
      return try await group.reduce(into: []) { $0.insert($1) }
    }
  }

  @Test func refreshesBeforeTheEndWithTheNewestRefreshToken() async throws {
    let provider = try FakeProvider([
      "/token": [
        Self.tokens("one", refresh: "r1", lifetime: #""0""#),
        Self.tokens("two", refresh: "r2", lifetime: "0"),
        Self.tokens("three", lifetime: "0.0"), Self.tokens("four"),
      ]
    ])
    let source = try provider.source(person)
    var bearers: [String] = []
    for _ in 0..<5 { bearers.append(try await source.bearer().reveal()) }
    #expect(bearers == ["one", "two", "three", "four", "four"])
    #expect(provider.forms().map { $0["refresh_token"] } == [nil, "r1", "r2", "r2"])
    let expires = try #require(await source.expires)
    #expect(abs(expires - Date().timeIntervalSince1970 - 3600) < 60)
  }

  @Test func aRefreshSaysWhoAsksAndForWhat() async throws {
    let provider = try FakeProvider(["/token": [Self.tokens("one", refresh: "r1"), Self.tokens("two")]])
    let source = try provider.source(
      person, ["ClientSecret": "client-secret", "Resource": "urn:mfiles", "SiteRealm": "realm"])
    _ = try await source.bearer()
    await source.invalidate()
    _ = try await source.bearer()
    #expect(
      provider.forms().last == [
        "grant_type": "refresh_token", "refresh_token": "r1", "client_id": "client@realm",
        "client_secret": "client-secret", "resource": "urn:mfiles", "scope": "openid offline",
      ])
  }

  @Test func aRefusedRefreshAsksThePersonAgain() async throws {
    let provider = try FakeProvider([
      "/token": [Self.tokens("one", refresh: "r1"), Self.refusal("invalid_grant"), Self.tokens("two")]
    ])
    let source = try provider.source(person)
    _ = try await source.bearer()
    await source.invalidate()
    #expect(try await source.bearer() == Secret("two"))
    #expect(person.count == 2)
  }

  @Test func withoutAPersonNothingIsAsked() async throws {
    let provider = try FakeProvider()
    let error = await #expect(throws: MFWSError.self) { try await provider.source(nil).bearer() }
    #expect(error?.code == .deniedCredentials)
    #expect(provider.requests.isEmpty)
  }

  @Test func aTokenThatIsStillGoodOutlivesAProviderThatFails() async throws {
    // A refresh is due in the last quarter of its life, which is too short on a machine that is very busy.
    for lifetime in [4.0, 12, 36] {
      if try await outlives(lifetime) { return }
    }
    Issue.record("the token was thrown away")
  }

  private func outlives(_ lifetime: Double) async throws -> Bool {
    let provider = try FakeProvider([
      "/token": [Self.tokens("one", refresh: "r1", lifetime: "\(lifetime)"), .page("", status: 503)]
    ])
    let source = try provider.source(person)
    _ = try await source.bearer()
    while provider.forms().count < 2 {
      guard (try? await source.bearer()) == Secret("one") else { return false }
      try await Task.sleep(for: .milliseconds(50))
    }
    await source.invalidate()
    let error = await #expect(throws: MFWSError.self) { try await source.bearer() }
    #expect(error?.code == .serverBusy)
    #expect(provider.forms().count == 3 && provider.forms()[2]["grant_type"] == "refresh_token")
    return true
  }

  @Test func anIDTokenEndsByItsOwnClaim() async throws {
    let ended = "e30.\(Self.base64(#"{"exp":1000}"#)).x"
    let provider = try FakeProvider([
      "/token": [Self.tokens("one", refresh: "r1", more: #","id_token":"\#(ended)""#), Self.tokens("two")]
    ])
    let source = try provider.source(person, ["UseIdTokenAsAccessToken": "true"])
    #expect(try await source.bearer() == Secret(ended))
    // The refresh brings no new ID token, so that the person has to come again; nor does that.
    let error = await #expect(throws: MFWSError.self) { try await source.bearer() }
    #expect(error?.code == .serverBadResponse)
    #expect(person.count == 2)
  }

  @Test func oneCallerLessDoesNotEndTheSignInOfTheOthers() async throws {
    let provider = try FakeProvider()
    let shown = AsyncStream<String>.makeStream()
    let person = ScriptedPerson { address in
      shown.continuation.yield(address)
      return ""
    }
    let source = try provider.source(person)
    let (first, second) = (Task { try await source.bearer() }, Task { try await source.bearer() })
    var iterator = shown.stream.makeAsyncIterator()
    let address = try #require(await iterator.next())
    first.cancel()
    let error = await #expect(throws: MFWSError.self) { try await first.value }
    #expect(error?.code == .clientCancelled)
    _ = try await Visit(address).comeBackWithACode()
    #expect(try await second.value == Secret("first-access"))
  }

  private static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
      .replacing("/", with: "_")
  }
}
