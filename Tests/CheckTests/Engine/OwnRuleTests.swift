import HTTP
import MFWS
import Sandbox
import Testing

@testable import Check

/// A rule beside those of the columns.
struct OwnRuleTests {
  private func run(_ look: @escaping OwnRule.Look) throws -> EngineRun {
    var run = try EngineRun()
    run.options.probe.ownRule = OwnRule(look)
    return run
  }

  @Test func itIsAskedAboutAccountsThatAreToGetInAndDo() async throws {
    let asked = HTTP.Locked<[String]>([])
    let run = try run { row, vault, session in
      asked.withLock { $0.append("\(row.account) \(vault?.name ?? "-") \(session.user)") }
      return []
    }
    let rows = [
      row("editor") { $0.target = .vaultNamed("Finance") }, row("leaver"), row("reader", .deny),
      row("external", .any),
    ]
    _ = try await run.results(rows)
    #expect(asked.withLock { $0.sorted() } == ["editor Finance editor", "external - external"])
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test func whatItFindsIsADifferenceInItsWords() async throws {
    let run = try run { _, _, _ in
      [
        .init("rule", .difference, expected: .null, actual: .string("no")),
        .init("teams", .difference, expected: .null, actual: .null, missing: ["Red"]),
      ]
    }
    let result = try await run.result(row("editor"))
    #expect(result.status == .diff && result.message == "no; teams: missing Red")
    #expect(
      result.findings[0].facts.map(\.name) == ["found"] && result.findings[1].facts.map(\.name) == ["missing"]
    )
    #expect(result.findings.map(\.brief) == ["rule: no", "teams: missing Red"])
  }

  @Test(arguments: [
    (MFWSError.Code.networkReset, RowResult.Status.inconclusive), (.serverFailed, .inconclusive),
    (.sessionExpired, .inconclusive), (.clientTimeout, .inconclusive), (.deniedOperation, .diff),
    (.deniedCredentials, .diff), (.requestNotFound, .diff),
  ])
  func onlyWhatTheServerRefusesIsAnAnswer(_ code: MFWSError.Code, _ status: RowResult.Status) async throws {
    var run = try run { _, _, _ throws(MFWSError) in throw MFWSError(code, "it says") }
    run.options.limits.retries = 0
    let result = try await run.result(row("editor"))
    #expect(result.status == status && result.code == (status == .diff ? "allowed" : code.rawValue))
    #expect(result.logout == .ok)
    #expect(run.server.stats.liveSessions == 0)
  }
}
