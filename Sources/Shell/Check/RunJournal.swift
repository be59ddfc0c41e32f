import Check

/// The journal of the run that goes on. Used on the loop's thread only.
final class RunJournal: @unchecked Sendable {
  private let writer: JournalWriter
  private var run: RunRecord
  private let isKept: Bool
  private(set) var summary = RunSummary()
  /// Why nothing more can be written.
  private(set) var failure: CheckFailure?
  private var isClosed = false
  let path: String

  /// Begins the journal, or goes on with it.
  ///
  /// - Throws: `CheckFailure`: it cannot be written, or another run writes it.
  init(_ place: RunPlace, _ plan: RunPlan, _ run: RunRecord) throws(CheckFailure) {
    self.run = run
    isKept = place.isKept
    path = place.folder.journal
    do throws(JournalError) {
      writer =
        try place.isKept
        ? JournalWriter(resuming: path, run) : JournalWriter(beginning: path, run)
    } catch {
      throw .configuration("\(error)")
    }
    // Results of another roster count only where they are told to. Whoever did so before may have been killed over it.
    guard let earlier = place.earlier, !earlier.isOnly(of: run.rosterHash) else { return }
    try plan.eachDone { id in
      if try !earlier.counts(id: id, under: run.rosterHash) { try self.writer.keep(id: id) }
    }
  }

  /// Writes down what came of a row.
  ///
  /// - Throws: `CheckFailure`: the disk is full, or fails.
  func add(_ result: RowResult) throws(CheckFailure) {
    // A row that ended after the run was given up.
    guard !isClosed else { return }
    try writing { () throws(JournalError) in try writer.append(result) }
    summary.add(result)
  }

  /// Ends the journal. What cannot be written is in `failure`.
  func finish(_ outcome: RunOutcome?, seconds: Double) {
    isClosed = true
    guard failure == nil else { return }
    run.serverTimes = outcome?.serverTimes ?? [:]
    summary.ending = outcome?.ending ?? .interrupted
    summary.reason = outcome?.reason
    summary.seconds = seconds
    try? writing { () throws(JournalError) in
      if !run.serverTimes.isEmpty { try writer.note(run) }
      try writer.finish(summary)
    }
  }

  /// What it holds.
  func read() throws(CheckFailure) -> Journal {
    do throws(JournalError) {
      return try Journal(path)
    } catch {
      throw .failed("\(error)")
    }
  }

  private func writing(_ body: () throws(JournalError) -> Void) throws(CheckFailure) {
    do throws(JournalError) {
      try body()
    } catch {
      let remedy = isKept ? "then go on with --resume" : "then run it again, with --run-dir"
      let failure = CheckFailure.failed(
        error.description.replacing("then go on with --resume", with: remedy))
      self.failure = self.failure ?? failure
      throw failure
    }
  }
}
