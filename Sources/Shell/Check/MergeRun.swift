import Check
import Glibc

/// `mfsh check merge`: makes one run of those of all shards.
struct MergeRun {
  private let arguments: CheckArguments
  private let runs: [String]

  init(_ task: CheckTask) {
    arguments = task.arguments
    runs = task.inputs
  }

  /// - Returns: the exit status that one run of all rows would have had.
  func run() throws(CheckFailure) -> Int32 {
    let folder = try RunFolder(arguments.runFolder)
    defer { folder.clean() }
    folder.cleanAtEnd()
    guard access(folder.journal, F_OK) != 0 else {
      throw .configuration("--run-dir \(folder.path) holds a run already: name another folder")
    }
    let reports = try OpenReports(
      arguments.reports, besides: runs.map(RunPlace.journal) + [folder.journal])
    folder.cleanAtEnd(besides: reports.leftovers)
    let journal = try merged(into: folder.journal)
    let problem = reports.write(journal)
    PeopleReport(journal, canResume: false).write()
    if let problem { throw problem }
    let outcome = CheckOutcome(journal.summary, acceptsUnproved: journal.run.acceptsUnproved)
    return CheckStatus(outcome).rawValue
  }

  private func merged(into path: String) throws(CheckFailure) -> Journal {
    do throws(JournalError) {
      return try RunMerge(runs.map(RunPlace.journal)).write(to: path)
    } catch {
      throw .roster("\(error)")
    }
  }
}
