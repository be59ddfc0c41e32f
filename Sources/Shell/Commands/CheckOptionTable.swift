import Check

/// The options of `mfsh check`.
extension CommandSpec {
  static let check = CommandSpec(
    name: "check", usage: "check [options] ROSTER...", help: "check in batch that accounts are as ordered",
    options: OptionSpec.check, maximumWords: .max, inputs: .files,
    subcommands: [
      Subcommand(
        word: "merge", help: "put the runs of all shards together", options: options(of: .merge),
        inputs: .folders),
      Subcommand(
        word: "record", help: "write down what is found, to be reviewed", options: options(of: .record),
        inputs: .files),
    ], notes: checkNotes)

  private static func options(of kind: CheckTask.Kind) -> [OptionSpec] {
    OptionSpec.check.filter { kind.takes($0.name) }
  }

  private static let checkNotes = """
    ROSTER is a .csv, .tsv, .json, .ndjson or .lua file, or - for standard input;
    mfsh help roster has its columns, mfsh help verdicts what each verdict means.
    A secret is NAME=env:VARIABLE, NAME=file:PATH, NAME=command:COMMAND or
    NAME=prompt; the column secret of the roster says NAME.
    Checks are for service, test, external and leaver accounts: each is a login
    event on the server.
    Accounts of a sign-in provider have no password there; they are unverifiable.
    The report for people is on standard output, progress on standard error.
      mfsh check merge [-r FORMAT:PATH] RUN...   puts shards together
      mfsh check record [options] ROSTER...      prints what it finds as a roster
    Exit status of check:

    """ + CheckStatus.allCases.map { "  \($0.rawValue)".padded(to: 7) + $0.meaning + "\n" }.joined()
}

extension String {
  /// With spaces up to a width.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

extension OptionSpec {
  static let check = roster + rules + pace + run + checkOutput + connectionOfCheck

  /// What a row says itself, what is for code and prompts, and what means something else here is left out.
  private static let connectionOfCheck = main.filter { option in
    let others = [
      "--vault", "--read-only", "--read-write", "--no-reconnect", "--user", "--domain", "--via", "--sso",
      "--oauth", "--max-time", "--retry", "-e", "-i", "--no-init",
    ]
    return !others.contains(option.name)
  }

  /// Those that `check.run` has as named arguments of its own spelling.
  static let checkRun = (roster + rules + pace + run).filter {
    !["--format", "--secret", "--dry-run"].contains($0.name)
  }

  private static let roster: [OptionSpec] = [
    OptionGroup.roster.choice("--format", \.check.format, "how standard input is written"),
    OptionGroup.roster.parsed(
      "--secret", "NAME=SOURCE", \.check.secrets, "what a name in the column secret stands for",
      SecretAlias.init),
    OptionGroup.roster.parsed(
      "--allow-server", "URL", \.check.allowedServers, "let rows name this server too", Self.allowedServer),
    OptionGroup.roster.list("--tag", "TAG", \.check.tags, "only rows with this tag; may be repeated"),
    OptionGroup.roster.choice("--only", \.check.only, "only rows that ended so in the run of --from"),
    OptionGroup.roster.text("--from", "RUN", \.check.from, "the folder of that run"),
    OptionGroup.roster.value(
      "--shard", "I/N", \.check.shard, "only the I-th of N parts; an account stays in one",
      needs: "which part of how many", example: "2/8", RunRecord.Shard.init(_:)),
  ]

  private static let rules: [OptionSpec] = [
    OptionGroup.rules.choice("--via", \.check.via, "how accounts are logged in (token)"),
    OptionGroup.rules.flag(
      "--prove-logout", \.check.provesLogout, "use each session once more, to see it refused"),
    OptionGroup.rules.text(
      "--waivers", "FILE", \.check.waiverFile, "accepted differences: id, reason, until"),
    OptionGroup.rules.text(
      "--baseline", "RUN", \.check.baseline, "an earlier run, which proves that secrets are right"),
    OptionGroup.rules.flag(
      "--accept-unproved", \.check.acceptsUnproved, "take a refusal that nothing proves as one"),
  ]

  private static let pace: [OptionSpec] = [
    OptionGroup.pace.number(
      "--jobs", in: 1...10_000, example: "16", \.check.jobs, "accounts at a time (8)"),
    OptionGroup.pace.number(
      "--per-server", in: 1...10_000, example: "4", \.check.perServer, "accounts at a time at each server"),
    OptionGroup.pace.value(
      "--rate", "N/s", \.check.rate, "rows that begin in a second", needs: "a number of rows in a second",
      example: "20/s", Self.rate),
    OptionGroup.pace.number(
      "--license-slots", in: 1...10_000, example: "2", \.check.licenseSlots,
      "sessions at a time that may take a concurrent licence (4)"),
    OptionGroup.pace.value(
      "--max-time", "S", \.check.maxTime, "limit for the whole run", needs: "a number of seconds above 0",
      example: "3600", Self.seconds),
    OptionGroup.pace.number(
      "--retries", in: 0...10, example: "2", \.check.retries, "how often a row is tried again (2)"),
    OptionGroup.pace.number(
      "--abort-refused", in: 0...1_000_000, example: "5", \.check.abortRefused,
      "stop after N refused logins in a row; 0 is never (5)"),
    OptionGroup.pace.number(
      "--abort-after", in: 1...1_000_000, example: "20", \.check.abortAfter,
      "give a server up after it failed N rows in a row"),
    OptionGroup.pace.flag("--fail-fast", \.check.failsFast, "stop at the first difference"),
  ]

  private static let run: [OptionSpec] = [
    OptionGroup.running.flag(
      "--dry-run", \.check.isDryRun, "print rows, requests and servers; without the network"),
    OptionGroup.running.text("--run-dir", "FOLDER", \.check.runFolder, "keep the run's journal there"),
    OptionGroup.running.flag(
      "--resume", \.check.resumes, "go on with the run of --run-dir; done rows are not run again"),
  ]

  private static let checkOutput: [OptionSpec] = [
    OptionGroup.output.parsed(
      "--report", letter: "r", "FORMAT:PATH", \.check.reports,
      "write ndjson, junit, tap or html; may be repeated",
      ReportRequest.init),
    OptionGroup.output.choice("--progress", \.check.progress, "what standard error tells meanwhile (auto)"),
  ]

  private static func allowedServer(_ text: String) throws(UsageError) -> String {
    guard !AddressCheck.holdsPassword(text) else { throw .passwordInServer }
    guard AddressCheck.isServer(text) else {
      throw UsageError(
        "--allow-server needs an address; for example --allow-server https://mfiles.example.com")
    }
    return text
  }

  private static func rate(_ text: String) -> Double? {
    seconds(text.hasSuffix("/s") ? String(text.dropLast(2)) : text)
  }

  private static func seconds(_ text: String) -> Double? {
    guard let number = Double(text), number > 0, number < 1e9 else { return nil }
    return number
  }
}

extension UsageError {
  fileprivate static let passwordInServer = UsageError(
    "--allow-server must not hold a password, others can read it in the process list; use --secret")
}
