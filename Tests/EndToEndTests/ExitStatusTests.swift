import Glibc
import Sandbox
import TestSupport
import Testing

/// With which status the program ends, and the line on standard error.
struct ExitStatusTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let code: String
    let status: Int32
    let error: String
    var options: [String] = []
    var testDescription: String { code }
  }

  static let cases = [
    Case(code: "", status: 0, error: ""),
    Case(code: "os.exit()", status: 0, error: ""),
    Case(code: "os.exit(true)", status: 0, error: ""),
    Case(code: "os.exit(false)", status: 1, error: ""),
    Case(code: "os.exit(7)", status: 7, error: ""),
    Case(code: "os.exit(255, true)", status: 255, error: ""),
    Case(
      code: "error('stop', 0)", status: 1,
      error: "stop\nstack traceback:\n  [C]: in function 'error'\n  (command line):1: in main chunk\n"),
    Case(
      code: "error({reason = 'x', at = {5}, word = secret.of('kanarienvogel-0815')})", status: 1,
      error: """
        {at = {5}, reason = "x", word = secret(•••)}
        stack traceback:
          [C]: in function 'error'
          (command line):1: in main chunk

        """),
    Case(
      code: "error({code = 'denied.vault'})", status: 77,
      error: """
        {code = "denied.vault"}
        stack traceback:
          [C]: in function 'error'
          (command line):1: in main chunk

        """),
    Case(
      code: "error(setmetatable({}, {__tostring = function() return 'own words' end}))", status: 1,
      error:
        "own words\nstack traceback:\n  [C]: in function 'error'\n  (command line):1: in main chunk\n"),
    Case(code: "local x =", status: 1, error: "(command line):1: unexpected symbol near <eof>\n"),
    Case(
      code: "\n session.info()", status: 1,
      error: "(command line):2: nobody is logged in: log in first with session.login{user=\"name\"}\n"),
    Case(
      code: "session.login{usr='x'}", status: 1,
      error: "(command line):1: session.login does not take \"usr\": did you mean user?\n"),
    Case(
      code: "session.login{user='editor', password='wrong'}", status: 77,
      error: """
        (command line):1: the server refused the login of "editor": check user name, password and account

        """,
      options: ["--sandbox"]),
    Case(
      code: "session.login{user='editor', password='demo', vault='Human Resources'}", status: 77,
      error: """
        (command line):1: "editor" may log in but not enter the vault "Human Resources": \
        check its name; session.login{vault=""} enters none, and session.vaults() lists those it may enter

        """,
      options: ["--sandbox"]),
    Case(
      code: "session.login{url='https://host.invalid', user='u', password='p'}", status: 69,
      error: """
        (command line):1: the name host.invalid has no address: check the server's name and the network

        """),
    Case(
      code: "session.login{url='http://192.0.2.1', user='u', password='p'}", status: 78,
      error: """
        (command line):1: http://192.0.2.1 would get the password unencrypted: use https://, \
        or --allow-plaintext if you must

        """),
    Case(
      code: "secret.env('MFSH_NO_SUCH_VARIABLE')", status: 78,
      error: "(command line):1: the variable MFSH_NO_SUCH_VARIABLE is not set\n"),
    Case(
      code: "session.login{user='editor', password='demo'} session.request{method='PUT', path='/x'}",
      status: 77,
      error:
        "(command line):1: --read-only was given: only GET requests, logins, session.use and logouts are sent; "
        + "leave it out, or type \\unlock at the prompt\n",
      options: ["--sandbox", "--read-only"]),
  ]

  @Test(arguments: cases) func ends(_ example: Case) throws {
    let result = try Shell().run(example.options + ["-e", example.code])
    #expect(result.status == .exited(example.status))
    #expect(result.output == "")
    #expect(result.error == (example.error.isEmpty ? "" : "mfsh: " + example.error))
  }

  @Test func aPortThatNobodyListensOn() throws {
    try withDeadPort { port in
      let url = "http://127.0.0.1:\(port)"
      let result = try Shell(server: url).run("session.login{user='u', password='p'}")
      #expect(result.status == .exited(69) && result.output == "")
      #expect(
        result.error
          == "mfsh: (command line):1: nothing answers at \(url): check address, port and firewall\n")
    }
  }

  static let signals = [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)]

  /// Whoever started it sees the signal, and a shell calls that 128 and its number.
  @Test(arguments: signals) func signalsEndScripts(number: Int32, status: Int) throws {
    let process = try Shell().start(["-e", "print('on') io.stdout:flush() while true do end"])
    try process.expectPatiently("on\n")
    process.signal(number)
    #expect(try process.waitPatiently() == .signalled(number))
    #expect(process.errorText == "")
    let code = "io.popen('kill -\(number) $PPID'):close() while true do end"
    let told = try Shell().run(inScript: #""$0" "$@"; echo "status $?""#, ["-e", code])
    #expect(told.output == "status \(status)\n")
  }

  private enum ZShell: RealPart {
    static let needs = ["zsh"]
  }

  /// Ctrl-C in a loop of the shell ends the loop, not one round of it.
  @Test(arguments: ["bash", "sh"]) func ctrlCEndsALoopOfTheShell(name: String) throws {
    try Self.expectEndOfLoop(in: name)
  }

  @Test(.needs(ZShell.self)) func ctrlCEndsALoopOfZsh() throws {
    try Self.expectEndOfLoop(in: "zsh")
  }

  private static func expectEndOfLoop(in name: String) throws {
    let loop = "for i in 1 2 3; do echo round $i; \"$0\" -e \"$1\"; echo after $i; done; echo behind"
    let endless = "print('on') io.stdout:flush() while true do end"
    let terminal = try PseudoTerminal([name, "-c", loop, BuiltBinary.mfsh, endless])
    try terminal.show("round 1\non\n")
    terminal.send("\u{3}")
    let status = try terminal.waitForExit(within: Shell.patience)
    #expect(status == .signalled(SIGINT) || status == .exited(130), "\(name): \(status)")
    let seen = terminal.screenText
    #expect(["round 2", "after", "behind"].allSatisfy { !seen.contains($0) }, "\(name): \(seen)")
  }

  @Test func aReaderThatLeaves() throws {
    let result = try Shell().run(
      inScript: #"{ "$0" "$@"; echo "status $?" >&2; } | head -n 1"#,
      ["-e", "while true do print('line') end"])
    #expect(result == (.exited(0), "line\n", "status 141\n"))
  }

  @Test func onlyTheFirstFailureCounts() throws {
    let result = try Shell().run(["-e", "print(1)", "-e", "os.exit(9)", "-e", "print(3)"])
    #expect(result == (.exited(9), "1\n", ""))
  }
}
