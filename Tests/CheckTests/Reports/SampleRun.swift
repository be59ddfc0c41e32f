import Check
import MFWS
import TestSupport

/// A run with results of every kind.
struct SampleRun {
  static let server = "https://m.example.com"
  static let other = "http://localhost:8080/files"

  var run: RunRecord
  var results: [RowResult]
  var summary = RunSummary()

  init(_ results: [RowResult] = all) {
    self.results = results
    run = RunRecord(
      version: "1.2.3", started: "2026-03-04T05:06:07.000Z", startedAt: 1_772_600_767, rosterHash: "c0ffee",
      rosterRows: results.count, files: ["roster.csv"], servers: [Self.server, Self.other],
      selectedRows: results.count)
    summary.seconds = 12.5
  }

  /// Writes the journal into a folder and reads it.
  func journal(in folder: TemporaryFolder, _ name: String = "journal.ndjson") throws -> Journal {
    let writer = try JournalWriter(beginning: folder.path(name), run)
    for result in results { try writer.append(result) }
    try writer.finish(summary)
    return try Journal(folder.path(name))
  }

  /// A report as text.
  func report(_ format: ReportFormat) throws -> String {
    let folder = try TemporaryFolder()
    return try format.text(journal(in: folder))
  }

  static let all = [
    passed("r1", "anna"),
    missingVault("r2", "ben"),
    missingVault("r3", "carl"),
    wrongLicense("r4", "dora"),
    refused("r5", "emil", .pass),
    refused("r6", "fred", .unproved),
    unanswered("r7", "gina"),
    unanswered("r8", "hugo"),
    waived("r9", "ida"),
    notRun("s1", "jan"),
  ]

  static func row(
    _ id: String, _ account: String, _ expect: RosterRow.Expectation = .allow, vault: String? = nil
  ) -> RosterRow {
    let line = 1 + (Int(id.filter(\.isNumber)) ?? 0)
    var row = RosterRow(
      id: id, file: "roster.csv", row: line - 1, line: line, server: server, account: account)
    row.expect = expect
    if let vault { row.target = .vaultNamed(vault) }
    return row
  }

  static func passed(_ id: String, _ account: String) -> RowResult {
    tried(
      RowResult(row(id, account, vault: "Sample Vault"), status: .pass, code: "allowed"),
      "allowed, as ordered")
  }

  static func missingVault(_ id: String, _ account: String) -> RowResult {
    var result = RowResult(row(id, account), status: .diff, code: "allowed")
    result.findings = [
      .init("vaults", .difference, expected: ["HR", "Sales"], actual: ["Sales"], missing: ["HR"])
    ]
    return tried(result, "other vaults than ordered: missing HR")
  }

  static func wrongLicense(_ id: String, _ account: String) -> RowResult {
    var result = RowResult(row(id, account, vault: "Sample Vault"), status: .diff, code: "allowed")
    result.findings = [.init("license", .difference, expected: "named", actual: "readonly")]
    return tried(result, "license is readonly, ordered was named")
  }

  static func refused(_ id: String, _ account: String, _ status: RowResult.Status) -> RowResult {
    tried(
      RowResult(row(id, account, .deny), status: status, code: "denied.credentials"),
      status == .pass ? "refused, as ordered" : "refused, as ordered, but nothing proves the secret")
  }

  static func unanswered(_ id: String, _ account: String) -> RowResult {
    var order = row(id, account)
    order.server = other
    var result = RowResult(order, status: .inconclusive, code: "network.timeout")
    result.attempts = 3
    return tried(result, "no answer within 10 s")
  }

  static func waived(_ id: String, _ account: String) -> RowResult {
    var result = missingVault(id, account)
    result.status = .waived
    result.waiver = .init(reason: "ticket 17", until: "2026-12-31", was: .diff)
    return result
  }

  static func notRun(_ id: String, _ account: String) -> RowResult {
    var result = RowResult(row(id, account), status: .notRun, code: "account.refused")
    result.message = "not tried: the account was refused before in this run"
    return result
  }

  private static func tried(_ result: RowResult, _ message: String) -> RowResult {
    var result = result
    result.message = message
    result.started = "2026-03-04T05:06:08.000Z"
    result.ms = 250
    result.attempts = max(1, result.attempts)
    result.http = [.init(method: "GET", path: "/session", status: 200, ms: 20.5, attempt: 1)]
    return result
  }
}

extension ReportFormat {
  func text(_ journal: Journal) throws -> String {
    var bytes: [UInt8] = []
    try render(journal) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension PeopleReport {
  /// The report as a plain terminal shows it.
  static func text(_ journal: Journal, width: Int = 80) throws -> String {
    var bytes: [UInt8] = []
    let safety = TextSafety(line: { $0 }, logLine: { $0 }, width: { $0.count })
    try PeopleReport(journal, width: width, safety).render { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Texts that must not break out of a report.
enum HostileText {
  static let all = [
    "]]>", "<script>alert(1)</script>", "\" onload=\"x", "'&amp;&#x1b;", "\u{1B}[31mred\u{1B}[0m",
    "::error::gone", "##[error]gone", "\u{202E}evil", "a\nb\r\nc\td", "\u{0}\u{7}\u{FFFE}\u{9B}2J", "# SKIP",
    "#\u{301} SKIP",
    "\\", "...\n---\n", "not ok 1", "Bail out!", "-->", "{\"type\":\"summary\"}", "é\u{301}👩‍👩‍👧",
    String(repeating: "x", count: 20_000),
  ]
  static let joined = all.joined(separator: " ")
}
