import Check
import HTTP
import MFWS

/// What a run is going to do, found out in one pass over its rows.
struct RunPlan {
  /// All selected rows.
  private(set) var rowCount = 0
  /// Of the roster, before the selection.
  let rosterCount: Int
  /// Those of them that an earlier part of the run has not done.
  private(set) var openCount = 0
  private(set) var accountCount = 0
  /// What the open rows need.
  private(set) var needs: Set<CheckSecrets.Need> = []
  /// Open rows and about how many requests they take, by server.
  private(set) var work: [String: (rows: Int, requests: Int)] = [:]
  private(set) var doneCount = 0
  private let source: any RowSource
  /// nil: there is no earlier part of the run.
  let done: DoneRows?
  private let via: Login.Way
  private let watch: () throws(CheckFailure) -> Void

  /// - Parameter watch: called now and then: what it throws ends it. Looks at the signals unless told.
  /// - Throws: `CheckFailure`: what the roster was written down to cannot be read again.
  init(
    _ roster: Roster, _ place: RunPlace, _ arguments: CheckArguments, _ waivers: Waivers? = nil,
    watch: @escaping () throws(CheckFailure) -> Void = RunSignals.check
  ) throws(CheckFailure) {
    self.watch = watch
    source = roster.source
    done = place.earlier.map { DoneRows(run: $0, waivers: waivers) }
    rosterCount = roster.rowCount
    via = Login.Way(arguments.via)
    var (needs, work, rows, open) = (needs, work, 0, 0)
    var (accounts, lastGroup) = (0, -1)
    try eachRow { row, group in
      rows += 1
      guard try !isDone(row) else { return }
      open += 1
      if group != lastGroup { (accounts, lastGroup) = (accounts + 1, group) }
      needs.insert(CheckSecrets.Need(row))
      let before = work[row.server] ?? (0, 0)
      work[row.server] = (before.rows + 1, before.requests + row.requests(via, arguments.provesLogout))
    }
    (self.needs, self.work, rowCount, openCount, accountCount) = (needs, work, rows, open, accounts)
    doneCount = rows - open
  }

  /// The servers that open rows go to.
  var servers: [String] { work.keys.sorted() }

  /// Calls `body` with the id of each row that is done already.
  func eachDone(_ body: (String) throws -> Void) throws(CheckFailure) {
    guard done != nil else { return }
    try eachRow { row, _ in if try isDone(row) { try body(row.id) } }
  }

  /// The ids of the roster's rows, as far as waivers name them; nil: not all rows are selected.
  func waiverIDs(of waivers: Waivers?) throws(CheckFailure) -> Set<String>? {
    guard let waivers, rowCount == rosterCount else { return nil }
    var found: Set<String> = []
    try eachRow { row, _ in if waivers.contains(row.id) { found.insert(row.id) } }
    return found
  }

  private func isDone(_ row: RosterRow) throws -> Bool {
    try done?.result(of: row) != nil
  }

  private func eachRow(_ body: (RosterRow, _ group: Int) throws -> Void) throws(CheckFailure) {
    do {
      for group in 0..<source.groupCount {
        for index in try source.group(group) { try body(source.row(at: index), group) }
        if group % 1024 == 0 { try watch() }
      }
    } catch let failure as CheckFailure {
      throw failure
    } catch {
      throw .failed("\(error)")
    }
  }
}

extension RunPlan {
  /// What `--dry-run` does.
  ///
  /// - Returns: the exit status.
  func show(_ roster: Roster) -> Int32 {
    OutputStream.write(text(alongside: roster.metaColumns))
    return roster.isEmpty ? CheckStatus.nothingSelected.rawValue : 0
  }

  private func text(alongside columns: [String]) -> String {
    var lines = ["\(Self.count(rowCount, "row")) of \(rosterCount) in the roster"]
    if doneCount > 0 { lines.append("\(Self.count(doneCount, "row")) done already") }
    lines.append(
      "\(Self.count(openCount, "row")) to check, of \(Self.count(accountCount, "account"))")
    for server in servers {
      guard let work = work[server] else { continue }
      lines.append(
        "  \(OutputStream.safe(server)): \(Self.count(work.rows, "row")), about \(work.requests) requests")
    }
    if !columns.isEmpty {
      let rest = columns.count > 20 ? " and \(columns.count - 20) more" : ""
      let names = columns.prefix(20).map(OutputStream.safe).joined(separator: ", ")
      lines.append("Columns that order nothing and only travel along: \(names)\(rest)")
    }
    return lines.joined(separator: "\n") + "\nNothing was sent: --dry-run\n"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}

extension RosterRow {
  /// How many requests it takes when nothing goes wrong and a `*` stands for one vault.
  fileprivate func requests(_ via: Login.Way, _ provesLogout: Bool) -> Int {
    let inVault = target == .account ? 0 : 1
    // A bearer has no session of its own that could be logged out.
    if auth == .bearer { return 2 + inVault }
    return (via == .token ? 4 : 3) + inVault + (provesLogout ? 1 : 0)
  }
}

extension Login.Way {
  init(_ way: CheckArguments.Way) { self = way == .token ? .token : .session }
}
