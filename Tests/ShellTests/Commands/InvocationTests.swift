import Sandbox
import Testing

@testable import Shell

@Suite struct InvocationTests {
  private func read(_ arguments: [String]) throws -> Invocation {
    try Invocation(ParsedCommandLine(parsing: arguments), fileExists: { $0.hasSuffix(".lua") })
  }

  private func settings(_ change: (inout Settings) -> Void) -> Settings {
    var settings = Settings()
    change(&settings)
    return settings
  }

  @Test(
    arguments: [
      ([], .prompt, []),
      (["a.lua"], .script(path: "a.lua"), []),
      (["a.lua", "-v", "--", "x"], .script(path: "a.lua"), ["-v", "--", "x"]),
      (["-v", "a.lua", "--help"], .script(path: "a.lua"), ["--help"]),
      (["--", "-v"], .script(path: "-v"), []),
      (["--", "sandbox"], .script(path: "sandbox"), []),
      (["./sandbox"], .script(path: "./sandbox"), []),
      (["some/where"], .script(path: "some/where"), []),
      (["-", "x"], .standardInput, ["x"]),
      (["-e", "a", "-e", "b", "x", "-v"], .code(["a", "b"]), ["x", "-v"]),
      (["-ea"], .code(["a"]), []),
      (["-e", "a", "sandbox"], .code(["a"]), ["sandbox"]),
      (["-e", "a", "https://h"], .code(["a"]), ["https://h"]),
      (["help"], .help(topic: nil), []),
      (["help", "session.login"], .help(topic: "session.login"), []),
      (["-h"], .help(topic: nil), []),
      (["sandbox", "--help"], .help(topic: "sandbox"), []),
      (["--version"], .version, []),
      (["-h", "--version"], .version, []),
    ] as [([String], Invocation.Action, [String])])
  func `words choose the action`(typed: [String], action: Invocation.Action, arguments: [String]) throws {
    let invocation = try read(typed)
    #expect(invocation.action == action)
    #expect(invocation.arguments == arguments)
  }

  @Test func `options set what they name`() throws {
    let invocation = try read([
      "--url=https://h:8443/m", "-u", "editor", "--domain", "D", "--vault", "Sample Vault", "--max-time",
      "2.5",
      "--connect-timeout=3", "--cacert", "ca", "--cert", "c", "--key", "k", "--proxy", "http://p:3128",
      "--insecure", "--allow-plaintext", "--read-only", "--har", "h", "--color", "never", "-vi",
      "--password-command", "pass show x", "a.lua",
    ])
    #expect(
      invocation.settings
        == settings {
          $0.url = "https://h:8443/m"
          ($0.user, $0.domain, $0.vault) = ("editor", "D", "Sample Vault")
          ($0.maxTime, $0.connectTimeout) = (2.5, 3)
          ($0.caFile, $0.certificateFile, $0.keyFile) = ("ca", "c", "k")
          $0.proxy = "http://p:3128"
          ($0.insecure, $0.allowsPlaintext, $0.readOnly) = (true, true, true)
          ($0.harFile, $0.color) = ("h", .never)
          ($0.verbose, $0.staysAtPrompt) = (true, true)
          $0.password = .command("pass show x")
        })
  }

  @Test func `an address is the server`() throws {
    let prompt = try read(["-ueditor", "https://mfiles.example.com/M-Files"])
    #expect(prompt.action == .prompt)
    #expect(prompt.settings.url == "https://mfiles.example.com/M-Files")
    #expect(prompt.settings.user == "editor")
    let script = try read(["HTTP://[::1]:80", "a.lua", "-x"])
    #expect(script.action == .script(path: "a.lua"))
    #expect(script.arguments == ["-x"])
  }

  @Test func `a password may come from standard input for scripts and code`() throws {
    #expect(try read(["--password-stdin", "a.lua"]).settings.password == .standardInput)
    #expect(try read(["--password-stdin", "-e", "x"]).settings.password == .standardInput)
  }

  @Test func `sandbox takes its options anywhere`() throws {
    let invocation = try read([
      "-v", "sandbox", "--port", "0", "--verbs=post-only", "--nodes=3", "--seed", "s", "--color=never",
    ])
    var options = SandboxOptions()
    (options.port, options.verbs, options.nodes, options.seedFile) = (0, .postOnly, 3, "s")
    #expect(invocation.action == .sandbox(options))
    #expect(invocation.settings.verbose)
    #expect(invocation.settings.color == .never)
  }
}
