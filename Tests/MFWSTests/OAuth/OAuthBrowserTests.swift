import Glibc
import HTTP
import MFWS
import TestSupport
import Testing

/// The sign-in with a browser, against a provider and browsers that misbehave.
@Suite(.timeLimit(.minutes(30))) struct OAuthBrowserTests {
  /// A person whose browser does as it should.
  private let person = ScriptedPerson { try await Visit($0).comeBackWithACode() }

  /// An address that no other test listens on: there a port that was given back stays free.
  private static let alone = ["RedirectURIForNative": "http://127.83.12.7/cb"]

  private func failure(_ source: OAuthSource) async -> MFWSError? {
    await #expect(throws: MFWSError.self) { try await source.bearer() }
  }

  @Test func asksAsThePluginSaysAndProvesThatItAsked() async throws {
    let provider = try FakeProvider()
    let source = try provider.source(
      person,
      [
        "ClientSecret": "client-secret", "Resource": "urn:mfiles", "SiteRealm": "realm",
        "PromptLoginParameter": "login",
      ])
    #expect(try await source.bearer() == Secret("first-access"))
    let asked = Visit(try #require(person.addresses.first)).items
    #expect(asked["response_type"] == "code" && asked["client_id"] == "client")
    #expect(asked["scope"] == "openid offline" && asked["resource"] == "urn:mfiles")
    #expect(asked["prompt"] == "login" && asked["code_challenge_method"] == "S256")
    #expect(asked["state"]?.count == 43 && asked["nonce"]?.count == 22 && asked["client_secret"] == nil)
    let form = try #require(provider.forms().first)
    #expect(form["grant_type"] == "authorization_code" && form["code"] == "the-code")
    #expect(form["client_id"] == "client@realm" && form["client_secret"] == "client-secret")
    #expect(form["resource"] == "urn:mfiles" && form["redirect_uri"] == asked["redirect_uri"])
    #expect(form["code_verifier"]?.count == 43 && form["code_verifier"] != asked["code_challenge"])
    #expect(try await person.pages() == ["200"])
  }

  @Test func twoSignInsShareNothing() async throws {
    let provider = try FakeProvider()
    for _ in 0..<2 { _ = try await provider.source(person).bearer() }
    let asked = person.addresses.map { Visit($0).items }
    for name in ["state", "nonce", "code_challenge"] { #expect(asked[0][name] != asked[1][name]) }
  }

  @Test func strayRequestsAreAnsweredAndIgnored() async throws {
    let provider = try FakeProvider()
    let person = ScriptedPerson { address in
      let visit = Visit(address)
      let client = HTTPClient()
      let root = "http://127.0.0.1:\(visit.port)"
      var answers: [Int] = []
      let strays = [
        HTTPRequest(url: "\(root)/favicon.ico"), HTTPRequest(url: "\(root)/"),
        HTTPRequest(method: "POST", url: "\(visit.redirectURI)?code=x&state=\(visit.state)"),
        HTTPRequest(url: visit.redirectURI), HTTPRequest(url: "\(visit.redirectURI)?code=x"),
        HTTPRequest(url: "\(visit.redirectURI)?code=x&state=\(String(visit.state.reversed()))"),
        HTTPRequest(url: "\(visit.redirectURI)?error=access_denied&state="),
        HTTPRequest(url: "\(visit.redirectURI)?code=&state=\(visit.state)"),
        HTTPRequest(url: "\(root)/\(String(repeating: "x", count: 20_000))"),
      ]
      for stray in strays { answers.append(try await client.send(stray).status) }
      answers.append(try await visit.comeBack("code=the-code&state=\(visit.state)"))
      return "\(answers)"
    }
    #expect(try await provider.source(person).bearer() == Secret("first-access"))
    #expect(try await person.pages() == ["[404, 404, 405, 400, 400, 400, 400, 400, 431, 200]"])
    #expect(provider.forms().map { $0["code"] } == ["the-code"])
  }

  @Test func connectionsThatSayNothingDoNotHoldItUp() async throws {
    let provider = try FakeProvider()
    let person = ScriptedPerson { address in
      let visit = Visit(address)
      let idle = try (0..<40).map { _ in try Connection(to: visit.port) }
      defer { idle.forEach { $0.close() } }
      idle[39].send("GET /cb")
      return try await visit.comeBackWithACode()
    }
    #expect(try await provider.source(person).bearer() == Secret("first-access"))
  }

  @Test func aRequestMayComeInPieces() async throws {
    let provider = try FakeProvider()
    let person = ScriptedPerson { address in
      let visit = Visit(address)
      let connection = try Connection(to: visit.port)
      defer { connection.close() }
      for byte in "GET /cb?state=\(visit.state)&code=in%2Dpieces HTTP/1.1\r\nHost: x\r\n\r\n" {
        connection.send(String(byte))
      }
      return connection.receiveAll()
    }
    _ = try await provider.source(person).bearer()
    #expect(provider.forms().first?["code"] == "in-pieces")
    #expect(try await person.pages().first?.hasSuffix(ScriptedPerson.signedInPage) == true)
  }

  @Test func aSecondCodeIsRefusedAndThePortIsClosed() async throws {
    let provider = try FakeProvider(["/token": [.silence]])
    let person = ScriptedPerson { address in
      let visit = Visit(address)
      try await visit.comeBack("code=first&state=\(visit.state)")
      let second = await #expect(throws: HTTPError.self) {
        try await visit.comeBack("code=second&state=\(visit.state)")
      }
      // A connection that was queued when the port closed is reset instead.
      return second?.code == .connect || second?.code == .reset ? "closed" : "open"
    }
    let source = try provider.source(person, Self.alone)
    let task = Task { try await source.bearer() }
    try await eventually { !provider.forms().isEmpty }
    #expect(try await person.pages() == ["closed"])
    task.cancel()
    _ = await task.result
  }

  @Test func theProvidersWordsReachTheErrorWithoutControlCharacters() async throws {
    let provider = try FakeProvider()
    let person = ScriptedPerson { address in
      let visit = Visit(address)
      return
        "\(try await visit.comeBack("error=access_denied&error_description=No%1b%5b31m+way&state=\(visit.state)"))"
    }
    let error = await failure(try provider.source(person))
    #expect(error?.code == .deniedCredentials)
    #expect(
      error?.message
        == "the sign-in provider at \(provider.url) refused: No\u{FFFD}[31m way (access_denied); the sign-in was declined: log in again"
    )
    #expect(provider.requests.isEmpty)
  }

  @Test func aBrowserThatDoesNotComeBackIsNotWaitedForForever() async throws {
    let provider = try FakeProvider()
    let person = ScriptedPerson()
    let error = await failure(try provider.source(person, Self.alone, timeLimit: 0.2))
    #expect(error?.code == .deniedCredentials)
    #expect(error?.message.contains("did not come back to http://127.83.12.7:") == true)
    let visit = Visit(try #require(person.addresses.first))
    let late = await #expect(throws: HTTPError.self) { try await visit.comeBackWithACode() }
    #expect(late?.code == .connect)
  }

  @Test func aCancelledSignInEndsAtOnceAndGivesThePortBack() async throws {
    let provider = try FakeProvider()
    let (shown, addresses) = (AsyncStream<String>.makeStream(), ScriptedPerson())
    let person = ScriptedPerson { address in
      shown.continuation.yield(address)
      return ""
    }
    let port = try Listener.freePort()
    let source = try provider.source(person, ["RedirectURIForNative": "http://127.83.12.8:\(port)/cb"])
    let task = Task { try await source.bearer() }
    var iterator = shown.stream.makeAsyncIterator()
    _ = await iterator.next()
    task.cancel()
    let error = await #expect(throws: MFWSError.self) { try await task.value }
    #expect(error?.code == .clientCancelled)
    #expect(addresses.count == 0)
    // The same port serves the next sign-in.
    let next = Task { try await source.bearer() }
    let address = try #require(await iterator.next())
    #expect(Visit(address).port == port)
    _ = try await Visit(address).comeBackWithACode()
    #expect(try await next.value == Secret("first-access"))
  }

  @Test func aPortThatIsTakenIsNamed() async throws {
    let taken = try Listener()
    defer { taken.close() }
    let provider = try FakeProvider()
    let error = await failure(
      try provider.source(person, ["RedirectURIForNative": "http://localhost:\(taken.port)/cb"]))
    #expect(error?.code == .clientUsage)
    #expect(
      error?.message
        == "http://localhost:\(taken.port)/cb, where the browser is to come back, is taken: end the program that listens there"
    )
  }

  @Test(arguments: ["localhost", "[::1]"]) func listensOnAllAddressesThatTheNameMeans(
    _ host: String
  ) async throws {
    guard Connection.hasIPv6 else { return }
    let provider = try FakeProvider()
    let person = ScriptedPerson { address in
      let visit = Visit(address)
      let page = try await HTTPClient().send(HTTPRequest(url: "http://[::1]:\(visit.port)/"))
      return "\(page.status) " + (try await visit.comeBack("code=the-code&state=\(visit.state)").description)
    }
    _ = try await provider.source(person, ["RedirectURIForNative": "http://\(host)"]).bearer()
    #expect(try await person.pages() == ["400 200"])
    let asked = Visit(try #require(person.addresses.first))
    #expect(asked.redirectURI == "http://\(host):\(asked.port)")
  }

  @Test func anAddressElsewhereIsNamedWithTheWayOut() async throws {
    let elsewhere = ["RedirectURIForNative": "https://login.example.com/nativeclient"]
    let plain = try FakeProvider()
    let error = await failure(try plain.source(person, elsewhere))
    #expect(error?.code == .clientUsage)
    #expect(
      error?.message
        == #"the plug-in "fake" sends the browser to https://login.example.com/nativeclient, which is not this program: its administrator can add http://localhost as RedirectURIForNative"#
    )
    let devices = try FakeProvider()
    let other = await failure(
      try devices.source(
        person, elsewhere.merging(["DeviceAuthorizationEndpoint": "\(devices.url)/device"]) { $1 }))
    #expect(other?.message.hasSuffix("which is not this program: sign in with a device code") == true)
  }
}
