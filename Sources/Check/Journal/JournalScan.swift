import MFWS

/// What one pass through a journal brings: everything but the results, and an index of these in the order of the file.
struct JournalScan {
  /// Of the last time that it was begun or resumed; its start is that of the first time.
  private(set) var run: RunRecord?
  private(set) var summary = RunSummary()
  private(set) var servers: [String] = []
  private(set) var entries: [JournalEntry] = []
  /// Behind which offset which roster counts.
  private var segments: [(offset: Int, rosterHash: String)] = []
  private var serverNumbers: [String: Int] = [:]
  private var isFinished = false

  init(_ file: JournalFile) throws(JournalError) {
    var lines = JournalLines(file)
    while let (offset, line) = try lines.next() {
      if add(Array(line), offset) { continue }
      throw lines.count == 1 && JSONReader.value(Array(line)) == nil
        ? .noJournal(file.path) : .damaged(file.path, line: lines.count)
    }
    guard run != nil else { throw .noJournal(file.path) }
    if !isFinished {
      summary.ending = .interrupted
      summary.reason = "the run was killed, or goes on"
    }
  }

  /// Gives the entries away, so that there is one copy of them.
  mutating func takeEntries() -> [JournalEntry] {
    defer { entries = [] }
    return entries
  }

  /// Whether what was found when `offset` was written belongs to the roster of the last run.
  func isCurrent(_ offset: Int) -> Bool {
    rosterHash(at: offset) == segments.last?.rosterHash
  }

  /// Whether every part of the run was about this roster.
  func isOnly(of rosterHash: String) -> Bool { segments.allSatisfy { $0.rosterHash == rosterHash } }

  /// The roster that counted when `offset` was written.
  func rosterHash(at offset: Int) -> String? { segments.last { $0.offset < offset }?.rosterHash }

  /// False: it is no record.
  private mutating func add(_ line: [UInt8], _ offset: Int) -> Bool {
    guard let record = JSONReader.value(line), let type = record["type"]?.string else { return false }
    switch type {
    case "run": return begin(line, offset)
    case "result": return run != nil && add(record, offset)
    case "kept": entries.append(JournalEntry(keptAt: offset))
    case "summary":
      guard let end: RunSummary = JournalRecord.value(line) else { return false }
      (summary.ending, summary.reason) = (end.ending, end.reason)
      summary.seconds += end.seconds
      isFinished = true
    // A record of a later version.
    default: break
    }
    return run != nil
  }

  private mutating func begin(_ line: [UInt8], _ offset: Int) -> Bool {
    guard var next: RunRecord = JournalRecord.value(line) else { return false }
    segments.append((offset, next.rosterHash))
    if let run {
      (next.started, next.startedAt) = (run.started, run.startedAt)
      next.serverTimes.merge(run.serverTimes) { _, first in first }
    } else {
      entries.reserveCapacity(min(max(0, next.selectedRows), 1 << 20))
    }
    run = next
    isFinished = false
    return true
  }

  private mutating func add(_ record: JSONValue, _ offset: Int) -> Bool {
    guard let result = RowResult(record: record) else { return false }
    summary.addWork(of: result)
    let number = number(of: result.server)
    entries.append(
      JournalEntry(offset: offset, result.status, server: number, milliseconds: result.ms))
    return true
  }

  private mutating func number(of server: String) -> Int {
    if let number = serverNumbers[server] { return number }
    let number = min(servers.count, JournalEntry.serverLimit - 1)
    if number == servers.count { servers.append(server) }
    serverNumbers[server] = number
    return number
  }
}
