import Sandbox
import TestSupport
import Testing

/// Where passwords come from, and where they do not go.
struct PasswordTests {
  static let login = "session.login() print(session.info().AccountName)"
  static let welcome: Shell.Outcome = (.exited(0), "editor\n", "")

  @Test func theWaysToGiveOne() throws {
    let sandbox = try SandboxServer()
    var shell = try Shell(server: sandbox.url)
    shell.options += ["--user", "editor"]
    let code = ["-e", Self.login]
    #expect(try shell.run(["--password-stdin"] + code, input: "demo\nrest\n") == Self.welcome)
    #expect(try shell.run(["--password-command", "echo demo; echo more"] + code) == Self.welcome)
    let file = try shell.home.write("password", "demo\r\n")
    #expect(
      try shell.run("session.login{password=secret.file('\(file)')} print(session.info().AccountName)")
        == Self.welcome)
    shell.environment = ["MFILES_PASS": "demo"]
    #expect(try shell.run(code) == Self.welcome)
    shell.environment = ["MFILES_PASS_FILE": file]
    #expect(try shell.run(code) == Self.welcome)
    #expect(sandbox.stats.logins == 5 && sandbox.stats.liveSessions == 0)
  }

  @Test func theEnvironmentIsEnough() throws {
    let sandbox = try SandboxServer()
    var shell = try Shell()
    shell.environment = [
      "MFILES_URL": sandbox.url, "MFILES_USER": "editor", "MFILES_PASS": "demo", "MFILES_VAULT": "Finance",
    ]
    #expect(
      try shell.run("session.login() print(session.vault().Name, os.getenv('MFILES_PASS'))")
        == (.exited(0), "Finance\tnil\n", ""))
    // Nor do programs that a script starts get it.
    #expect(try shell.run("io.write(io.popen('env'):read('a'))").output.contains("MFILES_PASS=") == false)
  }

  @Test func passwordsStayWithTheirAddress() throws {
    let (home, other) = (try SandboxServer(), try LyingServer())
    var shell = try Shell()
    shell.environment = ["MFILES_URL": home.url, "MFILES_USER": "editor", "MFILES_PASS": "demo"]
    for code in ["session.login{url='\(other.url)'}", "session.open{url='\(other.url)', user='editor'}"] {
      let result = try shell.run(code)
      #expect(result.status == .exited(78) && result.error.contains("there is no terminal to ask"))
    }
    #expect(try shell.run(["--url", other.url, "-e", "session.login()"]).status == .exited(78))
    #expect(
      try shell.run([
        "--url", home.url, "--password-command", "echo demo", "-e", "session.login{url='\(other.url)'}",
      ]).status == .exited(78))
    #expect(other.names.isEmpty && home.stats.requests == 0)
    // The same origin by another path is the same server.
    #expect(try shell.run("session.login{url='\(home.url)/REST/'} session.logout()").status == .exited(0))
  }

  @Test func theSandboxInsideUsesNothingOfTheEnvironment() throws {
    let other = try LyingServer()
    var shell = try Shell()
    shell.environment = ["MFILES_URL": other.url, "MFILES_USER": "editor", "MFILES_PASS": "geheim"]
    let result = try shell.run([
      "--sandbox", "-e", "print(pcall(session.login)) print(os.getenv('MFILES_PASS'))",
    ])
    #expect(result.status == .exited(0) && result.output.contains("no user is known"))
    #expect(result.output.hasSuffix("\nnil\n") && other.names.isEmpty)
  }

  @Test(arguments: [
    ("none", 0o600, false, "none: No such file or directory"),
    ("open", 0o644, true, "open can be read by others: chmod 600"),
    ("empty", 0o600, true, "has no password in its first line"),
  ])
  func filesThatCannotBeUsed(name: String, mode: UInt32, exists: Bool, message: String) throws {
    let sandbox = try SandboxServer()
    var shell = try Shell(server: sandbox.url)
    if exists { try shell.home.write(name, name == "empty" ? "\nlater\n" : "demo\n", mode: mode) }
    shell.environment = ["MFILES_USER": "editor", "MFILES_PASS_FILE": shell.home.path(name)]
    let result = try shell.run("session.login()")
    #expect(result.status == .exited(78) && result.output == "")
    #expect(result.error.hasPrefix("mfsh: (command line):1: ") && result.error.contains(message))
    #expect(result.error.count { $0 == "\n" } == 1 && sandbox.stats.requests == 0)
  }

  @Test func commandsThatFail() throws {
    var shell = try Shell()
    shell.options = ["--user", "editor", "--url", "https://host.invalid"]
    let result = try shell.run(["--password-command", "exit 3", "-e", "session.login()"])
    #expect(result == (.exited(78), "", "mfsh: the program of --password-command failed: exit status 3\n"))
    let empty = try shell.run(["--password-stdin", "-e", "session.login()"])
    #expect(empty == (.exited(78), "", "mfsh: standard input has no password in its first line\n"))
  }

  @Test func plainHTTPBeyondThisMachineIsRefusedFirst() throws {
    var shell = try Shell(server: "http://192.0.2.1")
    shell.options += ["--user", "editor", "--password-command", "echo demo"]
    let result = try shell.run("print(select(2, pcall(session.login)).code) session.login()")
    #expect(result.status == .exited(78) && result.output == "client.insecure\n")
    #expect(result.error.contains("http://192.0.2.1 would get the password unencrypted: use https://"))
    // With the option it is tried: nothing answers there.
    #expect(
      try shell.run(["--allow-plaintext", "--connect-timeout", "0.2", "-e", "session.login()"]).status
        == .exited(69))
  }
}
