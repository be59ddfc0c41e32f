import TestSupport
import Testing

/// The completion of bash, zsh and fish, in these shells on a terminal, from what `mfsh completion` prints.
@Suite(.needs(InteractiveShell.self), .timeLimit(.minutes(30))) struct ShellCompletionTests {
  static let lines = [
    ("--vi", "<--via>"), ("--via tok", "<--via><token>"), ("wh", "<whoami>"), ("sandb", "<sandbox>"),
    ("whoami --outp", "<whoami><--output>"), ("whoami -o cs", "<whoami><-o><csv>"),
    ("-u jo whoami --dom", "<-u><jo><whoami><--domain>"), ("api -X DEL", "<api><-X><DELETE>"),
    ("help session.us", "<help><session.use"), ("help denied.v", "<help><denied.vault>"),
    ("completion z", "<completion><zsh>"), ("rep", "<report.lua>"), ("--cacert ca", "<--cacert><ca.pem>"),
    ("https://host --vau", "<https://host><--vault>"), ("https://host doct", "<https://host><doctor>"),
    ("sandbox --mode log", "<sandbox><--mode><login-page>"),
    ("sandbox --verbs plain", "<sandbox><--verbs><plain-only>"),
    ("check merg", "<check><merge>"), ("check rep", "<check><report.lua>"),
    ("check --sha", "<check><--shard>"), ("check record --jo", "<check><record><--jobs>"),
    ("check record rep", "<check><record><report.lua>"), ("check merge ru", "<check><merge><runs"),
    ("check merge runs --rep", "<check><merge><runs><--report>"),
    ("check merge --run-dir ru", "<check><merge><--run-dir><runs"),
    ("check merge --sha", "<check><merge><--sha>"), ("check record --sha", "<check><record><--sha>"),
    ("check --shard 1/2 --wai", "<check><--shard><1/2><--waivers>"),
    ("check a.csv --only inc", "<check><a.csv><--only><inconclusive>"),
    ("--verbs pl", "<--verbs><plain>"), ("--via=tok", "<--via=token>"),
    ("report.lua ca", "<report.lua><ca.pem>"),
    ("-e 'print(1)' rep", "<-e><print(1)><report.lua>"), ("--profile pro", "<--profile><prod>"),
  ]

  @Test(arguments: ["bash", "zsh", "fish"]) func wordsAreCompleted(shell: String) async throws {
    try await aside {
      let interactive = try InteractiveShell(shell)
      try Self.addProfile(to: interactive.home)
      for (line, arguments) in Self.lines {
        let completed = try interactive.completed(line)
        #expect(completed.hasPrefix(arguments), "\(shell): \(line) became \(completed)")
      }
    }
  }

  static func addProfile(to home: TemporaryFolder) throws {
    let made = try ChildProcess.run(["mkdir", "-p", "-m", "700", home.path(".config/mfsh")])
    try #require(made.status == .exited(0))
    try home.write(".config/mfsh/profiles.lua", "return {prod = {url = 'https://h'}}")
  }

  @Test(arguments: ["zsh", "fish"]) func theListTellsWhatOptionsMean(shell: String) async throws {
    try await aside {
      let list = try InteractiveShell(shell).listed("--pro", until: "reach the server through this proxy")
      #expect(list.contains("--profile") && list.contains("use the settings of this name in profiles.lua"))
    }
  }

  @Test(arguments: [
    ("check report.lua ca", "<check><report.lua><ca.pem>"),
    ("check report.lua merg", "<check><report.lua><merg>"),
    ("check -r ht", "<check><-r><html:"), ("check -r junit:ca", "<check><-r><junit:ca.pem>"),
  ])
  func bashOffersWhatMayFollow(line: String, arguments: String) async throws {
    try await aside {
      let completed = try InteractiveShell("bash").completed(line)
      #expect(completed.hasPrefix(arguments), "\(line) became \(completed)")
    }
  }

  @Test(arguments: [("bash", "report.lua"), ("zsh", "report.lua"), ("fish", "record")])
  func aRosterMayBeMeantAsWell(shell: String, last: String) async throws {
    try await aside {
      let list = try InteractiveShell(shell).listed("check ", until: last)
      #expect(["merge", "record", "ca.pem"].allSatisfy { list.contains($0) })
      #expect(shell == "fish" || list.contains("report.lua"))
    }
  }

  /// readline takes a word for the folder of that name.
  @Test func aWordIsNoFolder() async throws {
    try await aside {
      let bash = try InteractiveShell("bash")
      let folders = ["check", "doctors"].map(bash.home.path)
      try #require(try ChildProcess.run(["mkdir"] + folders).status == .exited(0))
      try bash.home.write("merge me.csv", "")
      #expect(try bash.completed("che").hasPrefix("<check>"))
      let list = try bash.listed("doctor", until: "doctors/")
      #expect(list.contains("doctor "))
      bash.clearLine()
      #expect(try bash.listed("check merge", until: "merge\\ me.csv").contains("merge  "))
    }
  }

  /// Only the first word that is no option and no value of one is a word of `check`.
  @Test(arguments: [
    ("check --run-dir merge --wai", "<check><--run-dir><merge><--waivers>"),
    ("check report.lua record --wai", "<check><report.lua><record><--waivers>"),
    ("check -rmerge --wai", "<check><-rmerge><--waivers>"),
    ("check --run-dir=merge --wai", "<check><--run-dir=merge><--waivers>"),
    ("check -vr merge --wai", "<check><-vr><merge><--waivers>"),
    ("check --run-dir x merge --sha", "<check><--run-dir><x><merge><--sha>"),
    ("check -- merge ru", "<check><--><merge><runs"),
  ])
  func onlyTheFirstWordLeadsOn(line: String, arguments: String) async throws {
    try await aside {
      for shell in ["bash", "zsh"] {
        let completed = try InteractiveShell(shell).completed(line)
        #expect(completed.hasPrefix(arguments), "\(shell): \(line) became \(completed)")
      }
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func aScriptMayBeMeantAsWell(shell: String) async throws {
    try await aside {
      let interactive = try InteractiveShell(shell)
      try interactive.home.write("doctored.lua", "")
      let list = try interactive.listed("doctor", until: "doctored.lua")
      #expect(list.contains("doctor "))
    }
  }

  @Test func bashListsTheValues() async throws {
    try await aside {
      let list = try InteractiveShell("bash").listed("--via ", until: "token")
      #expect(list.contains("headers") && list.contains("session"))
    }
  }

  @Test(arguments: [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])])
  func theScriptsAreWellFormed(name: String, check: [String]) throws {
    let shell = try Shell()
    let script = try shell.run(["completion", name]).output
    let file = try shell.home.write("script", script)
    #expect(try ChildProcess.run([name] + check + [file]) == (.exited(0), "", ""))
  }
}
