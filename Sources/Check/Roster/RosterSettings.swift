/// What holds for rows that do not say it themselves, and what rows may say.
package struct RosterSettings: Sendable {
  /// That of the connection settings, as `BaseURL` writes it; nil: each row has to name one.
  package var server: String?
  /// Further servers that rows may name, as `BaseURL` writes them.
  package var allowedServers: Set<String> = []
  /// The names of secrets that rows may use.
  package var aliases: Set<String> = []
  /// How rows log in.
  package var auth = RosterRow.Authentication.mfiles
  /// Of rows that log in with Windows accounts.
  package var domain: String?

  package init(server: String? = nil) { self.server = server }
}

/// Which rows of a roster a run is about.
package struct RosterSelection: Sendable {
  /// An account and its rows are in one of the shards.
  package var shard: RunRecord.Shard?
  /// A row needs one of them; empty: all rows.
  package var tags: [String] = []
  /// What else a row has to fulfil.
  package var only: (@Sendable (RosterRow) throws -> Bool)?

  package init() {}

  /// Whether a row is one of those, whatever its shard.
  func contains(_ index: Int, of spool: Spool) throws -> Bool {
    guard !tags.isEmpty || only != nil else { return true }
    return try contains(spool.row(at: index))
  }

  private func contains(_ row: RosterRow) throws -> Bool {
    guard tags.isEmpty || tags.contains(where: row.tags.contains) else { return false }
    return try only?(row) ?? true
  }
}

/// A roster without mistakes.
package struct Roster: Sendable {
  /// The selected rows.
  package let source: any RowSource
  /// SHA-256 of all rows, whatever their order and place: hexadecimal.
  package let hash: String
  /// Of the whole roster. A row with several vaults counts as several.
  package let rowCount: Int
  package let selectedCount: Int
  /// Whether rows are selected, but none of them is of this shard.
  package let isEmptyPart: Bool
  /// Those of the whole roster, sorted.
  package let servers: [String]
  /// The files as they were named.
  package let files: [String]
  /// The columns that only travel along into the reports, sorted.
  package let metaColumns: [String]
}
