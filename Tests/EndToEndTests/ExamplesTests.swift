import Glibc
import Sandbox
import TestSupport
import Testing

/// Every script in `examples/`, in a sandbox of its own and against a server.
struct ExamplesTests {
  private let server: SandboxServer

  init() throws { server = try SandboxServer() }

  private func run(
    _ name: String, _ arguments: [String] = [], user: String = "editor", password: String = "demo",
    folder: String? = nil
  ) throws -> (status: TestSupport.ExitStatus, output: String, error: String) {
    let login = ["MFILES_URL": server.url, "MFILES_USER": user, "MFILES_PASS": password]
    return try ChildProcess.run(
      ["\(Documentation.root)/examples/\(name)"] + arguments,
      environment: Documentation.environment.merging(login) { $1 }, folder: folder)
  }

  @Test func whoamiTellsTheAccount() throws {
    let result = try run("whoami.lua")
    let expected = """
      Account        editor
      Name           Eddie Editor
      User ID        2
      Licence        Named
      May change     true
      Internal user  true

      """
    #expect(result == (.exited(0), expected, ""))
    #expect(server.stats.logins == 1 && server.stats.liveSessions == 0)
  }

  @Test func whoamiEndsWithTheStatusOfARefusedLogin() throws {
    let result = try run("whoami.lua", password: "wrong")
    #expect(result.status == .exited(77) && result.output.isEmpty)
    #expect(result.error.contains("whoami.lua:4: the server refused the login of \"editor\""))
  }

  @Test func vaultsAreSortedAndMarked() throws {
    let result = try run("vaults.lua", user: "admin")
    let expected = """
      {1E8B4D70-63A2-49CF-8D15-7F20C9B6E3A4}  Archive  (the name is not unique)
      {92C7F3B6-15D8-4E0A-A6B9-04D83E5F7C12}  Archive  (the name is not unique)
      {6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1}  Finance
      {A3F95E08-9C41-4D26-B7A4-52E1D6C0937F}  Human Resources
      {C840BE1A-5B47-4AC0-8EF7-835C166C8E24}  Sample Vault
      5 vaults

      """
    #expect(result == (.exited(0), expected, ""))
    #expect(server.stats.liveSessions == 0)
  }

  private static let fiveSessions = """
    session 1  logged out  (editor)
    session 2  logged out  (editor)
    session 3  logged out  (error: number 3 fails on purpose)
    session 4  logged out  (editor)
    session 5  logged out  (editor)

    """

  @Test func logoutAllLeavesNoSession() throws {
    #expect(try run("logout_all.lua") == (.exited(0), Self.fiveSessions, ""))
    #expect(server.stats.logins == 5 && server.stats.logouts == 5 && server.stats.liveSessions == 0)
  }

  @Test func logoutAllCountsInASandboxOfItsOwn() throws {
    let result = try ChildProcess.run([
      BuiltBinary.mfsh, "\(Documentation.root)/examples/logout_all.lua", "sandbox",
    ])
    let counted = "the sandbox saw 5 logins and 5 logouts; 0 sessions are open\n"
    #expect(result == (.exited(0), Self.fiveSessions + counted, ""))
  }

  @Test func everybodysVaultsAreInATable() throws {
    let folder = try TemporaryFolder()
    for (user, password) in ["admin": "demo", "editor": "demo", "leaver": "wrong"] {
      try folder.write("\(user).password", password + "\n")
    }
    let result = try run("who_can_enter.lua", ["admin", "editor", "leaver"], folder: folder.path)
    let expected = """
      account,Archive,Finance,Human Resources,Sample Vault
      admin,yes,yes,yes,yes
      editor,no,yes,no,yes
      leaver,denied.credentials,denied.credentials,denied.credentials,denied.credentials

      """
    #expect(result == (.exited(0), expected, ""))
    #expect(server.stats.liveSessions == 0)
  }

  @Test func certificatesTellTheirDays() throws {
    let plain = server.url
    #expect(try run("expiring_certificates.lua", [plain]) == (.exited(0), "\(plain)  no TLS\n", ""))
    var configuration = SandboxConfiguration()
    configuration.tls = .init()
    let secure = try SandboxServer(configuration)
    let folder = try TemporaryFolder()
    try folder.write("ca.pem", secure.authorityCertificate ?? "")
    let script = "\(Documentation.root)/examples/expiring_certificates.lua"
    try withDeadPort { port in
      let gone = "http://127.0.0.1:\(port)"
      let result = try ChildProcess.run(
        [BuiltBinary.mfsh, "--cacert", "ca.pem", script, secure.url, gone], folder: folder.path)
      #expect(result.status == .exited(1) && result.output.hasPrefix("\(secure.url)  29 days left\n"))
      #expect(result.output.contains("\n\(gone)  nothing answers at "))
    }
  }

  @Test(arguments: [
    ("who_can_enter.lua", "ACCOUNT...   (the password of each in the file ACCOUNT.password)"),
    ("expiring_certificates.lua", "ADDRESS...   such as https://mfiles.example.com"),
  ])
  func withoutArgumentsTheySayWhatTheyNeed(name: String, needs: String) throws {
    let result = try run(name)
    #expect(result == (.exited(64), "", "usage: mfsh \(Documentation.root)/examples/\(name) \(needs)\n"))
    #expect(server.stats.requests == 0)
  }

  @Test func aProvisioningCheckPrintsWhatIsToBeDone() throws {
    let result = try run("provisioning_check.lua")
    #expect(result.status == .exited(1) && result.error.isEmpty, "\(result.error)")
    #expect(result.output == "reader,diff,\"other vaults than ordered: missing Finance\"\n")
    #expect(server.stats.liveSessions == 0)
    let folder = try TemporaryFolder()
    try folder.write("orders.json", #"[{"login": "editor", "name": "Eddy"}]"#)
    #expect(
      try run("provisioning_check.lua", ["orders.json"], folder: folder.path).output
        == "editor,diff,\"full_name is Eddie Editor, ordered was Eddy\"\n")
  }

  @Test func theCommandsOfTheirReadmeWork() throws {
    for block in try Documentation.blocks("bash", in: "examples/README.md") {
      let result = try ChildProcess.run(
        ["bash", "-euo", "pipefail", "-c", block], environment: Documentation.environment,
        folder: Documentation.root)
      #expect(result.status == .exited(0) && result.error.isEmpty, "\(result.error)")
    }
  }

  @Test func everyExampleIsListedAndTested() throws {
    let listed = try Documentation.read("examples/README.md")
    let tested = try Documentation.read("Tests/EndToEndTests/ExamplesTests.swift")
    let found = try ChildProcess.run(["ls", "\(Documentation.root)/examples"]).output
      .split(separator: "\n").filter { $0.hasSuffix(".lua") }
    #expect(!found.isEmpty)
    for name in found {
      #expect(listed.contains("| `\(name)` |") && tested.contains("run(\"\(name)\""), "\(name)")
      #expect(access("\(Documentation.root)/examples/\(name)", X_OK) == 0, "\(name)")
    }
  }
}
