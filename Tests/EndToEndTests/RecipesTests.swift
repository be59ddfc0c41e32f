import HTTP
import Sandbox
import TestSupport
import Testing

/// Every recipe works as it is written.
@Suite(.timeLimit(.minutes(30)))
struct RecipesTests {
  private static let all = (try? Documentation.examples(in: "RECIPES.md")) ?? []

  private static func named(_ name: String) throws -> [Documentation.Example] {
    let found = all.filter { $0.name == name }
    try #require(!found.isEmpty, "no recipe is marked \(name)")
    return found
  }

  private func cook(_ name: String, _ kitchen: RecipeKitchen) throws {
    for example in try Self.named(name) { try kitchen.cook(example) }
  }

  @Test(arguments: all.filter(\.name.isEmpty))
  func whatNeedsOnlyAServer(example: Documentation.Example) throws {
    let sandbox = try RecipeKitchen.sandbox()
    let kitchen = try RecipeKitchen(sandbox.url)
    try kitchen.addProfilesAndToken()
    try kitchen.cook(example)
  }

  @Test func noRecipeIsLeftOut() {
    let tested = [
      "", "ashx", "client-certificate", "iis", "ntlm", "oauth", "preshared", "profiles", "proxy",
      "ticket", "tls",
    ]
    #expect(Set(Self.all.map(\.name)).sorted() == tested)
    #expect(Self.all.count { $0.name.isEmpty } >= 12)
  }

  @Test func aPresharedKey() throws {
    let sandbox = try RecipeKitchen.sandbox { $0.presharedKey = Secret("shared") }
    try cook("preshared", RecipeKitchen(sandbox.url))
    #expect(sandbox.stats.logins == 2 && sandbox.stats.liveSessions == 0)
  }

  @Test func anAuthorityOfOnesOwn() throws {
    let sandbox = try RecipeKitchen.sandbox { $0.tls = .init() }
    let kitchen = try RecipeKitchen(sandbox.url)
    try kitchen.home.write("ca.pem", sandbox.authorityCertificate ?? "")
    try cook("tls", kitchen)
  }

  @Test(.needs(TestCertificates.self)) func aClientCertificate() throws {
    let certificates = try TestCertificates()
    let pair = try certificates.make("jo", passphrase: "open sesame")
    let authorities = try certificates.folder.read("ca.pem")
    let sandbox = try RecipeKitchen.sandbox {
      $0.tls = .init()
      $0.tls?.clientAuthorities = authorities
    }
    let kitchen = try RecipeKitchen(sandbox.url)
    try kitchen.home.write("ca.pem", sandbox.authorityCertificate ?? "")
    try kitchen.home.write("jo.pem", certificates.folder.read("jo.pem"))
    try kitchen.home.write("jo.key", certificates.folder.read("jo.key"))
    try kitchen.home.write("secrets/jo.key", "open sesame\n")
    try cook("client-certificate", kitchen)
    #expect(pair.key.hasSuffix("jo.key") && sandbox.stats.logins == 1)
  }

  @Test(.needs(AuthenticatingProxy.self)) func aProxy() throws {
    let sandbox = try RecipeKitchen.sandbox()
    let proxy = try AuthenticatingProxy()
    var kitchen = try RecipeKitchen(sandbox.url)
    kitchen.addresses["http://proxy.example.com:3128"] = proxy.url
    try kitchen.home.write("secrets/proxy", proxy.password + "\n")
    try cook("proxy", kitchen)
    #expect(proxy.log.contains(sandbox.url))
  }

  @Test(arguments: [SandboxConfiguration.Verbs.postOnly, .plainOnly])
  func aFolderOfAWebServerThatBlocksVerbs(verbs: SandboxConfiguration.Verbs) throws {
    let sandbox = try RecipeKitchen.sandbox {
      ($0.path, $0.verbs, $0.sendsIISHeaders) = ("/m-files", verbs, true)
    }
    let root = sandbox.url.replacing("/m-files", with: "")
    try cook("iis", RecipeKitchen(root))
  }

  @Test func aHandlerForAllPaths() throws {
    let sandbox = try RecipeKitchen.sandbox { $0.takesOnlyAshx = true }
    try cook("ashx", RecipeKitchen(sandbox.url))
  }

  @Test(.needs(NTLMServer.self)) func anotherWindowsUserByNTLM() throws {
    let proof = ProxyProof()
    let sandbox = try RecipeKitchen.sandbox { $0.trustedProxy = Secret(proof.secret) }
    let server = try NTLMServer(accounts: [#"CORP\ann"#: "second"], upstream: sandbox.url, proof: proof)
    try cook("ntlm", RecipeKitchen(server.url))
    #expect(sandbox.stats.logins == 2 && sandbox.stats.liveSessions == 0)
  }

  @Test(.needs(KerberosRealm.self, NegotiateProxy.self)) func aTicketOfTheRealm() throws {
    let proof = ProxyProof()
    let sandbox = try RecipeKitchen.sandbox { $0.trustedProxy = Secret(proof.secret) }
    let realm = try KerberosRealm(passwords: ["kim": "kim has a ticket"])
    let proxy = try NegotiateProxy(realm: realm, upstream: sandbox.url, proof: proof)
    var kitchen = try RecipeKitchen(proxy.url)
    kitchen.environment.merge(try realm.environment(as: "kim")) { $1 }
    try cook("ticket", kitchen)
    #expect(sandbox.stats.logins == 2 && sandbox.stats.liveSessions == 0)
  }

  @Test func oauthInTheBrowser() throws {
    let provider = try SignInProvider(bearer: "bearer-of-jo")
    let sandbox = try RecipeKitchen.sandbox(plugin: ", \"configuration\": \(provider.configuration)")
    var kitchen = try RecipeKitchen(sandbox.url)
    kitchen.environment["DISPLAY"] = ":0"
    kitchen.environment["BROWSER"] = "curl --silent --location --output /dev/null %s"
    kitchen.message = "mfsh: your browser opens to sign in; if it does not, go to \(provider.url)/authorize?"
    try cook("oauth", kitchen)
    #expect(sandbox.stats.liveSessions == 0)
  }
}
