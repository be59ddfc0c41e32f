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
