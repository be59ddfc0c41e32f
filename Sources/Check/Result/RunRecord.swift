/// What a run was: the `run` record of the schema `mfsh.check/1`, first in the journal and in NDJSON.
package struct RunRecord: Sendable, Hashable, Decodable {
  /// The schema of all records.
  package static let schema = "mfsh.check/1"

  /// Of mfsh.
  package var version: String
  /// RFC 3339, UTC.
  package var started: String
  /// Seconds since 1970, to measure from.
  package var startedAt: Double
  /// SHA-256 of the normalised roster, all shards together, in an order that the ids alone give: hexadecimal.
  package var rosterHash: String
  /// How many rows the whole roster has.
  package var rosterRows: Int
  /// The roster's files as they were named.
  package var files: [String]
  /// The servers in the roster.
  package var servers: [String]
  /// What `Date` the servers sent first, by server.
  package var serverTimes: [String: String] = [:]
  /// The options that bear on verdicts, as they were given, such as `--accept-unproved`.
  package var rules: [String] = []
  /// Which shard of how many, from 1; nil: all rows.
  package var shard: Shard?
  /// How many rows this run is about, after shard, tags and `--only`.
  package var selectedRows: Int

  package struct Shard: Sendable, Hashable, Decodable {
    package var index: Int
    package var count: Int

    /// Nil: there is no such part, or there are more than 10 000.
    package init?(index: Int, count: Int) {
      guard (1...Self.countLimit).contains(count), (1...count).contains(index) else { return nil }
      self.index = index
      self.count = count
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let (index, count) = (
        try container.decode(Int.self, forKey: .index), try container.decode(Int.self, forKey: .count)
      )
      guard let shard = Shard(index: index, count: count) else {
        throw DecodingError.dataCorruptedError(
          forKey: .index, in: container, debugDescription: "there is no part \(index)/\(count)")
      }
      self = shard
    }

    private enum CodingKeys: CodingKey { case index, count }

    private static let countLimit = 10_000
  }

  package init(
    version: String, started: String, startedAt: Double, rosterHash: String, rosterRows: Int, files: [String],
    servers: [String], selectedRows: Int
  ) {
    self.version = version
    self.started = started
    self.startedAt = startedAt
    self.rosterHash = rosterHash
    self.rosterRows = rosterRows
    self.files = files
    self.servers = servers
    self.selectedRows = selectedRows
  }

  /// Whether refusals count without a proof that the secret is right.
  package var acceptsUnproved: Bool { rules.contains("--accept-unproved") }

  /// The names in the record.
  private enum CodingKeys: String, CodingKey {
    case version, started, files, servers, rules, shard
    case startedAt = "started_at"
    case rosterHash = "roster_hash"
    case rosterRows = "roster_rows"
    case serverTimes = "server_times"
    case selectedRows = "selected_rows"
  }
}

/// What came of a run as a whole: the `summary` record.
package struct RunSummary: Sendable, Hashable, Decodable {
  /// Why a run ended before its rows did.
  package enum Ending: String, Sendable, Decodable {
    case complete
    /// `--abort-refused`, `--fail-fast`, `--max-time`.
    case aborted
    /// A signal.
    case interrupted
  }

  package var counts: [String: Int] = [:]
  package var ending = Ending.complete
  /// Why it was aborted, for people.
  package var reason: String?
  package var seconds: Double = 0
  package var requests = 0
  /// Sessions that could not be logged out. Counted from the results, never read from a record.
  package var failedLogouts = 0

  package init() {}

  private enum CodingKeys: CodingKey { case counts, ending, reason, seconds, requests }

  /// Counts a result.
  package mutating func add(_ result: RowResult) {
    counts[result.status.rawValue, default: 0] += 1
    addWork(of: result)
  }

  /// Counts what a result has cost and left behind.
  mutating func addWork(of result: RowResult) {
    requests += result.http.count
    if result.logout == .failed { failedLogouts += 1 }
  }

  package subscript(status: RowResult.Status) -> Int { counts[status.rawValue] ?? 0 }

  /// How many rows have a result.
  package var rows: Int { RowResult.Status.allCases.reduce(0) { $0 + self[$1] } }
}
