import Check
import LuaKit
import MFWS

/// What a run has found, as a roster: CSV, in the order of the rows that were asked about.
struct RecordedRoster {
  private let source: any RowSource
  private let found: RunLookup
  /// Rows of this server do not name it.
  private let server: String?

  init(_ source: any RowSource, _ found: RunLookup, server: String?) {
    self.source = source
    self.found = found
    self.server = server
  }

  /// - Returns: of how many rows nothing was found out.
  func write(to sink: (String) -> Void) throws -> Int {
    let indexes = try (0..<source.groupCount).flatMap { try source.group($0) }.sorted()
    var names: Set<String> = []
    for index in indexes { names.formUnion(try source.row(at: index).meta.keys) }
    let metaNames = names.subtracting([Self.note]).sorted()
    sink(CSVLine.text(Self.columns + metaNames.map(TerminalText.lines) + [Self.note]))
    var openCount = 0
    for index in indexes {
      let row = try source.row(at: index)
      let result = try found.result(id: row.id)
      if result?.isAnswer != true { openCount += 1 }
      for line in lines(row, result) {
        let cells = Self.columns.map { line[$0] ?? "" } + metaNames.map { row.meta[$0] ?? "" }
        sink(CSVLine.text(cells.map(TerminalText.lines) + [result?.recorded ?? "not run"]))
      }
    }
    return openCount
  }

  private static let note = "recorded"
  private static let columns = [
    "id", "account", "server", "vault", "auth", "domain", "expect", "vaults", "vaults_min", "vaults_not",
    "license", "rights", "internal", "user_id", "tags", "secret",
  ]

  private func lines(_ row: RosterRow, _ result: RowResult?) -> [[String: String]] {
    var line = identity(row)
    guard let result, result.isAnswer else { return [line.merging(Self.ordered(row)) { $1 }] }
    line["expect"] = result.code == "allowed" ? "allow" : "deny"
    guard result.code == "allowed" else { return [line] }
    line["vaults"] = result.actual["vaults"]?.array.map(Self.list)
    guard row.target == .everyVault else { return [line.merging(Self.facts(result.actual, row)) { $1 }] }
    let places = result.actual["places"]?.array ?? []
    let single = places.isEmpty ? [JSONValue.object(result.actual)] : places
    return single.map { place in
      var facts = Self.facts(place.object ?? [:], row)
      facts["vault"] = place["vault"]?.string ?? "*"
      // As the rows of several vaults are called.
      if places.count > 1, let id = line["id"] { facts["id"] = "\(id)/\(facts["vault"] ?? "")" }
      return line.merging(facts) { $1 }
    }
  }

  private func identity(_ row: RosterRow) -> [String: String] {
    var line = ["account": row.account, "auth": row.auth.rawValue, "tags": row.tags.joined(separator: "|")]
    line["id"] = row.id == row.derivedID ? nil : row.id
    line["server"] = row.server == server ? nil : row.server
    line["domain"] = row.domain
    line["secret"] = row.secret
    line["vault"] = row.target.spelling
    return line
  }

  /// What the row says itself.
  private static func ordered(_ row: RosterRow) -> [String: String] {
    var line = ["expect": row.expect.rawValue]
    line["vaults"] = row.vaults?.joined(separator: "|")
    line["vaults_min"] = row.vaultsMin.joined(separator: "|")
    line["vaults_not"] = row.vaultsNot.joined(separator: "|")
    line["license"] = row.license?.rawValue
    line["internal"] = row.isInternal.map { $0 ? "true" : "false" }
    line["user_id"] = row.userID.map { String($0) }
    line["rights"] = row.rights.map { ($0.isGranted ? "+" : "-") + $0.name }.joined(separator: " ")
    return line
  }

  private static func facts(_ actual: [String: JSONValue], _ row: RosterRow) -> [String: String] {
    var facts: [String: String] = [:]
    facts["license"] = actual["license"]?.string
    facts["internal"] = actual["internal"]?.bool.map { $0 ? "true" : "false" }
    // Outside of vaults there is no user, and rights are no vault's.
    guard row.target != .account else { return facts }
    if case .integer(let number)? = actual["user_id"] { facts["user_id"] = String(number) }
    facts["rights"] = actual["rights"]?.object.map { rights in
      rights.sorted { $0.key < $1.key }.map { ($1.bool == true ? "+" : "-") + $0 }.joined(separator: " ")
    }
    return facts
  }

  private static func list(_ values: [JSONValue]) -> String {
    values.compactMap(\.string).joined(separator: "|")
  }
}

extension RowResult {
  /// Whether the server has given an answer that can be ordered. A refusal without a proof is none: a wrong password looks
  /// the same.
  fileprivate var isAnswer: Bool {
    ["allowed", "denied.vault", "denied.credentials"].contains(code) && status != .unproved
  }

  /// What the column `recorded` says of it.
  fileprivate var recorded: String { status == .unproved ? "\(code) unproved" : code }
}
