import Check
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
      (["--", "login", "x"], .script(path: "login"), ["x"]),
      (["--", "sandbx"], .script(path: "sandbx"), []),
      (["--", "host.example.com"], .script(path: "host.example.com"), []),
      (["--url", "https://h", "--", "f(1)"], .script(path: "f(1)"), []),
      (["./sandbox"], .script(path: "./sandbox"), []),
      (["some/where"], .script(path: "some/where"), []),
      (["../a.b.c"], .script(path: "../a.b.c"), []),
      (["-", "x"], .standardInput, ["x"]),
      (["-e", "a", "-e", "b", "x", "-v"], .code(["a", "b"]), ["x", "-v"]),
      (["-ea"], .code(["a"]), []),
      (["-e", "a", "sandbox"], .code(["a"]), ["sandbox"]),
      (["-e", "a", "https://h"], .code(["a"]), ["https://h"]),
      (["help"], .help(topic: nil), []),
      (["help", "session.login"], .help(topic: "session.login"), []),
      (["help", "--man"], .manualPage, []),
      (["completion", "zsh"], .completion(.zsh), []),
      (["completion", "profiles"], .profileNames, []),
      (["completion", "--help"], .help(topic: "completion"), []),
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
          $0.connection[text: .user] = "editor"
          $0.connection[text: .domain] = "D"
          $0.connection[text: .vault] = "Sample Vault"
          $0.connection[.maxTime] = .number(2.5)
          $0.connection[.connectTimeout] = .number(3)
          $0.connection[text: .cacert] = "ca"
          $0.connection[text: .cert] = "c"
          $0.connection[text: .key] = "k"
          $0.connection[text: .proxy] = "http://p:3128"
          $0.connection[flag: .insecure] = true
          $0.connection[flag: .allowPlaintext] = true
          $0.readOnly = true
          ($0.harFile, $0.color) = ("h", .never)
          ($0.verbose, $0.staysAtPrompt) = (true, true)
          $0.password = .command("pass show x")
        })
  }

  @Test func `an address is the server`() throws {
    let prompt = try read(["-ueditor", "https://mfiles.example.com/M-Files"])
    #expect(prompt.action == .prompt)
    #expect(prompt.settings.url == "https://mfiles.example.com/M-Files")
    #expect(prompt.settings.connection[text: .user] == "editor")
    let script = try read(["HTTP://[::1]:80", "a.lua", "-x"])
    #expect(script.action == .script(path: "a.lua"))
    #expect(script.arguments == ["-x"])
  }

  @Test func `options may follow the address`() throws {
    let prompt = try read(["https://h", "-u", "jo", "-k"])
    #expect(prompt.action == .prompt && prompt.settings.url == "https://h")
    #expect(prompt.settings.connection[text: .user] == "jo")
    #expect(prompt.settings.connection[flag: .insecure] == true)
    let code = try read(["-v", "https://h", "--vault", "V", "-e", "x", "y", "-i"])
    #expect(code.action == .code(["x"]) && code.arguments == ["y", "-i"] && code.settings.verbose)
    #expect(try read(["https://h", "-u", "jo", "a.lua", "-u"]).arguments == ["-u"])
  }

  @Test func `the network's options are curl's`() throws {
    let settings = try read([
      "--tlsv1.3", "--http1.1", "--retry", "3", "--proxy-user", "jo", "--noproxy", "a,b", "--capath", "/ca",
      "--resolve", "h:443:127.0.0.1", "--resolve", "h:80:[::1]", "--no-reconnect", "-k",
    ]).settings.connection
    #expect(settings[text: .tlsMinimum] == "1.3" && settings[text: .httpVersion] == "1.1")
    #expect(settings[.retries] == .number(3) && settings[text: .proxyUser] == "jo")
    #expect(settings[text: .noProxy] == "a,b" && settings[text: .capath] == "/ca")
    #expect(settings[.resolve] == .list(["h:443:127.0.0.1", "h:80:[::1]"]))
    #expect(settings[flag: .reconnect] == false && settings[flag: .insecure] == true)
  }

  @Test func `the ways in are options`() throws {
    let settings = try read(["--via=headers", "--sso", "--oauth", "--auth-config", "P", "--profile", "prod"])
      .settings
    #expect(settings.connection[text: .via] == "headers" && settings.connection[flag: .sso] == true)
    #expect(settings.connection[flag: .oauth] == true && settings.connection[text: .authConfig] == "P")
    #expect(settings.profile == "prod")
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

  private func check(_ typed: [String]) throws -> CheckTask {
    guard case .check(let task) = try read(typed).action else {
      throw UsageError("no check")
    }
    return task
  }

  @Test func `check takes rosters and its options anywhere`() throws {
    let task = try check([
      "--url", "https://h", "check", "--jobs", "16", "a.csv", "-r", "junit:r.xml", "dir/b.NDJSON", "-",
      "--format",
      "tsv", "--secret", "staff=env:STAFF", "--secret=hr=command:helper --all", "--rate", "20/s", "--shard",
      "2/8",
      "--max-time", "90", "--via", "session", "-rtap:a:b.tap", "--tag", "x", "--tag", "y", "--abort-refused",
      "0",
    ])
    #expect(task.kind == .check && task.inputs == ["a.csv", "dir/b.NDJSON", "-"])
    var expected = CheckArguments()
    (expected.jobs, expected.format, expected.rate, expected.maxTime) = (16, .tsv, 20, 90)
    expected.reports = [try ReportRequest("junit:r.xml"), try ReportRequest("tap:a:b.tap")]
    expected.secrets = [
      SecretAlias(name: "staff", source: .variable("STAFF")),
      SecretAlias(name: "hr", source: .helper(["/bin/sh", "-c", "helper --all"])),
    ]
    (expected.shard, expected.via, expected.tags) = (RunRecord.Shard("2/8"), .session, ["x", "y"])
    expected.abortRefused = 0
    #expect(task.arguments == expected)
  }

  @Test func `merge and record are words of check, and files by these names have a folder in front`() throws {
    let merge = try check(["check", "merge", "run-1", "-r", "html:r.html", "run-2"])
    #expect(merge.kind == .merge && merge.inputs == ["run-1", "run-2"] && merge.arguments.reports.count == 1)
    let record = try check(["check", "record", "--jobs", "2", "accounts.json"])
    #expect(record.kind == .record && record.inputs == ["accounts.json"] && record.arguments.jobs == 2)
    #expect(try check(["check", "./merge.csv"]).inputs == ["./merge.csv"])
    #expect(try check(["check", "--", "-.csv"]).inputs == ["-.csv"])
  }
}
