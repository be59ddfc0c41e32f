import HTTP
import MFWS
import TestSupport
import Testing

@testable import Shell

/// What requests are made with.
@Suite struct NetworkSettingsTests {
  private static let home = "https://home.example"

  private func configuration(
    _ settings: ConnectionSettings, for url: String = home
  ) throws -> HTTPConfiguration {
    try NetworkSettings(settings: settings, url: BaseURL(url), isReadable: { _ in true }) {
      secret, question in
      try secret.get { Secret("answer to \(question)") }
    }.configuration()
  }

  @Test func `every key of a profile has its effect`() throws {
    let secret = PrecedenceTests.secret("phrase")
    let http = try configuration(
      PrecedenceTests.settings(profile: [
        .url: .text(Self.home), .cacert: .text("/ca"), .capath: .text("/cas"), .cert: .text("/c"),
        .key: .text("/k"),
        .keyPassword: secret, .proxy: .text("http://p:1"), .proxyUser: .text("jo"), .proxyPassword: secret,
        .noProxy: .text("a,b"), .resolve: .list(["h:1:::1"]), .tlsMinimum: .text("1.3"),
        .httpVersion: .text("2"),
        .insecure: .flag(true), .maxTime: .number(3), .connectTimeout: .number(2),
      ]))
    #expect(http.certificateAuthorityFile == "/ca" && http.certificateAuthorityFolder == "/cas")
    #expect(http.clientCertificateFile == "/c" && http.clientKeyFile == "/k")
    #expect(http.clientKeyPassphrase?.reveal() == "phrase" && http.proxyPassword?.reveal() == "phrase")
    #expect(http.proxy == "http://p:1" && http.proxyUser == "jo" && http.noProxy == "a,b")
    #expect(http.resolve == ["h:1:::1"] && http.minimumTLSVersion == .tls13 && http.httpVersion == .http2)
    #expect(http.skipsCertificateVerification && http.requestTimeout == 3 && http.connectTimeout == 2)
  }

  @Test func `a proxy's password is for the proxy that it came with`() throws {
    let profile: [SettingKey: SettingValue] = [
      .proxy: .text("http://own:1"), .proxyUser: .text("jo"), .proxyPassword: PrecedenceTests.secret("own"),
    ]
    #expect(try configuration(PrecedenceTests.settings(profile: profile)).proxyPassword?.reveal() == "own")
    let other = try configuration(
      PrecedenceTests.settings(options: [.proxy: .text("http://other:1")], profile: profile))
    #expect(other.proxyUser == nil && other.proxyPassword == nil)
    let named: [SettingKey: SettingValue] = [.proxy: .text("http://p:1"), .proxyUser: .text("jo")]
    let variable = ["MFILES_PROXY_PASS": "variable"]
    #expect(
      try configuration(PrecedenceTests.settings(options: named, environment: variable)).proxyPassword?
        .reveal()
        == "variable")
    let elsewhere = variable.merging(["https_proxy": "http://corporate:1"]) { $1 }
    #expect(
      try configuration(PrecedenceTests.settings(options: named, environment: elsewhere)).proxyPassword?
        .reveal()
        == "answer to Password for jo at the proxy: ")
    #expect(
      try configuration(PrecedenceTests.settings(options: [.proxyUser: .text("jo")], environment: elsewhere))
        .proxyPassword?.reveal() == "variable")
    #expect(try configuration(PrecedenceTests.settings(options: [.proxyUser: .text("jo")])).proxyUser == nil)
  }

  @Test func `a key belongs to its certificate, a passphrase to its key`() throws {
    let profile: [SettingKey: SettingValue] = [
      .url: .text(Self.home), .cert: .text("/own"), .key: .text("/ownkey"),
      .keyPassword: PrecedenceTests.secret("own"),
    ]
    #expect(
      try configuration(PrecedenceTests.settings(profile: profile)).clientKeyPassphrase?.reveal() == "own")
    let other = try configuration(
      PrecedenceTests.settings(options: [.cert: .text("/other")], profile: profile))
    #expect(other.clientCertificateFile == "/other" && other.clientKeyFile == nil)
    #expect(other.clientKeyPassphrase == nil)
    let elsewhere = try configuration(PrecedenceTests.settings(profile: profile), for: "https://elsewhere")
    #expect(elsewhere.clientCertificateFile == nil && elsewhere.clientKeyPassphrase == nil)
    let variable = PrecedenceTests.settings(
      options: [.cert: .text("/c")], environment: ["MFILES_KEY_PASS": "v"])
    #expect(try configuration(variable).clientKeyPassphrase?.reveal() == "v")
  }

  @Test func `an encrypted key brings a question`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("key.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    let plain = try folder.write("plain.pem", "-----BEGIN PRIVATE KEY-----\n")
    let encrypted = try configuration(
      PrecedenceTests.settings(options: [.cert: .text("/c"), .key: .text(file)]))
    #expect(encrypted.clientKeyPassphrase?.reveal() == "answer to Passphrase of \(file): ")
    let open = try configuration(PrecedenceTests.settings(options: [.cert: .text(plain)]))
    #expect(open.clientKeyPassphrase == nil)
  }
}
