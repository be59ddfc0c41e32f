import Testing

@testable import Shell

@Suite struct UsageErrorTests {
  private func complaint(_ arguments: [String]) throws -> String {
    let error = try #require(throws: UsageError.self) {
      try Invocation(ParsedCommandLine(parsing: arguments), fileExists: { $0.hasSuffix(".lua") })
    }
    return error.description
  }

  @Test(
    arguments: [
      (["--usr", "x"], "mfsh: unknown option --usr; did you mean --user?"),
      (["--verb"], "mfsh: unknown option --verb; did you mean --verbs?"),
      (["--pass"], "mfsh: unknown option --pass; did you mean --password-stdin?"),
      (["--frobnicate"], "mfsh: unknown option --frobnicate; mfsh --help lists them"),
      (["-vx"], "mfsh: unknown option -x; mfsh --help lists them"),
      (["--user"], "mfsh: --user needs a value: --user NAME"),
      (["-v", "-u"], "mfsh: --user needs a value: --user NAME"),
      (["-e"], "mfsh: -e needs a value: -e CODE"),
      (["--insecure=yes"], "mfsh: --insecure takes no value; leave out what follows the ="),
      (["sandbox", "--prot", "1"], "mfsh: unknown option --prot; did you mean --port?"),
      (["sandbox", "--user", "x"], "mfsh: unknown option --user; mfsh help sandbox lists them"),
      (
        ["--user", "x", "sandbox"],
        "mfsh: --user means nothing to mfsh sandbox; leave it out, or see mfsh help sandbox"
      ),
      (["sandbox", "now"], "mfsh: unexpected argument 'now'; see mfsh help sandbox"),
      (["help", "a", "b"], "mfsh: unexpected argument 'b'; see mfsh help help"),
      (
        ["mfiles.example.com"],
        "mfsh: no file is named 'mfiles.example.com'; check the path, or for a server write https://mfiles.example.com, "
          + "or --url https://mfiles.example.com"
      ),
      (
        ["mfiles.example.com/m-files"],
        "mfsh: no file is named 'mfiles.example.com/m-files'; check the path, or for a server write https://mfiles.example.com/m-files, "
          + "or --url https://mfiles.example.com/m-files"
      ),
      (
        ["none.sh"],
        "mfsh: no file is named 'none.sh'; check the path, or for a server write https://none.sh, "
          + "or --url https://none.sh"
      ),
      (
        ["localhost:8080"],
        "mfsh: no file is named 'localhost:8080'; check the path, or for a server write https://localhost:8080, "
          + "or --url https://localhost:8080"
      ),
      (
        ["jo:x1@mfiles.example.com"],
        "mfsh: an address must not hold a password, others can read it in the process list; "
          + "use --user with --password-stdin, --password-command or MFILES_PASS"
      ),
      (["sandbx"], "mfsh: no command and no file is named 'sandbx'; did you mean sandbox?"),
      (["https://h", "--usr"], "mfsh: unknown option --usr; did you mean --user?"),
      (["https://h", "https://i"], "mfsh: the server is named twice; give either --url or one address"),
      (
        ["https://h", "sandbox"],
        "mfsh: --url means nothing to mfsh sandbox; leave it out, or see mfsh help sandbox"
      ),
      (
        ["--resolve", "h:443", "a.lua"],
        "mfsh: --resolve needs host:port:address, not 'h:443'; for example --resolve mfiles.example.com:443:127.0.0.1"
      ),
      (
        ["--retry", "many"],
        "mfsh: --retry needs a whole number from 0 to 10, not 'many'; for example --retry 2"
      ),
      (
        ["--via", "tokn"],
        "mfsh: --via needs one of session, token, headers, not 'tokn'; for example --via token"
      ),
    ] as [([String], String)])
  func `a mistyped word is named with its remedy`(typed: [String], message: String) throws {
    #expect(try complaint(typed) == message)
  }

  @Test(
    arguments: [
      (["check"], "check needs a roster; for example mfsh check staff.csv"),
      (
        ["check", "merge"], "check merge needs the folders of runs; for example mfsh check merge run-1 run-2"
      ),
      (
        ["check", "record"],
        "check record needs a roster of accounts; for example mfsh check record accounts.csv"
      ),
      (["check", "mrege", "a"], "no roster is named 'mrege'; did you mean merge?"),
      (
        ["check", "staff.xlsx"],
        "the name of the roster 'staff.xlsx' must end in .csv, .tsv, .json, .ndjson or .lua; "
          + "rename it, or give it by standard input: mfsh check - --format csv"
      ),
      (
        ["check", "https://jo:hunter2@h"],
        "an address is no roster; give the server with --url, and further ones with --allow-server"
      ),
      (["check", "-", "-"], "standard input is named twice as a roster; leave one - out"),
      (
        ["check", "-", "--password-stdin"],
        "--password-stdin and a roster from standard input exclude each other; use --password-command or --secret"
      ),
      (
        ["check", "a.csv", "--format", "tsv"],
        "--format says how standard input is written; name - as the roster, or leave it out"
      ),
      (
        ["check", "-", "--format", "xls"],
        "--format needs one of csv, tsv, json, ndjson, lua, not 'xls'; for example --format csv"
      ),
      (["check", "a.csv", "--jbos", "2"], "unknown option --jbos; did you mean --jobs?"),
      (["check", "a.csv", "--user", "x"], "unknown option --user; mfsh help check lists them"),
      (
        ["--user", "x", "check", "a.csv"],
        "--user means nothing to mfsh check; leave it out, or see mfsh help check"
      ),
      (
        ["--max-time", "3", "check", "a.csv"],
        "--max-time means something else to mfsh check; write it behind the command, see mfsh help check"
      ),
      (
        ["check", "a.csv", "--jobs", "0"],
        "--jobs needs a whole number from 1 to 10000, not '0'; for example --jobs 16"
      ),
      (
        ["check", "a.csv", "--rate", "fast"],
        "--rate needs a number of rows in a second, not 'fast'; for example --rate 20/s"
      ),
      (
        ["check", "a.csv", "--shard", "3/2"],
        "--shard needs which part of how many, not '3/2'; for example --shard 2/8"
      ),
      (
        ["check", "a.csv", "-r", "junti:r.xml"],
        "--report needs FORMAT:PATH with one of ndjson, junit, tap, html, not 'junti:r.xml'; "
          + "for example --report junit:r.xml"
      ),
      (
        ["check", "a.csv", "-r", "r.xml"],
        "--report needs FORMAT:PATH with one of ndjson, junit, tap, html, not 'r.xml'; "
          + "for example --report junit:r.xml"
      ),
      (
        ["check", "a.csv", "-r", "/tmp/a:b"],
        "--report needs FORMAT:PATH with one of ndjson, junit, tap, html, not '/tmp/a:b'; "
          + "for example --report junit:/tmp/a:b"
      ),
      (["check", "a.csv", "./a.csv"], "the roster ./a.csv is named twice; leave one out"),
      (
        ["check", "a.csv", "-r", "tap"],
        "--report needs a path behind the format, not 'tap'; for example --report tap:report.tap"
      ),
      (
        ["check", "a.csv", "-r", "tap:-"],
        "--report writes files, and standard output is for people; name a file, such as report.tap"
      ),
      (
        ["check", "a.csv", "-r", "tap:x", "-r", "junit:x"],
        "two reports would be written to x; give each its own file"
      ),
      (
        ["check", "a.csv", "--from", "run"],
        "--from means nothing without --only; add --only failed or --only inconclusive"
      ),
      (["check", "a.csv", "--only", "failed"], "--only needs the run that it is about; add --from RUN"),
      (
        ["check", "a.csv", "--resume"],
        "--resume needs the folder of the run to go on with; add --run-dir FOLDER"
      ),
      (
        ["check", "a.csv", "--secret", "s=env:A", "--secret", "s=prompt"],
        "--secret s is given twice; leave one out"
      ),
      (
        ["check", "record", "a.csv", "--waivers", "w"],
        "--waivers means nothing to mfsh check record; leave it out, or see mfsh help check"
      ),
      (
        ["check", "merge", "a", "--jobs", "2"],
        "--jobs means nothing to mfsh check merge; leave it out, or see mfsh help check"
      ),
      (
        ["check", "a.csv", "--sandbox", "--url", "https://h"],
        "--sandbox and a server's address exclude each other; leave one out"
      ),
    ] as [([String], String)])
  func `a check that cannot be meant is named with its remedy`(typed: [String], message: String) throws {
    #expect(try complaint(typed) == "mfsh: " + message)
  }

  @Test(arguments: [
    "staff", "staff=", "=env:X", "staff=hunter2", "staff=env:", "staff=evn:X", "a b=env:X", "staff=prompt:x",
  ])
  func `a secret without its source is refused and not repeated`(typed: String) throws {
    let message = try complaint(["check", "a.csv", "--secret", typed])
    #expect(
      message.hasPrefix(
        "mfsh: --secret needs NAME=env:VARIABLE, NAME=file:PATH, NAME=command:COMMAND or NAME=prompt; for example"
      ))
    #expect(!message.contains("hunter2"))
  }

  @Test(arguments: [["--allow-server", "https://jo:hunter2@h"], ["--allow-server", "hunter2"]])
  func `a further server is an address without a password`(typed: [String]) throws {
    let message = try complaint(["check", "a.csv"] + typed)
    #expect(message.hasPrefix("mfsh: --allow-server ") && !message.contains("hunter2"))
  }

  @Test(arguments: ["abc", "", "0", "-1", "nan", "inf", "1e999", "5s"])
  func `a time must be a positive number`(typed: String) throws {
    #expect(
      try complaint(["--max-time", typed])
        == "mfsh: --max-time needs a number of seconds above 0, not '\(typed)'; for example --max-time 30")
  }

  @Test func `numbers and choices have ranges`() throws {
    #expect(
      try complaint(["sandbox", "--port", "65536"])
        == "mfsh: --port needs a whole number from 0 to 65535, not '65536'; for example --port 8080")
    #expect(
      try complaint(["sandbox", "--nodes", "0"])
        == "mfsh: --nodes needs a whole number from 1 to 16, not '0'; for example --nodes 2")
    #expect(
      try complaint(["--color", "alway"])
        == "mfsh: --color needs one of auto, always, never, not 'alway'; for example --color always")
  }

  @Test(arguments: [
    ["--url", "https://h", "https://h"], ["--sandbox", "https://h"], ["--sandbox", "--url", "https://h"],
    ["--password-stdin", "-"], ["--password-stdin"], ["--password-stdin", "-i", "a.lua"],
    ["--password-stdin", "--password-command", "x", "a.lua"], ["ftp://h"], ["https://"], ["https://h:x"],
    ["sandbox", "--host", "0.0.0.0"], ["https://h", "--url", "https://i"], ["-u", "jo:x"],
  ])
  func `what excludes each other is refused`(typed: [String]) throws {
    let message = try complaint(typed)
    #expect(message.hasPrefix("mfsh: "))
    #expect(message.contains(";"), "no remedy: \(message)")
  }

  @Test(arguments: [
    ["https://u:hunter2@h"], ["--url", "https://u:hunter2@h"], ["--url=http://:hunter2@h/x"],
    ["--proxy", "http://u:hunter2@p"], ["--proxy", "u:hunter2@p"],
    ["-u", "jo:hunter2"], ["-ujo:hunter2"], ["--user=jo:hunter2", "https://h"],
    ["https://h", "-u", "jo:hunter2"],
    ["--proxy-user", "jo:hunter2"], ["https://u:hunter2/x@h"],
    ["https://h", "--pass=hunter2"], ["https://h", "-phunter2"], ["--password=hunter2"], ["-phunter2"],
  ])
  func `a password on the command line is refused and not repeated`(typed: [String]) throws {
    #expect(!(try complaint(typed).contains("hunter2")))
  }
}
