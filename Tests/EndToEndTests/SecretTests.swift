import TestSupport
import Testing

/// Secrets in Lua.
@Suite struct SecretTests {
  private func run(_ code: String) throws -> String {
    let result = try ChildProcess.run([BuiltBinary.mfsh, "--sandbox", "-e", code])
    return result.output + result.error
  }

  @Test(arguments: [
    #"{path = "/session/vault"}"#, #"{path = "/session/%76ault"}"#,
    #"{path = "/MFWS.ashx?restPath=session/vault"}"#,
    #"{path = "/MFWS.ashx", query = {restPath = "session/vault"}}"#,
  ])
  func aVaultsTokenIsASecretByWhateverPathItCame(_ request: String) throws {
    let code = """
      session.login{user = "editor", password = "demo", vault = "Finance"}
      print(session.request\(request).Authentication)
      """
    #expect(try run(code) == "secret(•••)\n")
  }

  @Test func aSecretIsNoSessionAndTheOtherWayRound() throws {
    let code = """
      local s <close> = session.open{user = "editor", password = "demo"}
      print(s == secret.of("x"), secret.of("x") == s, secret.of("x") == secret.of("x"))
      """
    #expect(try run(code) == "false\tfalse\ttrue\n")
  }

  @Test func aFileThatCannotBeReadSaysWhy() throws {
    let folder = try TemporaryFolder()
    let message = try run("print(pcall(secret.file, '\(folder.path)'))")
    #expect(message.hasSuffix("\(folder.path): Is a directory\n"))
  }
}
