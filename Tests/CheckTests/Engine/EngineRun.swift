import Check
import HTTP
import MFWS
import Sandbox
import Testing

/// Runs rows against a sandbox and keeps the results.
struct EngineRun: Sendable {
  let server: SandboxServer
  var options = CheckOptions { _ in Secret("demo") }

  init(_ change: (inout SandboxConfiguration) throws -> Void = { _ in }) throws {
    var configuration = SandboxConfiguration()
    try change(&configuration)
    server = try SandboxServer(configuration)
    options.probe.client.http.requestTimeout = 20
  }

  func results(_ rows: [RosterRow]) async throws -> [RowResult] { try await run(rows).results }

  /// The one result of one row.
  func result(_ row: RosterRow) async throws -> RowResult {
    let results = try await results([row])
    return try #require(results.count == 1 ? results.first : nil)
  }

  func run(
    _ rows: [RosterRow], _ each: @escaping @Sendable (RowResult, CheckEngine) throws -> Void = { _, _ in }
  ) async throws -> (results: [RowResult], outcome: RunOutcome) {
    let results = HTTP.Locked<[RowResult]>([])
    let engine = CheckEngine(options, loop: .shared, sessions: OpenSessions())
    let outcome = try await engine.run(RowList(rows.map(here))) { result in
      results.withLock { $0.append(result) }
      try each(result, engine)
    }
    return (results.withLock { $0 }, outcome)
  }

  /// Rows whose server is no matter are for the sandbox.
  private func here(_ row: RosterRow) -> RosterRow {
    var row = row
    if row.server == "https://a" { row.server = server.url }
    return row
  }

  var requests: [String: Int] { server.stats.requestsByPath }
}
