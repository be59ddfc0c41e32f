import Check
import MFWS

/// What `mfsh check` is asked to do.
package struct CheckTask: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Check the rosters.
    case check
    /// Write down what is found for the rosters.
    case record
    /// Put the runs of all shards together.
    case merge
  }

  package let kind: Kind
  /// Rosters, `-` for standard input; or runs.
  package let inputs: [String]
  package let arguments: CheckArguments

  /// Judges what was typed behind `check`.
  init(_ parsed: ParsedCommandLine) throws(UsageError) {
    let word = parsed.words.first
    kind = word == "merge" ? .merge : word == "record" ? .record : .check
    inputs = Array(kind == .check ? parsed.words : Array(parsed.words.dropFirst()))
    arguments = parsed.check
    try checkOptions(parsed.given)
    switch kind {
    case .merge: guard !inputs.isEmpty else { throw .nothingToMerge }
    case .check, .record: try checkRosters(takesPassword: parsed.takesPasswordFromStandardInput)
    }
    try arguments.checkCombinations()
  }

  private func checkOptions(_ given: [String]) throws(UsageError) {
    guard let alien = given.first(where: { !kind.takes($0) }) else { return }
    throw .notApplicable(alien, to: "check \(kind == .merge ? "merge" : "record")", helpOn: "check")
  }

  private func checkRosters(takesPassword: Bool) throws(UsageError) {
    guard !inputs.isEmpty else { throw kind == .record ? .nothingToRecord : .noRoster }
    for path in inputs where path != "-" { try Self.checkExtension(path) }
    let standardInputs = inputs.count { $0 == "-" }
    if standardInputs > 1 { throw .rosterTwice }
    for (index, path) in inputs.enumerated()
    where path != "-" && inputs[..<index].contains(where: { SameFile.areSame($0, path) }) {
      throw UsageError("the roster \(path) is named twice; leave one out")
    }
    if standardInputs == 1, takesPassword { throw .rosterAndPassword }
    if standardInputs == 0, arguments.format != nil { throw .formatOfNothing }
  }

  private static func checkExtension(_ path: String) throws(UsageError) {
    guard !path.contains("://") else { throw .addressAsRoster }
    guard Self.format(of: path) == nil else { return }
    let near = path.contains(".") || path.contains("/") ? nil : nearest(to: path, in: ["merge", "record"])
    throw .unknownRoster(path, near: near)
  }

  /// How a file is written, by the end of its name; nil: that does not tell.
  static func format(of path: String) -> CheckArguments.Format? {
    CheckArguments.Format(rawValue: RosterFormat.ending(of: path))
  }
}

extension CheckArguments {
  /// - Throws: `UsageError`: options that need or exclude each other.
  func checkCombinations() throws(UsageError) {
    if only == nil, from != nil { throw .fromWithoutOnly }
    if only != nil, from == nil { throw .onlyWithoutFrom }
    if resumes, runFolder == nil { throw .resumeWithoutFolder }
    if waiverFile == "-" { throw .waiversFromStandardInput }
    for (index, report) in reports.enumerated()
    where reports[..<index].contains(where: { SameFile.areSame($0.path, report.path) }) {
      throw UsageError("two reports would be written to \(report.path); give each its own file")
    }
    for (index, alias) in secrets.enumerated()
    where secrets[..<index].contains(where: { $0.name == alias.name }) {
      throw UsageError("--secret \(alias.name) is given twice; leave one out")
    }
  }
}

extension CheckTask.Kind {
  /// Whether it makes something of the option.
  func takes(_ option: String) -> Bool {
    switch self {
    case .check: true
    case .record:
      ![
        "--only", "--from", "--shard", "--waivers", "--accept-unproved", "--fail-fast", "--prove-logout",
        "--resume", "--run-dir", "--report",
      ].contains(option)
    case .merge:
      ["--run-dir", "--report"].contains(option) || OptionSpec.general.contains { $0.name == option }
    }
  }
}

extension UsageError {
  fileprivate static let noRoster = UsageError("check needs a roster; for example mfsh check staff.csv")
  fileprivate static let nothingToRecord = UsageError(
    "check record needs a roster of accounts; for example mfsh check record accounts.csv")
  fileprivate static let nothingToMerge = UsageError(
    "check merge needs the folders of runs; for example mfsh check merge run-1 run-2")
  fileprivate static let rosterTwice = UsageError(
    "standard input is named twice as a roster; leave one - out")
  fileprivate static let rosterAndPassword = UsageError(
    "--password-stdin and a roster from standard input exclude each other; use --password-command or --secret"
  )
  fileprivate static let formatOfNothing = UsageError(
    "--format says how standard input is written; name - as the roster, or leave it out")
  /// It is not quoted: it may hold a password.
  fileprivate static let addressAsRoster = UsageError(
    "an address is no roster; give the server with --url, and further ones with --allow-server")
  fileprivate static let fromWithoutOnly = UsageError(
    "--from means nothing without --only; add --only failed or --only inconclusive")
  fileprivate static let onlyWithoutFrom = UsageError(
    "--only needs the run that it is about; add --from RUN")
  fileprivate static let resumeWithoutFolder = UsageError(
    "--resume needs the folder of the run to go on with; add --run-dir FOLDER")

  fileprivate static let waiversFromStandardInput = UsageError(
    "--waivers reads a file, and standard input is for rosters and passwords; name a file")

  fileprivate static func unknownRoster(_ path: String, near: String?) -> UsageError {
    if let near { return UsageError("no roster is named '\(path)'; did you mean \(near)?") }
    return UsageError(
      "the name of the roster '\(path)' must end in .csv, .tsv, .json, .ndjson or .lua; "
        + "rename it, or give it by standard input: mfsh check - --format csv")
  }
}
