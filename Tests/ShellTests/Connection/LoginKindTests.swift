import HTTP
import LuaKit
import MFWS
import Testing

@testable import Shell

/// What is given more strongly decides the way in.
@Suite struct LoginKindTests {
  typealias Values = [SettingKey: SettingValue]
  private static let url = "https://home.example"
  private static let password = PrecedenceTests.secret("p"), token = PrecedenceTests.secret("t")

  @Test func `the strongest way wins`() throws {
    let url = try BaseURL(Self.url)
    let profile: Values = [.url: .text(Self.url), .token: Self.token]
    let account: Values = [.user: .text("jo"), .password: Self.password]
    let table: [(Values, Values, Values?, [String: String], LoginKind?)] = [
      ([:], [:], profile, [:], .token),
      (account, [:], profile, [:], .account),
      ([.user: .text("jo")], [:], profile, [:], .account),
      ([:], [.user: .text("jo")], profile, [:], .account),
      ([.bearer: Self.token], account, profile, [:], .bearer),
      ([.sso: .flag(true)], account, profile, [:], .windows),
      ([.sso: .text("ntlm"), .user: .text("jo"), .password: Self.password], [:], nil, [:], .windows),
      (
        [.sso: .flag(false)], [:], [.url: .text(Self.url), .sso: .flag(true)], ["MFILES_USER": "jo"], .account
      ),
      ([.oauth: .flag(true)], [:], nil, ["MFILES_TOKEN": "t"], .oauth),
      ([:], [:], nil, ["MFILES_BEARER": "b"], .bearer),
      ([:], [:], nil, ["MFILES_PASS": "p"], .account),
      ([.url: .text(Self.url), .vault: .text("V")], [:], nil, [:], nil),
    ]
    for (call, options, profile, environment, expected) in table {
      let settings = PrecedenceTests.settings(
        call: call, options: options, profile: profile, environment: environment)
      #expect(try settings.loginKind(for: url)?.kind == expected, "\(call) \(options)")
    }
  }

  @Test(
    arguments: [
      ([.token, .password], "token and password exclude each other: leave one out"),
      ([.token, .user], "token and user exclude each other: leave one out"),
      ([.bearer, .token], "token and bearer exclude each other: leave one out"),
      ([.sso, .token], "token and sso exclude each other: leave one out"),
      ([.sso, .via], "sso and via exclude each other: leave one out"),
      ([.sso, .password], "password needs a user: give one, or leave it out"),
      ([.oauth, .domain], "oauth and domain exclude each other: leave one out"),
      ([.oauth, .user], "oauth and user exclude each other: leave one out"),
    ] as [([SettingKey], String)])
  func `a call that contradicts itself is refused`(keys: [SettingKey], message: String) throws {
    let values = keys.map { key -> (SettingKey, SettingValue) in
      (
        key,
        key.kind == .secret
          ? Self.token : key.kind == .text ? .text("x") : key == .via ? .text("token") : .flag(true)
      )
    }
    let settings = PrecedenceTests.settings(call: Dictionary(uniqueKeysWithValues: values))
    let error = try #require(throws: LuaError.self) { try settings.loginKind(for: BaseURL(Self.url)) }
    #expect(error.code == "client.usage" && error.message.hasPrefix(message))
  }

  @Test func `each source has its own names in messages`() throws {
    let url = try BaseURL(Self.url)
    let table: [(ConnectionSettings, String)] = [
      (
        PrecedenceTests.settings(options: [.sso: .flag(true), .oauth: .flag(true)]),
        "--sso and --oauth exclude each other: leave one out"
      ),
      (
        PrecedenceTests.settings(environment: ["MFILES_TOKEN": "t", "MFILES_PASS": "p"]),
        "MFILES_TOKEN and MFILES_PASS exclude each other: leave one out"
      ),
      (
        PrecedenceTests.settings(profile: [.url: .text(Self.url), .token: Self.token, .user: .text("jo")]),
        "token of the profile and user of the profile exclude each other: leave one out"
      ),
      (
        PrecedenceTests.settings(options: [.via: .text("headers")], environment: ["MFILES_TOKEN": "t"]),
        "--via is for user and password, but MFILES_TOKEN decides here: leave --via out"
      ),
    ]
    for (settings, message) in table {
      #expect(try #require(throws: LuaError.self) { try settings.loginKind(for: url) }.message == message)
    }
  }
}
