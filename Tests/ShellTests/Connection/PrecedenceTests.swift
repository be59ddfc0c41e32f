import HTTP
import LuaKit
import MFWS
import Testing

@testable import Shell

/// Which source decides, and which secrets may go where.
@Suite struct PrecedenceTests {
  private static let home = "https://home.example", other = "https://other.example"

  static func values(_ pairs: [SettingKey: SettingValue]) -> SettingValues {
    var values = SettingValues()
    for (key, value) in pairs { values[key] = value }
    return values
  }

  static func secret(_ text: String) -> SettingValue { .secret(LazySecret(Secret(text))) }

  static func settings(
    call: [SettingKey: SettingValue] = [:], options: [SettingKey: SettingValue] = [:],
    profile: [SettingKey: SettingValue]? = nil, environment: [String: String] = [:]
  ) -> ConnectionSettings {
    ConnectionSettings(
      options: values(options), profile: profile.map { Profile(name: "prod", values: values($0)) },
      environment: TakenEnvironment(environment)
    ).with(call: values(call))
  }

  private func text(_ secret: LazySecret?) throws -> String? {
    try secret?.get { throw SettingProblem(message: "asked") }.reveal()
  }

  /// Each source removed in turn, the next one decides.
  @Test(arguments: [SettingKey.user, .vault])
  func `call, options, profile, environment`(key: SettingKey) throws {
    let url = try BaseURL(Self.home)
    let variable = try #require(key.variable)
    let layers: [[SettingKey: SettingValue]] = ["call", "option", "profile"].map { [key: .text($0)] }
    func value(_ used: Set<Int>) -> String? {
      Self.settings(
        call: used.contains(0) ? layers[0] : [:], options: used.contains(1) ? layers[1] : [:],
        profile: used.contains(2) ? layers[2] : nil,
        environment: used.contains(3) ? [variable: "variable"] : [:]
      ).text(key, for: url)
    }
    for bits in 0..<16 {
      let used = Set((0..<4).filter { bits & (1 << $0) != 0 })
      let expected = used.min().map { ["call", "option", "profile", "variable"][$0] }
      #expect(value(used) == expected, "\(used)")
    }
  }

  @Test func `each key for itself`() throws {
    let url = try BaseURL(Self.home)
    let settings = Self.settings(
      call: [.vault: .text("V")], options: [.maxTime: .number(5)],
      profile: [.url: .text(Self.home), .user: .text("jo"), .maxTime: .number(9), .retries: .number(1)],
      environment: ["MFILES_USER": "ann", "MFILES_VAULT": "W", "MFILES_URL": Self.other])
    #expect(settings[text: .url] == Self.home && settings.text(.user, for: url) == "jo")
    #expect(settings.text(.vault, for: url) == "V")
    #expect(settings.number(.maxTime, for: url) == 5 && settings.number(.retries, for: url) == 1)
  }

  /// The secret of each source, at its own address and at another one.
  @Test(arguments: [SettingKey.password, .token, .bearer, .presharedKey])
  func `secrets stay with their address`(key: SettingKey) throws {
    let variable = try #require(key.variable)
    let (home, other) = (try BaseURL(Self.home + "/m-files/REST"), try BaseURL(Self.other))
    let table: [(name: String, settings: ConnectionSettings)] = [
      ("profile", Self.settings(profile: [.url: .text(Self.home), key: Self.secret("profile")])),
      ("option", Self.settings(options: [.url: .text(Self.home), key: Self.secret("option")])),
      ("variable", Self.settings(environment: ["MFILES_URL": Self.home, variable: "variable"])),
      // Without an address of their own, the strongest that is named counts.
      (
        "option", Self.settings(options: [key: Self.secret("option")], environment: ["MFILES_URL": Self.home])
      ),
      ("option", Self.settings(options: [key: Self.secret("option")], profile: [.url: .text(Self.home)])),
      ("variable", Self.settings(options: [.url: .text(Self.home)], environment: [variable: "variable"])),
      ("variable", Self.settings(profile: [.url: .text(Self.home)], environment: [variable: "variable"])),
    ]
    for (name, settings) in table {
      #expect(try text(settings.secret(key, for: home)) == name)
      #expect(settings.secret(key, for: other) == nil, "\(name) went elsewhere")
    }
    // A stronger address does not bring a weaker source's secret along.
    let mixed = Self.settings(
      call: [.url: .text(Self.other)], options: [:],
      profile: [.url: .text(Self.home), key: Self.secret("profile")],
      environment: ["MFILES_URL": Self.other, variable: "variable"])
    #expect(try text(mixed.secret(key, for: other)) == "variable")
    #expect(try text(mixed.secret(key, for: home)) == "profile")
    // Without any address it goes to whatever a call names.
    #expect(try text(Self.settings(environment: [variable: "v"]).secret(key, for: other)) == "v")
    #expect(try text(Self.settings(call: [key: Self.secret("c")]).secret(key, for: other)) == "c")
  }

  @Test func `what a profile says of its own server does not hold for another`() throws {
    let settings = Self.settings(
      profile: [
        .url: .text(Self.home), .insecure: .flag(true), .allowPlaintext: .flag(true), .sso: .flag(true),
        .cert: .text("/c"), .maxTime: .number(3),
      ])
    let (home, other) = (try BaseURL(Self.home), try BaseURL(Self.other))
    for key in [SettingKey.insecure, .allowPlaintext, .sso, .cert] {
      #expect(settings.value(key, for: home) != nil)
      #expect(settings.value(key, for: other) == nil, "\(key)")
    }
    #expect(settings.number(.maxTime, for: other) == 3)
    #expect(try settings.loginKind(for: home)?.kind == .windows)
    #expect(try settings.loginKind(for: other) == nil)
  }
}
