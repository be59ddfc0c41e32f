import Sandbox
import TestSupport
import Testing

/// A password goes to the address that it came with, whatever a script names.
@Suite struct PasswordOriginTests {
  // Without a terminal, so that nobody is asked.
  private static let code = """
    local ok, e = pcall(session.login, {url = arg[1], user = "editor"})
    print(ok, e.code)
    """

  @Test(arguments: [
    (["--url", "http://127.0.0.1:1"], ["MFILES_PASS": "demo"], ""),
    (["--password-stdin"], ["MFILES_URL": "http://127.0.0.1:1"], "demo\n"),
    (["--url", "http://127.0.0.1:1", "--password-stdin"], [:], "demo\n"),
    ([], ["MFILES_URL": "http://127.0.0.1:1", "MFILES_PASS": "demo"], ""),
  ])
  func anotherServerDoesNotGetIt(
    _ options: [String], _ environment: [String: String], _ input: String
  ) throws {
    let server = try SandboxServer()
    let words = ["setsid", "-w", BuiltBinary.mfsh] + options + ["-e", Self.code, server.url]
    let result = try ChildProcess.run(words, environment: environment, input: input)
    #expect(result.output == "false\tclient.secret\n")
    #expect(server.stats.logins == 0)
  }

  @Test func withoutAnyAddressTheCallNamesIt() throws {
    let server = try SandboxServer()
    let words = ["setsid", "-w", BuiltBinary.mfsh, "-e", Self.code, server.url]
    let result = try ChildProcess.run(words, environment: ["MFILES_PASS": "demo"])
    #expect(result.output.hasPrefix("true"))
  }
}
