import Check
import HTTP
import MFWS
import Sandbox
import Testing

/// What goes wrong on the way is never a wrong password.
@Suite struct FaultTests {
  private func run(_ faults: String..., change: (inout CheckOptions) -> Void = { _ in }) throws -> EngineRun {
    var run = try EngineRun { $0.faults = try faults.map { try Fault($0) } }
    change(&run.options)
    return run
  }

  @Test(
    arguments: [
      ("reset", "network.reset"), ("status=502,page=x", "server.busy"), ("status=503", "server.busy"),
      ("wrong_node", "session.wrong_node"), ("garbage", "server.not_mfws"),
      ("html=Welcome", "server.not_mfws"), ("empty", "server.not_mfws"), ("bad_json", "server.bad_response"),
      ("truncate", "network.reset"), ("status=500", "server.failed"),
      ("status=403,page=Blocked", "server.not_mfws"),
    ], ["/server/authenticationtokens", "/session", "/session/vaults"])
  func everyFaultIsInconclusive(_ fault: (String, String), _ path: String) async throws {
    let run = try run("\(fault.0),path=\(path),exact") { $0.limits.retries = 0 }
    let result = try await run.result(row())
    #expect(result.status == .inconclusive)
    #expect(result.code == fault.1)
    #expect(!result.message.isEmpty)
    #expect(result.attempts == 1)
  }

  @Test(arguments: ["/server/authenticationtokens", "/session", "/session/vaults"])
  func aServerThatStallsIsInconclusive(_ path: String) async throws {
    let run = try run("stall,path=\(path),exact") {
      $0.limits.retries = 0
      $0.probe.client.http.requestTimeout = 0.3
    }
    #expect(try await run.result(row()).code == "network.timeout")
  }

  @Test(arguments: ["reset_midway", "status=502,page=x", "wrong_node", "status=503", "retry_after=0"])
  func whatPassesIsTriedAgain(_ fault: String) async throws {
    let run = try run("\(fault),path=/session/vaults,count=1")
    let result = try await run.result(row())
    #expect(result.status == .pass)
    #expect(result.attempts == 2)
    #expect(Set(result.http.map(\.attempt)) == [1, 2])
    #expect(result.logout == .ok)
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test func retriesHaveALimit() async throws {
    let run = try run("status=502,path=/session/vaults") { $0.limits.retries = 1 }
    let result = try await run.result(row())
    #expect(result.status == .inconclusive)
    #expect(result.attempts == 2)
    #expect(run.requests["GET /session/vaults"] == 2)
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test(arguments: ["html=Welcome", "bad_json", "status=500"])
  func whatDoesNotPassIsNotTriedAgain(_ fault: String) async throws {
    let run = try run("\(fault),path=/session/vaults")
    #expect(try await run.result(row()).attempts == 1)
  }

  @Test func aSessionThatEndsOnTheWayIsNoRefusedVault() async throws {
    let run = try run("expire,path=/session,exact,method=GET,after=1")
    let result = try await run.result(row { $0.target = .vault(guid: SandboxVault.sample) })
    #expect(result.status == .inconclusive)
    #expect(result.code == "session.expired")
  }

  @Test func twoLoginsWithoutAnAnswerAreTheLast() async throws {
    let run = try run("reset_midway,path=/session,exact,method=GET") { $0.limits.retries = 5 }
    let results = try await run.results([row("leaver", id: "1"), row("leaver", .any, id: "2")])
    #expect(results.map(\.code) == ["network.reset", "account.unsure"])
    #expect(results.map(\.attempts) == [2, 0])
    #expect(run.server.stats.refusedLogins == 2)
  }

  /// A token is shown once more to log it out, and that may be refused too.
  @Test func theLogoutOfALostLoginCountsAsALogin() async throws {
    let run = try run("reset_midway,path=/session,exact,method=GET") { $0.limits.retries = 0 }
    let results = try await run.results([row("leaver", id: "1"), row("leaver", .any, id: "2")])
    #expect(results.map(\.code) == ["network.reset", "account.unsure"])
    #expect(run.server.stats.refusedLogins == 2)
  }

  /// The server has granted it, and nobody knows. Of two that may have been refused nobody tries a third time.
  @Test(arguments: [(1, 2), (2, 2), (1, 0)])
  func whatALostLoginLeftIsLoggedOut(_ count: Int, _ retries: Int) async throws {
    let run = try run("reset_midway,path=/session,exact,method=GET,count=\(count)") {
      $0.limits.retries = retries
    }
    let result = try await run.result(row())
    #expect(result.status == (count == 1 && retries > 0 ? .pass : .inconclusive))
    #expect(result.attempts == min(2, retries + 1))
    #expect(run.server.stats.logins == result.attempts)
    #expect(run.server.stats.liveSessions == (count == 2 ? 2 : 0))
    #expect(result.logout == (count == 2 ? .failed : retries == 0 ? .notApplicable : .ok))
  }

  @Test func aLogoutThatFailsIsTriedAgainAndThenTold() async throws {
    let passing = try run("status=503,path=/session,method=DELETE,count=2")
    #expect(try await passing.result(row()).logout == .ok)
    #expect(passing.server.stats.liveSessions == 0)
    let failing = try run("status=503,path=/session,method=DELETE") { $0.probe.logoutRetries = 1 }
    let result = try await failing.result(row())
    #expect(result.status == .pass)
    #expect(result.logout == .failed)
  }

  @Test func aServerThatIsNotThereIsGivenUp() async throws {
    let run = try run {
      $0.limits.abortAfter = 3
      $0.limits.retries = 0
      $0.limits.jobs = 1
    }
    let gone = "http://127.0.0.1:1"
    let rows = (0..<6).map { row("u\($0)", server: gone) } + [row("editor")]
    let results = try await run.results(rows)
    #expect(
      results.filter { $0.server == gone }.map(\.code).sorted() == [
        "network.connect", "network.connect", "network.connect", "server.given_up", "server.given_up",
        "server.given_up",
      ])
    #expect(results.last { $0.account == "editor" }?.status == .pass)
  }

  @Test func amongManyFaultsNoPasswordIsWrongAndEveryRowEnds() async throws {
    let kinds = ["reset", "status=502,page=x", "status=503", "wrong_node", "html=x"]
    let run = try EngineRun {
      $0.faults = try kinds.map { try Fault("\($0),probability=0.02") } + [Fault("stall,probability=0.005")]
    }
    var changed = run
    changed.options.probe.client.http.requestTimeout = 2
    changed.options.limits.licenseSlots = 16
    changed.options.limits.jobs = 16
    let rows = (0..<150).map { number in
      row("editor", id: "\(number)") { $0.domain = "\(number)" }
    }
    let denied = (0..<10).map { number in row("leaver", .deny, id: "d\(number)") { $0.domain = "\(number)" } }
    let results = try await changed.results(rows + denied)
    #expect(results.count == 160)
    for result in results where result.account == "editor" {
      #expect(result.status == .pass || result.status == .inconclusive, "\(result.code)")
      #expect(result.attempts <= 3)
    }
    #expect(results.count { $0.status == .pass } > 100)
    #expect(run.server.stats.refusedLogins <= 10)
  }
}
