import Check
import Glibc

/// Where a run lies, and the earlier runs that it has to do with.
final class RunPlace {
  let folder: RunFolder
  /// Whether what it leaves can be gone on with.
  let isKept: Bool
  /// What `--resume` goes on with; nil: there is nothing yet.
  let earlier: RunLookup?
  let baseline: ProvedAccounts?
  /// The run of `--from`.
  let from: RunLookup?

  /// - Throws: `CheckFailure`: a folder or a run that cannot be used.
  init(_ arguments: CheckArguments) throws(CheckFailure) {
    baseline = try arguments.baseline.map { path throws(CheckFailure) in
      try Self.opened("--baseline", path, ProvedAccounts.init)
    }
    from = try arguments.from.map { path throws(CheckFailure) in
      try Self.opened("--from", path, RunLookup.init)
    }
    isKept = arguments.runFolder != nil
    folder = try RunFolder(arguments.isDryRun && !arguments.resumes ? nil : arguments.runFolder)
    folder.cleanAtEnd()
    earlier = try Self.earlier(folder, arguments)
  }

  func clean() { folder.clean() }

  /// The journal of a run that is named by its folder, or by the journal itself.
  static func journal(of path: String) -> String {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    return isFolder ? RunFolder.journal(in: path) : path
  }

  private static func opened<Run>(
    _ option: String, _ path: String, _ open: (String) throws(JournalError) -> Run
  ) throws(CheckFailure) -> Run {
    do throws(JournalError) {
      return try open(journal(of: path))
    } catch {
      throw .configuration("\(option) \(path): \(error)")
    }
  }

  private static func earlier(
    _ folder: RunFolder, _ arguments: CheckArguments
  ) throws(CheckFailure) -> RunLookup? {
    var status = stat()
    guard lstat(folder.journal, &status) == 0, status.st_size > 0,
      try opened("--run-dir", folder.path, RunLookup.holdsRun)
    else { return nil }
    guard arguments.resumes else {
      throw .configuration(
        "--run-dir \(folder.path) holds a run already: go on with it with --resume, or name another folder")
    }
    let earlier = try opened("--run-dir", folder.path, RunLookup.init)
    try check(earlier.run, arguments)
    return earlier
  }

  /// Results of other rows, or of other rules, would stand beside the new ones.
  private static func check(_ run: RunRecord, _ arguments: CheckArguments) throws(CheckFailure) {
    guard run.shard != arguments.shard || Set(run.rules) != Set(arguments.rules) else { return }
    let shards = run.shard.map { ["--shard \($0.index)/\($0.count)"] } ?? []
    let options = (shards + run.rules).joined(separator: " ")
    throw .configuration(
      "the run to go on with was begun with \(options.isEmpty ? "none of the options that choose and judge rows" : options): "
        + "give the same ones, or name another --run-dir")
  }
}
