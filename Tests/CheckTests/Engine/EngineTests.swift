import Check
import HTTP
import MFWS
import Sandbox
import Testing

/// Many rows, against a sandbox.
@Suite struct EngineTests {
  private static func password(_ row: RosterRow) -> Secret {
    Secret(row.secret == "wrong" ? "wrong" : "demo")
  }

  /// Rows of every kind of result.
  private static let roster: [RosterRow] = [
    row("editor", id: "1"), row("reader", id: "2") { $0.license = .named },
    row("admin", id: "3") { $0.vaults = ["Finance"] }, row("leaver", .deny, id: "4"),
    row("novault", id: "5") { $0.target = .vaultNamed("Finance") },
    row("external", .deny, id: "6") { $0.target = .vaultNamed("Finance") },
    row("external", id: "7") { $0.isInternal = false },
    row("concurrent", id: "8") { $0.target = .vault(guid: SandboxVault.sample) },
    row("editor", .deny, id: "9") { $0.target = .vault(guid: SandboxVault.finance) },
    row("nobody", id: "A"), row("nobody", .any, id: "B") { $0.target = .vaultNamed("Finance") },
    row("reader", .deny, id: "C") { $0.target = .vaultNamed("Finance") },
  ]
  private static let statuses = [
    "1": "pass allowed", "2": "diff allowed", "3": "diff allowed", "4": "unproved denied.credentials",
    "5": "diff denied.vault", "6": "pass denied.vault", "7": "pass allowed", "8": "pass allowed",
    "9": "diff allowed", "A": "diff denied.credentials", "B": "not_run account.refused",
    "C": "pass denied.vault",
  ]

  @Test(arguments: [Login.Way.token, .session])
  func eachRowGetsItsResultWhateverTheOrder(_ way: Login.Way) async throws {
    var run = try EngineRun()
    run.options.probe.via = way
    for _ in 0..<3 {
      let (results, outcome) = try await run.run(Self.roster.shuffled())
      #expect(outcome.ending == .complete)
      #expect(results.count == Self.roster.count)
      let found = results.map { ($0.id, "\($0.status.rawValue) \($0.code)") }
      #expect(Dictionary(uniqueKeysWithValues: found) == Self.statuses)
      #expect(outcome.serverTimes[run.server.url]?.hasSuffix("GMT") == true)
    }
    #expect(run.server.stats.liveSessions == 0)
    // Three times the leaver and nobody.
    #expect(run.server.stats.refusedLogins == 6)
  }

  @Test func licensesAreNeverHeldByMoreRowsThanThereAreSlots() async throws {
    var run = try EngineRun { $0.licenses = 2 }
    run.options.limits.licenseSlots = 2
    let rows = (0..<30).map { number in row("concurrent", id: "\(number)") { $0.domain = "\(number)" } }
    let results = try await run.results(rows)
    #expect(results.allSatisfy { $0.status == .pass }, "\(results.map(\.code))")
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test func aLicenseThatIsNotFreeIsInconclusive() async throws {
    let run = try EngineRun { $0.licenses = 0 }
    let result = try await run.result(row("concurrent"))
    #expect(result.status == .inconclusive)
    #expect(result.code == "server.no_license")
  }

  @Test func fiveRefusalsAbortTheRun() async throws {
    var run = try EngineRun()
    run.options.limits.jobs = 1
    run.options.secret = { _ in Secret("wrong") }
    let (results, outcome) = try await run.run((0..<20).map { row("u\($0)") })
    #expect(outcome.ending == .aborted)
    #expect(outcome.reason?.contains("5 accounts in a row") == true)
    #expect(results.count == 20)
    #expect(results.count { $0.status == .diff } == 5)
    #expect(results.count { $0.code == "run.aborted" } == 15)
    #expect(run.server.stats.refusedLogins == 5)
  }

  @Test func failFastEndsWithTheFirstDifference() async throws {
    var run = try EngineRun()
    run.options.limits.failFast = true
    run.options.limits.jobs = 1
    let (results, outcome) = try await run.run([row("editor"), row("leaver"), row("reader"), row("admin")])
    #expect(outcome.ending == .aborted)
    #expect(results.map(\.status) == [.pass, .diff, .notRun, .notRun])
  }

  @Test func waiversAcceptWhatIsNoPass() async throws {
    var run = try EngineRun()
    run.options.waiver = {
      $0.id == "known" || $0.id == "fine" ? .init(reason: "ticket 7", was: $0.status) : nil
    }
    let results = try await run.results([
      row("leaver", id: "known"), row("editor", id: "fine"), row("nobody", id: "other"),
    ])
    let statuses = Dictionary(uniqueKeysWithValues: results.map { ($0.id, $0) })
    #expect(statuses["known"]?.status == .waived)
    #expect(statuses["known"]?.waiver == .init(reason: "ticket 7", was: .diff))
    #expect(statuses["known"]?.message.hasPrefix("the account is refused") == true)
    #expect(statuses["fine"]?.status == .pass)
    #expect(statuses["other"]?.status == .diff)
  }

  @Test func aBaselineProvesARefusal() async throws {
    var run = try EngineRun()
    run.options.isProvedByBaseline = { $0.account == "leaver" }
    let results = try await run.results([row("leaver", .deny), row("nobody", .deny)])
    #expect(
      Dictionary(uniqueKeysWithValues: results.map { ($0.account, $0.status) }) == [
        "leaver": .pass, "nobody": .unproved,
      ])
  }

  @Test func anotherServerProvesARefusalOnlyWithTheSameSecret() async throws {
    var run = try EngineRun()
    run.options.secret = { Self.password($0) }
    let seed = #"{"vaults": [], "accounts": [{"name": "editor", "password": "new", "vaults": []}]}"#
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(seed.utf8))
    let changed = try SandboxServer(configuration)
    let rows = [row("editor", id: "1"), row("editor", .deny, server: changed.url, id: "2")]
    #expect(try await run.results(rows).map(\.status) == [.pass, .pass])
    var wrong = rows
    wrong[1].secret = "wrong"
    #expect(try await run.results(wrong).map(\.status) == [.pass, .unproved])
  }

  /// Of an earlier part no more is known than what the secret was called.
  @Test(arguments: [(ProofReach.everywhere, true), (.server, false), (.nowhere, false)])
  func anEarlierPartProvesAsFarAsItsNameReaches(_ reach: ProofReach, _ isProved: Bool) async throws {
    var run = try EngineRun()
    let elsewhere = row("leaver", server: "http://127.0.0.1:1", id: "1")
    run.options.earlier = { $0.id == "1" ? EarlierResult(code: "allowed") : nil }
    run.options.proofReach = { _ in reach }
    let results = try await run.results([elsewhere, row("leaver", .deny, id: "2")])
    #expect(results.map(\.status) == [isProved ? .pass : .unproved])
  }

  @Test func whatAnEarlierPartHasDoneIsNotDoneAgain() async throws {
    var run = try EngineRun()
    let rows = [
      row("editor", id: "1"), row("leaver", id: "2"), row("leaver", .deny, id: "3"),
      row("nobody", .deny, id: "5"), row("nobody", id: "4"), row("reader", id: "6"),
    ]
    let earlier = ["1": "allowed", "2": "denied.credentials", "4": "allowed"]
    run.options.earlier = { row in earlier[row.id].map { EarlierResult(code: $0) } }
    let results = try await run.results(rows)
    let found = Dictionary(uniqueKeysWithValues: results.map { ($0.id, "\($0.status.rawValue) \($0.code)") })
    #expect(
      found == [
        "3": "not_run account.refused", "5": "pass denied.credentials", "6": "pass allowed",
      ])
  }

  @Test(arguments: [Login.Way.token, .session])
  func aStopLogsOutAndTellsOnlyWhatHasAnAnswer(_ way: Login.Way) async throws {
    // The first row is quick, the others wait in the middle of their sessions.
    var run = try EngineRun { $0.faults = [try Fault("stall,path=/session,method=GET,exact,after=1")] }
    run.options.probe.via = way
    run.options.limits.licenseSlots = 8
    let rows = (0..<40).map { number in row("editor", id: "\(number)") { $0.domain = "\(number)" } }
    let (results, outcome) = try await run.run(rows) { _, engine in engine.stop() }
    #expect(outcome.ending == .interrupted)
    #expect(results.map(\.status) == [.pass])
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test func aTaskThatIsCancelledStopsTheRun() async throws {
    let run = try EngineRun { $0.faults = [try Fault("stall,path=/session/vaults")] }
    let task = Task { try await run.run([row("editor"), row("reader")]) }
    while run.server.stats.liveSessions < 2 { await Task.yield() }
    task.cancel()
    let (results, outcome) = try await task.value
    #expect(outcome.ending == .interrupted)
    #expect(results == [])
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test func whenTheTimeIsOverTheRestIsNotRun() async throws {
    var run = try EngineRun { $0.faults = [try Fault("stall,path=/session/vaults")] }
    run.options.limits.maxTime = 0.3
    run.options.limits.jobs = 2
    let (results, outcome) = try await run.run([row("editor"), row("reader"), row("admin")])
    #expect(outcome.ending == .aborted)
    #expect(results.count == 3)
    #expect(results.allSatisfy { $0.status == .notRun && $0.code == "time.up" })
    #expect(run.server.stats.liveSessions == 0)
  }

  private struct DiskIsFull: Error {}

  @Test func aResultThatCannotBeTakenEndsTheRun() async throws {
    let run = try EngineRun()
    let told = HTTP.Locked(0)
    await #expect(throws: DiskIsFull.self) {
      try await run.run((0..<50).map { number in row("editor", id: "\(number)") { $0.domain = "\(number)" } })
      {
        _, _ in
        told.withLock { $0 += 1 }
        throw DiskIsFull()
      }
    }
    #expect(told.withLock { $0 } == 1)
    #expect(run.server.stats.liveSessions == 0)
  }
}
