import MFWS
import Testing

@testable import Sandbox

@Suite struct SeedTests {
  private static let vaults = """
    "vaults":[{"name":"A","guid":"0A1B2C3D-0000-4000-8000-000000000001"},
    {"name":"B","guid":"{0a1b2c3d-0000-4000-8000-000000000002}"},
    {"name":"B","guid":"{0A1B2C3D-0000-4000-8000-000000000003}"}]
    """

  /// An account that is fine but for `more`.
  private static func jo(_ more: String) -> String {
    #"{"name":"jo","password":"p","vaults":"*",\#(more)}"#
  }

  private static func seed(account: String) -> [UInt8] { Array("{\(vaults),\"accounts\":[\(account)]}".utf8) }

  @Test func `the standard seed has five vaults and eight accounts`() {
    let seed = SandboxSeed.standard
    #expect(seed.vaults.count == 5)
    #expect(seed.vaults.count { $0.name == "Archive" } == 2)
    #expect(
      seed.accounts.map(\.name)
        == ["admin", "editor", "reader", "concurrent", "external", "winuser", "novault", "leaver"])
    #expect(seed.accounts[0].vaults == seed.vaults)
  }

  @Test func `an account has defaults`() throws {
    let seed = try SandboxSeed(json: Self.seed(account: #"{"name":"jo","password":"p","vaults":["A"]}"#))
    let account = try #require(seed.accounts.first)
    #expect(account.fullName == "jo")
    #expect(account.userID == 1)
    #expect(account.license == .named)
    #expect(account.isInternal && account.isEnabled && !account.isAdmin && !account.isWindows)
    #expect(account.vaults.map(\.name) == ["A"])
  }

  @Test(arguments: [
    (jo(#""licence":"named""#), #"accounts[0].licence is unknown; did you mean "license"?"#),
    (jo(#""zzzzzzzz":1"#), "accounts[0].zzzzzzzz is unknown; known are name,"),
    (#"{"name":"jo","vaults":"*"}"#, "accounts[0].password is missing; add it"),
    (
      #"{"name":"","password":"p","vaults":"*"}"#,
      "accounts[0].name must not be empty or hold control characters"
    ),
    (#"{"name":"jo","password":7,"vaults":"*"}"#, "accounts[0].password must be a string"),
    (#"{"name":"jo","password":"p","vaults":["X"]}"#, "accounts[0].vaults[0] names no vault of this seed"),
    (
      #"{"name":"jo","password":"p","vaults":["A","B"]}"#,
      "accounts[0].vaults[1] names 2 vaults; use the GUID"
    ),
    (#"{"name":"jo","password":"p","vaults":[1]}"#, "accounts[0].vaults[0] must be a vault's name or GUID"),
    (#"{"name":"jo","password":"p","vaults":true}"#, #"accounts[0].vaults must be "*" or a list"#),
    (jo(#""license":"gold""#), "accounts[0].license must be one of none, named, concurrent, readonly"),
    (jo(#""user_id":0"#), "accounts[0].user_id must be a whole number"),
    (jo(#""admin":"yes""#), "accounts[0].admin must be true or false"),
    (jo(#""windows":true"#), "accounts[0].domain is missing"),
    (
      #"{"name":"jo","password":"p","vaults":"*"},{"name":"JO","password":"q","vaults":"*"}"#,
      "accounts[1].name is the same as accounts[0].name"
    ),
    ("7", "accounts[0] must be an object"),
  ])
  func `errors name the place`(account: String, message: String) {
    let error = #expect(throws: SandboxError.self) { try SandboxSeed(json: Self.seed(account: account)) }
    #expect(error?.code == .seed)
    #expect(error?.description.hasPrefix("seed: " + message) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("[]", "seed: the file must be an object"), ("{}", "seed: vaults is missing; add it"),
    (#"{"vault":[]}"#, #"seed: vault is unknown; did you mean "vaults"?"#),
    (#"{"vaults":[],"accounts":{}}"#, "seed: accounts must be a list"),
    (#"{"vaults":[{"name":"A","guid":"1"}],"accounts":[]}"#, "seed: vaults[0].guid must be a GUID"),
    ("{\n  \"vaults\": [,]}", "the seed is not valid JSON; look for"),
    ("", "the seed is not valid JSON; "),
  ])
  func `errors of the whole`(json: String, message: String) {
    let error = #expect(throws: SandboxError.self) { try SandboxSeed(json: Array(json.utf8)) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }

  @Test func `no description shows a password`() {
    var text = ""
    dump(SandboxConfiguration(), to: &text)
    print(SandboxConfiguration(), SandboxSeed.standard.accounts, to: &text)
    let request = WebRequest(method: "GET", path: "/", headers: [("X-Password", "demo")])
    dump(request, to: &text)
    print(request, to: &text)
    #expect(text.contains("editor"))
    #expect(!text.contains("demo"))
  }
}
