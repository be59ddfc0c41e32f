import MFWS

/// Reads the source group by group and keeps no more than the rows that are about to be tried.
struct GroupReader {
  private let source: any RowSource
  private let earlier: @Sendable (RosterRow) -> EarlierResult?
  private let settings: ProbeSettings
  private let proofReach: @Sendable (RosterRow) -> ProofReach
  private var nextGroup = 0
  private var servers: [KnownServer] = []
  private var numbers: [String: Int] = [:]
  /// Rows that were read to plan, and will be tried in a moment.
  private var recent: [Int: RosterRow] = [:]
  private static let recentLimit = 256

  init(_ source: any RowSource, _ options: CheckOptions) {
    self.source = source
    earlier = options.earlier
    settings = options.probe
    proofReach = options.proofReach
  }

  var serverTimes: [String: String] {
    let times = servers.compactMap { server in server.date.map { (server.url, $0) } }
    return Dictionary(times) { first, _ in first }
  }

  /// The rows of the next account in their order: those that may prove a secret before those that need the proof.
  mutating func next() throws -> GroupFacts? {
    guard nextGroup < source.groupCount else { return nil }
    let indexes = try source.group(nextGroup)
    nextGroup += 1
    var facts = GroupFacts(rows: [])
    var ordered: [(rank: Int, id: String, facts: RowFacts)] = []
    for index in indexes {
      let row = try source.row(at: index)
      if let result = earlier(row) {
        facts.isRefused = facts.isRefused || result.isRefusedAccount
        if result.gotIn, let secret = provedSecret(row) { facts.provedSecrets.append(secret) }
        continue
      }
      if recent.count < Self.recentLimit { recent[index] = row }
      ordered.append((row.expect.rank, row.id, rowFacts(row, index)))
    }
    ordered.sort { ($0.rank, $0.id) < ($1.rank, $1.id) }
    facts.rows = ordered.map(\.facts)
    return facts
  }

  /// A row that is not needed again.
  mutating func take(_ index: Int) throws -> RosterRow {
    try recent.removeValue(forKey: index) ?? source.row(at: index)
  }

  mutating func server(_ row: RosterRow) -> KnownServer { servers[number(row.server)] }

  private mutating func rowFacts(_ row: RosterRow, _ index: Int) -> RowFacts {
    RowFacts(
      index: index, server: number(row.server),
      holdsLicense: row.license == nil || row.license == .concurrent, expect: row.expect,
      secret: row.secret)
  }

  private mutating func provedSecret(_ row: RosterRow) -> GroupFacts.ProvedSecret? {
    switch proofReach(row) {
    case .everywhere: .init(alias: row.secret)
    case .server: .init(alias: row.secret, server: number(row.server))
    case .nowhere: nil
    }
  }

  private mutating func number(_ server: String) -> Int {
    if let number = numbers[server] { return number }
    servers.append(KnownServer(server, settings.settings(of: server)))
    numbers[server] = servers.count - 1
    return servers.count - 1
  }
}

extension RosterRow.Expectation {
  fileprivate var rank: Int {
    switch self {
    case .allow: 0
    case .any: 1
    case .deny: 2
    }
  }
}
