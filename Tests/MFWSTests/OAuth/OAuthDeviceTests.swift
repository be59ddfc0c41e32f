import HTTP
import MFWS
import TestSupport
import Testing

/// Device codes (RFC 8628) against providers that say what a test wants.
@Suite(.timeLimit(.minutes(30))) struct OAuthDeviceTests {
  private let person = ScriptedPerson()

  private static func grant(
    _ url: String = "https://login.example.com/device", lifetime: String = "600", interval: String = "0.1"
  ) -> ScriptedServer.Answer {
    .json(
      #"{"device_code":"the-device-code","user_code":"ABCD-\u001bEFGH","verification_uri":"\#(url)","expires_in":\#(lifetime),"interval":\#(interval)}"#
    )
  }

  private static func wait(_ code: String) -> ScriptedServer.Answer {
    .json(#"{"error":"\#(code)"}"#, status: 400)
  }

  private func source(_ provider: FakeProvider) throws -> OAuthSource {
    try provider.source(
      person, ["DeviceAuthorizationEndpoint": "\(provider.url)/device", "SiteRealm": "realm"],
      way: .deviceCode)
  }

  @Test func waitsUntilThePersonHasSignedIn() async throws {
    let provider = try FakeProvider([
      "/device": [Self.grant()],
      "/token": [
        Self.wait("authorization_pending"), Self.wait("authorization_pending"), FakeProvider.tokens,
      ],
    ])
    #expect(try await source(provider).bearer() == Secret("first-access"))
    let code = try #require(person.codes.first)
    #expect(code.userCode == "ABCD-\u{FFFD}EFGH" && code.address == "https://login.example.com/device")
    #expect(code.lifetime == 600 && code.completeAddress == nil)
    #expect(provider.forms("/device") == [["client_id": "client@realm", "scope": "openid offline"]])
    #expect(provider.forms().count == 3)
    #expect(provider.forms().first?["grant_type"] == "urn:ietf:params:oauth:grant-type:device_code")
    #expect(provider.forms().first?["device_code"] == "the-device-code")
  }

  @Test(arguments: ["access_denied", "expired_token", "invalid_grant"])
  func aRefusalEndsTheWait(_ code: String) async throws {
    let provider = try FakeProvider([
      "/device": [Self.grant()], "/token": [Self.wait("authorization_pending"), Self.wait(code)],
    ])
    let error = await #expect(throws: MFWSError.self) { try await source(provider).bearer() }
    #expect(error?.code == .deniedCredentials && error?.cause == code)
    #expect(provider.forms().count == 2)
  }

  @Test func aCodeThatEndsIsNotWaitedForAnyLonger() async throws {
    let provider = try FakeProvider([
      "/device": [Self.grant(lifetime: "0.3")], "/token": [Self.wait("authorization_pending")],
    ])
    let error = await #expect(throws: MFWSError.self) { try await source(provider).bearer() }
    #expect(error?.code == .deniedCredentials)
    #expect(error?.message == "nobody signed in while the code was valid: log in again")
  }

  @Test(arguments: [
    #"{}"#, #"{"device_code":"a","user_code":"b"}"#,
    #"{"device_code":"a","user_code":"b","verification_uri":"javascript:alert(1)"}"#,
  ])
  func nonsenseInsteadOfACodeIsABadResponse(_ answer: String) async throws {
    let provider = try FakeProvider(["/device": [.json(answer)]])
    let error = await #expect(throws: MFWSError.self) { try await source(provider).bearer() }
    #expect(error?.code == .serverBadResponse)
    #expect(person.count == 0)
  }

  @Test func cancellingEndsTheWaitAtOnce() async throws {
    let provider = try FakeProvider(["/device": [Self.grant(interval: "30")]])
    let source = try source(provider)
    let task = Task { try await source.bearer() }
    try await eventually { person.count > 0 }
    task.cancel()
    let error = await #expect(throws: MFWSError.self) { try await task.value }
    #expect(error?.code == .clientCancelled)
  }

  // MARK: finding out where device codes are

  @Test func metadataThatSendsTheClientElsewhereIsNotFollowed() async throws {
    let provider = try FakeProvider([
      "/.well-known/openid-configuration": [
        .json(#"{"device_authorization_endpoint":"https://evil.example.com/d"}"#)
      ],
      "/device": [Self.grant()],
    ])
    let error = await #expect(throws: MFWSError.self) {
      try await provider.source(person, way: .deviceCode).bearer()
    }
    #expect(error?.code == .clientUsage)
    #expect(
      error?.message
        == "the sign-in provider at \(provider.url) offers no device codes: sign in with a browser")
  }

  @Test func aBrowserIsTheWayOutWhereThereAreNoDeviceCodes() async throws {
    let provider = try FakeProvider()
    let person = ScriptedPerson { try await Visit($0).comeBackWithACode() }
    let source = try provider.source(person, way: .automatic(hasBrowser: false))
    #expect(try await source.bearer() == Secret("first-access"))
    #expect(provider.requests.first == "GET /.well-known/openid-configuration")
  }
}
