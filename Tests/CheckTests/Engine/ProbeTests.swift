import Check
import HTTP
import MFWS
import Sandbox
import Testing

/// One row at a time against a sandbox: what it costs, and what comes of it.
@Suite struct ProbeTests {
  @Test func aRowByTokenTakesFourRequestsAndOneConnection() async throws {
    let run = try EngineRun()
    let result = try await run.result(row())
    #expect(result.status == .pass)
    #expect(result.logout == .ok)
    #expect(
      result.http.map { "\($0.method) \($0.path)" } == [
        "POST /server/authenticationtokens", "GET /session", "GET /session/vaults", "DELETE /session",
      ])
    #expect(result.http.allSatisfy { $0.status == 200 && $0.attempt == 1 && $0.ms > 0 })
    #expect(run.server.stats.requests == 4)
    #expect(run.server.stats.liveSessions == 0)
    #expect(result.attempts == 1)
    #expect(result.started.hasSuffix("Z") && result.started.contains("T"))
  }

  @Test func aRowWithAVaultTakesOneRequestMore() async throws {
    let run = try EngineRun()
    let result = try await run.result(
      row {
        $0.target = .vault(guid: SandboxVault.finance)
        $0.license = .named
        $0.userID = 2
        $0.isInternal = true
        $0.vaults = ["Finance", SandboxVault.sample]
        $0.rights = [.init("CanCreateObjects", isGranted: true), .init("CanSeeAllObjects", isGranted: false)]
      })
    #expect(result.status == .pass, "\(result.message)")
    #expect(result.vault == .init(guid: SandboxVault.finance, name: "Finance"))
    #expect(run.requests["GET /session"] == 2)
    #expect(run.server.stats.requests == 5)
  }

  @Test func aRowBySessionTakesThreeRequestsAndOneMoreWithAVault() async throws {
    var run = try EngineRun()
    run.options.probe.via = .session
    #expect(try await run.result(row()).status == .pass)
    #expect(run.requests == ["PUT /session": 1, "GET /session": 1, "DELETE /session": 1])
    let result = try await run.result(
      row {
        $0.target = .vaultNamed("Finance")
        $0.rights = [.init("CanCreateObjects", isGranted: true)]
      })
    #expect(result.status == .pass, "\(result.message)")
    #expect(
      run.requests == [
        "PUT /session": 2, "PUT /session/vault": 1, "GET /session": 2, "DELETE /session": 2,
      ])
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test(arguments: [Login.Way.token, .session], [false, true])
  func theStepThatIsRefusedDecides(_ way: Login.Way, _ uniform: Bool) async throws {
    var run = try EngineRun { $0.uniformRefusals = uniform }
    run.options.probe.via = way
    let refusedVault = row { $0.target = .vault(guid: SandboxVault.personnel) }
    #expect(try await run.result(refusedVault).code == "denied.vault")
    #expect(try await run.result(row("leaver")).code == "denied.credentials")
    #expect(run.server.stats.liveSessions == 0)
  }

  @Test func aRefusedAccountTellsWhereAndHasNothingToLogOut() async throws {
    let result = try await EngineRun().result(row("leaver"))
    #expect(result.status == .diff)
    #expect(result.logout == .notApplicable)
    #expect(result.http.last?.status == 403)
    #expect(result.http.last?.exception == "UnauthorizedAccessException")
    #expect(result.http.last?.reference?.isEmpty == false)
  }

  @Test(arguments: [Login.Way.token, .session])
  func theLogoutIsProvedByOneMoreRequest(_ way: Login.Way) async throws {
    var run = try EngineRun()
    run.options.probe.provesLogout = true
    run.options.probe.via = way
    let result = try await run.result(row())
    #expect(result.logout == .proved)
    #expect(result.http.last?.status == 403)
    #expect(run.server.stats.requests == (way == .token ? 5 : 4))
  }

  /// Refused, answered without effect, and without an answer to whether it had one.
  @Test(arguments: [
    ["status=500,path=/session,method=DELETE"],
    ["status=200,body={\"Value\":true},path=/session,method=DELETE"],
    ["status=500,path=/session,exact,method=GET,after=1"],
  ])
  func aLogoutThatIsNotProvedIsNoPass(_ faults: [String]) async throws {
    func result(_ row: RosterRow, provesLogout: Bool) async throws -> RowResult {
      var run = try EngineRun { $0.faults = try faults.map { try Fault($0) } }
      run.options.probe.provesLogout = provesLogout
      return try await run.result(row)
    }
    #expect(try await result(row(), provesLogout: false).status == .pass)
    let unproved = try await result(row(), provesLogout: true)
    #expect(unproved.status == .inconclusive && unproved.code == "allowed")
    #expect(unproved.findings.map(\.check) == ["logout"])
    #expect(try await result(row { $0.license = .readonly }, provesLogout: true).status == .diff)
  }

  @Test func windowsAccountsAndDomains() async throws {
    let run = try EngineRun()
    let good = row("winuser") {
      $0.auth = .windows
      $0.domain = "SANDBOX"
    }
    #expect(try await run.result(good).status == .pass)
    var other = good
    other.domain = "ELSEWHERE"
    #expect(try await run.result(other).code == "denied.credentials")
  }

  @Test func aBearerHasNothingToLogOut() async throws {
    let seed = """
      {"vaults": [{"name": "Sales", "guid": "\(SandboxVault.sample)"}],
       "accounts": [{"name": "jo", "password": "x", "vaults": "*"}],
       "plugins": [{"name": "Sign in", "bearers": {"ticket": "jo"}}]}
      """
    var run = try EngineRun { $0.seed = try SandboxSeed(json: Array(seed.utf8)) }
    run.options.probe.bearerPlugin = "Sign in"
    run.options.secret = { _ in Secret("ticket") }
    let bearer = row("jo") {
      $0.auth = .bearer
      $0.target = .vaultNamed("Sales")
    }
    let result = try await run.result(bearer)
    #expect(result.status == .pass, "\(result.message)")
    #expect(result.logout == .notApplicable)
    #expect(run.requests == ["GET /session": 2, "GET /session/vaults": 1])
    run.options.secret = { _ in Secret("other") }
    #expect(try await run.result(bearer).code == "denied.credentials")
  }

  @Test func everyVaultThatIsListedIsEntered() async throws {
    let run = try EngineRun()
    let all = row("admin") {
      $0.target = .everyVault
      $0.rights = [.init("CanSeeAllObjects", isGranted: true)]
    }
    let result = try await run.result(all)
    #expect(result.status == .pass, "\(result.message)")
    #expect(result.actual["places"]?.array?.count == 5)
    #expect(run.requests["GET /session"] == 6)
    let none = try await run.result(row("novault") { $0.target = .everyVault })
    #expect(none.status == .diff)
    #expect(none.code == "denied.vault")
    #expect(try await run.result(row("novault", .deny) { $0.target = .everyVault }).status == .pass)
    #expect(try await run.result(row("editor", .deny) { $0.target = .everyVault }).status == .diff)
  }

  @Test func aNameThatSeveralVaultsHaveIsNoAnswer() async throws {
    let result = try await EngineRun().result(row("admin") { $0.target = .vaultNamed("Archive") })
    #expect(result.status == .inconclusive)
    #expect(result.code == "request.conflict")
    #expect(result.message.contains("use a GUID"))
    #expect(result.logout == .ok)
  }

  @Test func aSecretThatCannotBeHadIsToldWithoutARequest() async throws {
    var run = try EngineRun()
    run.options.secret = { _ in throw MFWSError(.clientSecret, "the file is gone") }
    let result = try await run.result(row())
    #expect(result.status == .inconclusive)
    #expect(result.code == "client.secret")
    #expect(result.message == "the file is gone")
    #expect(run.server.stats.requests == 0)
  }

  @Test func passwordsAreNotTheWayIntoAServerWithASignInProviderOnly() async throws {
    var fault = Fault(
      .status(
        200, .text(#"[{"Name": "Sign in", "AssemblyName": "MFiles.AuthenticationProviders.OAuth"}]"#)))
    fault.path = "/server/authenticationprotocols"
    let run = try EngineRun { $0.faults = [fault] }
    let results = try await run.results([row("leaver"), row("other"), row("third", .deny)])
    #expect(results.allSatisfy { $0.status == .inconclusive && $0.code == "unverifiable" })
    #expect(run.requests["GET /server/authenticationprotocols"] == 1)
  }

  @Test func aRefusalIsNoneUntilTheWaysInAreKnown() async throws {
    var fault = Fault(
      .status(
        200, .text(#"[{"Name": "Sign in", "AssemblyName": "MFiles.AuthenticationProviders.OAuth"}]"#)))
    fault.path = "/server/authenticationprotocols"
    var run = try EngineRun {
      $0.faults = [try Fault("status=500,path=/server/authenticationprotocols,count=1"), fault]
    }
    run.options.limits.jobs = 1
    let rows = [row("leaver", id: "1"), row("leaver", .any, id: "2"), row("other", id: "3")]
    let results = try await run.results(rows)
    #expect(
      results.map { "\($0.status.rawValue) \($0.code)" } == [
        "inconclusive server.failed", "not_run account.refused", "inconclusive unverifiable",
      ])
    #expect(run.server.stats.refusedLogins == 2)
  }

  @Test func theWaysInAreAskedForUntilTheServerIsWell() async throws {
    let run = try EngineRun {
      $0.faults = [try Fault("status=503,path=/server/authenticationprotocols,count=2")]
    }
    #expect(try await run.result(row("leaver")).code == "denied.credentials")
    #expect(run.requests["GET /server/authenticationprotocols"] == 3)
  }

  @Test func anOldWebServersVerbsAreLearnedOnce() async throws {
    var run = try EngineRun { $0.verbs = .plainOnly }
    run.options.limits.jobs = 1
    let results = try await run.results([row("editor"), row("reader"), row("admin")])
    #expect(results.allSatisfy { $0.status == .pass })
    #expect(run.server.stats.requests <= 13)
    #expect(run.server.stats.liveSessions == 0)
  }
}
