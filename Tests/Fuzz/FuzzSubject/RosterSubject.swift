import Check

/// The readers of rosters and their validation, fed with arbitrary text. Only mistakes may come of it, with places that
/// are in the text, whatever the chunks it arrives in; and the rows of a roster are a roster with the same hash.
package struct RosterSubject: Subject {
  private static let folder = "/tmp"
  private let settings: RosterSettings

  package init() {
    var settings = RosterSettings(server: "https://a")
    settings.allowedServers = ["https://b"]
    settings.aliases = ["staff"]
    self.settings = settings
  }

  private enum Outcome: Equatable {
    case roster(hash: String)
    case mistakes([String], count: Int)
  }

  /// The first byte chooses a format, the second the size of the chunks.
  package func read(_ input: [UInt8]) throws {
    let text = Array(input.dropFirst(2))
    let format = format(input.first ?? 0)
    let (outcome, rows) = try build(RosterInput(text), format, text)
    var rest = text[...]
    let size = Int(input.dropFirst().first ?? 0) % 16 + 1
    let chunks = RosterInput {
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
    guard try build(chunks, format, text).0 == outcome else { throw Violation("chunks make a difference") }
    guard format == .csv, !rows.isEmpty else { return }
    let written = Array(written(rows).utf8)
    guard try build(RosterInput(written), .csv, written).0 == outcome else {
      throw Violation("written again it is another roster: \(String(decoding: written, as: UTF8.self))")
    }
  }

  private func format(_ byte: UInt8) -> RosterFormat? {
    RosterFormat.allCases.first { $0.rawValue.utf8.first == byte }
  }

  private func build(
    _ input: consuming RosterInput, _ format: RosterFormat?, _ text: [UInt8]
  ) throws -> (Outcome, [RosterRow]) {
    var builder = try RosterBuilder(settings, folder: Self.folder)
    try builder.add(input, file: "-", format: format)
    do {
      let roster = try builder.finish()
      let rows = try (0..<roster.source.groupCount).flatMap { group in
        try roster.source.group(group).map { try roster.source.row(at: $0) }
      }
      guard rows.count == roster.rowCount else { throw Violation("rows are lost") }
      return (.roster(hash: roster.hash), rows)
    } catch let mistakes as RosterMistakes {
      let lines = text.count { $0 == 0x0A } + 1
      guard mistakes.mistakes.allSatisfy({ (1...lines).contains($0.line) && ($0.column ?? 1) > 0 }) else {
        throw Violation("a place outside of the text: \(mistakes)")
      }
      return (.mistakes(mistakes.mistakes.map(\.description), count: mistakes.count), [])
    }
  }

  // MARK: - Writing

  private func written(_ rows: [RosterRow]) -> String {
    let meta = Set(rows.flatMap(\.meta.keys)).sorted()
    let lines = rows.map { row in cells(row) + meta.map { row.meta[$0] ?? "" } }
    let names = RosterColumn.allCases.map(\.rawValue) + meta
    return ([names] + lines).map { line in
      line.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    }.joined(separator: "\n")
  }

  private func cells(_ row: RosterRow) -> [String] {
    RosterColumn.allCases.map { column in
      switch column {
      case .account: row.account
      case .server: row.server
      case .vault: vault(row.target)
      case .auth: row.auth.rawValue
      case .domain: row.domain ?? ""
      case .expect: row.expect.rawValue
      case .vaults: (row.vaults ?? []).joined(separator: "|")
      case .vaultsMin: row.vaultsMin.joined(separator: "|")
      case .vaultsNot: row.vaultsNot.joined(separator: "|")
      case .license: row.license?.rawValue ?? ""
      case .rights: row.rights.map { ($0.isGranted ? "+" : "-") + $0.name }.joined(separator: " ")
      case .internal: row.isInternal.map { "\($0)" } ?? ""
      case .userID: row.userID.map { "\($0)" } ?? ""
      case .tags: row.tags.joined(separator: " ")
      case .secret: row.secret ?? ""
      case .id: row.id
      }
    }
  }

  private func vault(_ target: RosterRow.Target) -> String {
    switch target {
    case .account: ""
    case .vault(let guid): guid
    case .vaultNamed(let name): name
    case .everyVault: "*"
    }
  }
}
