import Sandbox
import TestSupport
import Testing

/// Standard streams that are closed, full or no terminal.
struct StreamTests {
  @Test func aClosedStandardOutput() throws {
    let sandbox = try SandboxServer()
    let result = try Shell(server: sandbox.url).run(
      inScript: #""$0" "$@" >&-"#,
      ["-e", "session.login{user='editor', password='demo'} print(session.info().AccountName)"])
    #expect(
      result
        == (
          .exited(1), "",
          "mfsh: cannot write to standard output: Bad file descriptor; check where it is redirected to\n"
        ))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test func aFullDisk() throws {
    let sandbox = try SandboxServer()
    let result = try Shell(server: sandbox.url).run(
      inScript: #""$0" "$@" >/dev/full"#,
      ["-e", "session.login{user='editor', password='demo'} print(('x'):rep(100000))"])
    #expect(result.status == .exited(1) && result.output == "")
    #expect(result.error.hasPrefix("mfsh: cannot write to standard output: "))
    #expect(result.error.count { $0 == "\n" } == 1)
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test(arguments: ["--help", "--version"]) func nobodyReadsTheHelp(option: String) throws {
    let result = try Shell().run(inScript: #""$0" "$@" >/dev/full"#, [option])
    #expect(result.status == .exited(1))
    #expect(
      result.error
        == "mfsh: cannot write to standard output: No space left on device; check where it is redirected to\n"
    )
  }

  @Test func aClosedStandardInput() throws {
    let shell = try Shell()
    let code = ["-e", "print(io.read())"]
    #expect(try shell.run(inScript: #""$0" "$@" <&-"#, code) == (.exited(0), "nil\n", ""))
    #expect(try shell.run(inScript: #""$0" "$@" <&-"#, []) == (.exited(0), "", ""))
    #expect(try shell.run(inScript: #""$0" "$@" <&- >&- 2>&-"#, code).status == .exited(1))
  }

  @Test func aClosedStandardErrorGetsNoConnection() throws {
    let sandbox = try SandboxServer()
    let result = try Shell(server: sandbox.url).run(
      inScript: #""$0" "$@" 2>&-"#,
      ["-e", "session.login{user='editor', password='demo'} error('lost', 0)"])
    #expect(result == (.exited(1), "", ""))
    #expect(sandbox.stats.logins == 1 && sandbox.stats.liveSessions == 0)
  }

  @Test func noTerminalForAPassword() throws {
    let sandbox = try SandboxServer()
    let result = try Shell(server: sandbox.url).run("session.login{user='editor'}")
    #expect(
      result
        == (
          .exited(78), "",
          "mfsh: (command line):1: there is no terminal to ask for the password on: "
            + "use --password-stdin, --password-command or MFILES_PASS\n"
        ))
    #expect(sandbox.stats.requests == 0)
  }

  @Test func scriptsComeFromStandardInput() throws {
    let shell = try Shell()
    let script = "print('in', arg[0], arg[1], ...)"
    #expect(try shell.run(["-", "a", "b"], input: script) == (.exited(0), "in\t-\ta\ta\tb\n", ""))
    #expect(try shell.run([], input: script) == (.exited(0), "in\t-\tnil\n", ""))
    #expect(try shell.run([], input: "print(\n").error == "mfsh: stdin:2: unexpected symbol near <eof>\n")
  }
}
