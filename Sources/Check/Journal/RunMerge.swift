import Glibc

/// Makes one run of the runs of all shards, after proving that together they cover the roster.
package struct RunMerge {
  private struct Part {
    let path: String
    let run: RunRecord
    let summary: RunSummary
    let count: Int

    /// `shard 2/3 (runs/2)`.
    var name: String {
      run.shard.map { "shard \($0.index)/\($0.count) (\(path))" } ?? "the run \(path)"
    }
    /// Seconds since 1970.
    var end: Double { run.startedAt + summary.seconds }
  }

  private let parts: [Part]

  /// Looks at the journals at these paths, in any order.
  ///
  /// - Throws: `mismatch` that names the gap, the overlap or the difference; `file`, `damaged`.
  package init(_ paths: [String]) throws(JournalError) {
    var parts: [Part] = []
    for path in paths {
      let journal = try Journal(path)
      parts.append(Part(path: path, run: journal.run, summary: journal.summary, count: journal.count))
    }
    self.parts = parts.sorted { ($0.run.shard?.index ?? 0, $0.path) < ($1.run.shard?.index ?? 0, $1.path) }
    try checkRuns()
    try checkShards()
    try checkRows()
  }

  /// Writes the journal of all of them to a new file.
  ///
  /// - Throws: `mismatch` when a row stands in two runs; then the file is taken away again.
  package func write(to path: String) throws(JournalError) -> Journal {
    let writer = try JournalWriter(beginning: path, run)
    do throws(JournalError) {
      for part in parts {
        let journal = try Journal(part.path)
        for index in 0..<journal.count { try writer.append(record: journal.record(at: index)) }
      }
      try writer.finish(summary)
      let journal = try Journal(path)
      if let id = try journal.repeatedID {
        throw .mismatch(
          "the row \(VisibleText.line(id)) stands in more than one of the runs: their shards overlap")
      }
      return journal
    } catch {
      unlink(path)
      throw error
    }
  }

  // MARK: - What they have in common

  private func checkRuns() throws(JournalError) {
    guard let first = parts.first else { throw .mismatch("there is no run to merge: name their folders") }
    for part in parts.dropFirst() {
      if part.run.rosterHash != first.run.rosterHash || part.run.rosterRows != first.run.rosterRows {
        throw Self.otherRoster(first, part)
      }
      if Set(part.run.rules) != Set(first.run.rules) {
        throw .mismatch(
          "\(first.name) and \(part.name) were run by different rules "
            + "(\(Self.list(first.run.rules)); \(Self.list(part.run.rules))): run one of them again")
      }
    }
  }

  private static func otherRoster(_ first: Part, _ other: Part) -> JournalError {
    let names = "\(first.name) and \(other.name)"
    let servers = [first, other].map { VisibleText.line($0.run.servers.sorted().joined(separator: " ")) }
    return servers[0] == servers[1]
      ? .mismatch("\(names) checked different rosters: run one of them again")
      : .mismatch(
        "\(names) checked different servers (\(servers[0]); \(servers[1])): run one of them again, at the same address"
      )
  }

  private static func list(_ rules: [String]) -> String {
    rules.isEmpty ? "no options" : VisibleText.line(rules.joined(separator: " "))
  }

  private func checkShards() throws(JournalError) {
    let count = parts[0].run.shard?.count ?? 1
    for (part, next) in zip(parts, parts.dropFirst()) {
      if part.run.shard == nil || part.run.shard?.index == next.run.shard?.index {
        throw .mismatch("\(part.name) and \(next.name) overlap: leave one of them out")
      }
    }
    for part in parts where (part.run.shard?.count ?? 1) != count {
      throw .mismatch(
        "\(parts[0].name) and \(part.name) are parts of different divisions: run one of them again")
    }
    let missing = Set(1...count).subtracting(parts.map { $0.run.shard?.index ?? 1 }).sorted()
    guard missing.isEmpty else {
      let names = missing.prefix(10).map { "\($0)/\(count)" }.joined(separator: ", ")
      let rest = missing.count > 10 ? " and \(missing.count - 10) more" : ""
      throw .mismatch(
        "there is a gap: shard \(names)\(rest) is missing: run mfsh check --shard \(missing[0])/\(count)")
    }
  }

  private func checkRows() throws(JournalError) {
    for part in parts where part.count != part.run.selectedRows {
      throw .mismatch(
        "there is a gap: \(part.name) has results for \(part.count) of its \(part.run.selectedRows) rows: "
          + "go on with it with --resume")
    }
    let selected = parts.reduce(0) { $0 + $1.run.selectedRows }
    let first = parts[0].run
    let isSelection = first.rules.contains { $0.hasPrefix("--tag") || $0.hasPrefix("--only") }
    if isSelection ? selected > first.rosterRows : selected != first.rosterRows {
      throw .mismatch(
        "the runs have \(selected) rows together, but the roster has \(first.rosterRows): "
          + "check that each was run with the same --shard count")
    }
  }

  // MARK: - The run of all

  private var run: RunRecord {
    var run = parts[0].run
    run.shard = nil
    run.selectedRows = parts.reduce(0) { $0 + $1.run.selectedRows }
    for part in parts.dropFirst() {
      if part.run.startedAt < run.startedAt {
        (run.startedAt, run.started) = (part.run.startedAt, part.run.started)
      }
      run.files += part.run.files.filter { !run.files.contains($0) }
      run.servers += part.run.servers.filter { !run.servers.contains($0) }
      run.serverTimes.merge(part.run.serverTimes) { first, _ in first }
    }
    run.version = Set(parts.map(\.run.version)).sorted().joined(separator: ", ")
    return run
  }

  /// It ends as the worst of them.
  private var summary: RunSummary {
    let order: [RunSummary.Ending] = [.interrupted, .aborted, .complete]
    var summary = RunSummary()
    summary.seconds = (parts.map(\.end).max() ?? 0) - run.startedAt
    summary.requests = parts.reduce(0) { $0 + $1.summary.requests }
    summary.failedLogouts = parts.reduce(0) { $0 + $1.summary.failedLogouts }
    for part in parts { summary.counts.merge(part.summary.counts, uniquingKeysWith: +) }
    for ending in order {
      guard let part = parts.first(where: { $0.summary.ending == ending }) else { continue }
      summary.ending = ending
      if ending != .complete {
        summary.reason = part.summary.reason.map { "\(part.name): \($0)" } ?? part.name
      }
      break
    }
    return summary
  }
}
