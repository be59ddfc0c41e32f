import TestSupport
import Testing

/// Command lines and scripts that cannot be followed: one line, a remedy, the right status.
struct UsageTests {
  static let commandLines: [(arguments: [String], message: String, status: Int32)] = [
    (["--urk"], "unknown option --urk; did you mean --url?", 64),
    (["--sandbx"], "unknown option --sandbx; did you mean --sandbox?", 64),
    (["-Z"], "unknown option -Z; mfsh --help lists them", 64),
    (["-e"], "-e needs a value: -e CODE", 64),
    (["--max-time", "soon", "-e", ""], "--max-time needs", 64),
    (["--url", "non sense", "-e", ""], badURL, 64),
    (["--url", "https://", "-e", ""], badURL, 64),
    (["ftp://host"], badURL, 64),
    (["https://host:port"], badURL, 64),
    (
      ["https://u:geheim@host"],
      "an address must not hold a password, others can read it in the process list; "
        + "use --user with --password-stdin, --password-command or MFILES_PASS", 64
    ),
    (
      ["--sandbox", "https://host"],
      "--sandbox and a server's address exclude each other; leave one out", 64
    ),
    (["sandbx"], "no command and no file is named 'sandbx'; did you mean sandbox?", 64),
    (["sandbox", "--nods", "2"], "unknown option --nods; did you mean --nodes?", 64),
    (["sandbox", "--port", "70000"], "--port needs", 64),
    (["sandbox", "now"], "unexpected argument 'now'; see mfsh help sandbox", 64),
    (
      ["sandbox", "--host", "0.0.0.0"],
      "the sandbox's own accounts are known to everybody; with --host other than loopback give --seed FILE",
      64
    ),
    (
      ["help", "nonsense"],
      "no help on 'nonsense'; there is help on api, check, commands, completion, doctor", 64
    ),
    (["help", "sesion"], "no help on 'sesion'; did you mean session?", 64),
    (["completion"], "completion needs a shell; it is for bash, zsh, fish: mfsh completion bash", 64),
    (
      ["completion", "fihs"],
      "completion does not know 'fihs'; it is for bash, zsh, fish: mfsh completion fish", 64
    ),
    (["whoami", "--man"], "unknown option --man; mfsh help whoami lists them", 64),
    (
      ["mfiles.example"],
      "no file is named 'mfiles.example'; check the path, or for a server write https://mfiles.example, "
        + "or --url https://mfiles.example", 64
    ),
    (
      ["mfiles"],
      "no command and no file is named 'mfiles'; mfsh --help lists the commands, and a server is written https://mfiles",
      64
    ),
    (["login"], "no command and no file is named 'login'; mfsh -u NAME https://HOST logs in", 64),
    (["ls"], "no command and no file is named 'ls'; mfsh vaults lists the vaults an account may enter", 64),
    (["info", "-u", "jo"], "no command and no file is named 'info'; mfsh whoami tells who is logged in", 64),
    (["session.login{password='geheim'}"], "no such file; Lua code is given with -e: mfsh -e CODE", 64),
    (
      ["whoami", "editor"],
      "unexpected argument 'editor'; an account is written -u editor, a server https://editor, see mfsh help whoami",
      64
    ),
    (
      ["api", "get", "/session"],
      "unexpected argument '/session'; the method is an option: mfsh api -X GET /session", 64
    ),
    (["sandbox", "8080"], "unexpected argument '8080'; write --port 8080, see mfsh help sandbox", 64),
    (["help", "login"], "no help on 'login'; did you mean session.login?", 64),
    (["none.lua"], "cannot read none.lua: No such file or directory; check the path", 64),
    (["--", "login"], "cannot read login: No such file or directory; check the path", 64),
    (["/"], "cannot read /: Is a directory; check the path", 64),
    (["--password-stdin", "-"], "exclude each other; use --password-command", 64),
    (["--password-stdin"], "--password-stdin leaves no input for the prompt", 64),
  ]
  static let badURL = "the server's address is not a URL; write it like https://mfiles.example.com"

  @Test(arguments: commandLines)
  func commandLine(arguments: [String], message: String, status: Int32) throws {
    let result = try Shell().run(arguments)
    #expect(result.status == .exited(status) && result.output == "")
    #expect(result.error.hasPrefix("mfsh: ") && result.error.contains(message))
    #expect(result.error.count { $0 == "\n" } == 1 && result.error.hasSuffix("\n"))
    #expect(!result.error.contains("geheim"))
  }

  static let calls: [(code: String, message: String)] = [
    ("session.login{usr='x'}", #"session.login does not take "usr": did you mean user?"#),
    ("session.open{pasword='x'}", #"session.open does not take "pasword": did you mean password?"#),
    ("session.login{user=1}", "session.login: user must be a string, not a"),
    ("session.login(1)", "session.login"),
    (
      "session.login{user='u', password='p', via='magic'}",
      #"via is "session", "token" or "headers", not "magic""#
    ),
    ("session.login{user='u', password='p', url='a b'}", "the address has no host that can be used"),
    ("session.login{user='u', password='p', url='ftp://h'}", "begins with https:// or http://, not ftp://"),
    ("session.login{user='u', password='p', url='https://u:geheim@h'}", "must not hold a user or password"),
    ("session.login{user='u', password='p', url='h:99999'}", "the port in the address must be a number"),
    ("session.login{user='u', password='p', expires='soon'}", "expires must be a moment to come"),
    ("session.login{user='u', password='p', expires=-1}", "expires must be"),
    ("session.request{path='/session', methd='GET'}", "nobody is logged in"),
    ("tasks.map({1}, print, {job=2})", #"tasks.map does not take "job": did you mean jobs?"#),
    ("tasks.map({1})", "tasks.map: argument 2 must be a function"),
    ("tasks.sleep(-1)", "tasks.sleep: seconds must be 0 or more"),
    ("mfsh.sandbox{nodse=2}", #"mfsh.sandbox does not take "nodse": did you mean nodes?"#),
    ("json.decode('[1,]')", "invalid JSON at line 1, column 4: a value expected"),
    ("secret.file('none')", "none: No such file or directory"),
    ("secret.command{'/nonexistent/program'}", "cannot be run: No such file or directory"),
    ("secret.command{'false'}", "false failed: exit status 1"),
    ("server.status()", "server.status: no server is known: give url=\"https://host\""),
    (
      "session.login{'jo'}",
      "session.login: an argument has no name: write session.login{user=, password=, …}"
    ),
    (
      "session.login{user={[true]=1}}",
      ": an argument table has a key that is no name: write {name = value}\n"
    ),
    (
      "t = {} t.user = t session.login(t)",
      ": a table argument is nested too deep, or contains itself\n"
    ),
    ("session:login{user='jo'}", "session.login is called with a dot: session.login{…}"),
    ("help('sesion')", "no help on 'sesion'; did you mean session?"),
  ]

  @Test(arguments: calls) func call(code: String, message: String) throws {
    var shell = try Shell()
    shell.environment["MFILES_URL"] = code.hasPrefix("server") ? "" : "http://127.0.0.1:1"
    let result = try shell.run("print(pcall(function()\n\(code) end))")
    #expect(result.status == .exited(0) && result.error == "")
    #expect(result.output.hasPrefix("false\t(command line):2: ") && result.output.contains(message))
    #expect(result.output.count { $0 == "\n" } == 1)
    #expect(!result.output.contains("geheim"))
  }

  @Test func syntaxErrorsNameTheLine() throws {
    let shell = try Shell()
    try shell.home.write("bad.lua", "#!/usr/bin/env mfsh\nlocal x = 1\nlocal y = = 2\n")
    let result = try shell.run(["bad.lua"])
    #expect(result == (.exited(1), "", "mfsh: bad.lua:3: unexpected symbol near '='\n"))
    try shell.home.write("binary.lua", "\u{1B}Lua junk")
    let binary = try shell.run(["binary.lua"])
    #expect(binary == (.exited(1), "", "mfsh: binary.lua: compiled Lua is not run; give its source\n"))
  }

  @Test func memoryHasALimit() throws {
    let result = try Shell().run(
      "local t, x = {}, ('x'):rep(1 << 20) while true do t[#t + 1] = x:rep(1 << 8) end")
    #expect(
      result.status == .exited(1) && result.error.hasPrefix("mfsh: ") && result.error.contains("memory"))
  }
}
