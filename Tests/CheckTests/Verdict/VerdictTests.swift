import Check
import MFWS
import Testing

/// What answers mean, by what was ordered.
@Suite struct VerdictTests {
  private static let vault = RowResult.VaultReference(guid: SandboxVault.sample, name: "Sample Vault")

  private func observation(
    _ answer: RowObservation.Answer, vaults: [RowResult.VaultReference]? = nil
  ) -> RowObservation {
    let codes: [RowObservation.Answer: String] = [
      .allowed: "allowed", .deniedCredentials: "denied.credentials", .deniedVault: "denied.vault",
      .none: "network.reset",
    ]
    var observation = RowObservation(answer, code: codes[answer] ?? "")
    observation.isLoggedIn = answer == .allowed || answer == .deniedVault
    observation.vaults = vaults ?? (observation.isLoggedIn ? [Self.vault] : nil)
    if answer == .allowed { observation.places = [.init(fields: [:])] }
    return observation
  }

  private func judge(_ row: RosterRow, _ observation: RowObservation, isProved: Bool = false) -> RowResult {
    Verdict.result(of: row, observation, attempts: 1, isProved: isProved)
  }

  private func allowed(_ fields: [String: JSONValue]) -> RowObservation {
    var observation = observation(.allowed)
    observation.places = [.init(fields: fields)]
    return observation
  }

  @Test(arguments: [
    (RosterRow.Expectation.allow, RowObservation.Answer.allowed, RowResult.Status.pass),
    (.allow, .deniedCredentials, .diff), (.allow, .deniedVault, .diff), (.allow, .none, .inconclusive),
    (.deny, .allowed, .diff), (.deny, .deniedCredentials, .unproved), (.deny, .deniedVault, .pass),
    (.deny, .none, .inconclusive), (.any, .allowed, .pass), (.any, .deniedCredentials, .pass),
    (.any, .deniedVault, .pass), (.any, .none, .inconclusive),
  ])
  func theAnswerDecides(
    _ expect: RosterRow.Expectation, _ answer: RowObservation.Answer, _ status: RowResult.Status
  ) {
    let row = row("editor", expect) { $0.target = .vault(guid: SandboxVault.sample) }
    let result = judge(row, observation(answer))
    #expect(result.status == status)
    #expect(result.code == observation(answer).code)
    #expect(result.findings.map(\.check) == (status == .diff ? ["expect"] : []))
    if status != .inconclusive { #expect(!result.message.isEmpty) }
  }

  @Test func aRefusalThatIsProvedPasses() {
    #expect(judge(row("leaver", .deny), observation(.deniedCredentials), isProved: true).status == .pass)
  }

  @Test func whatIsNoAnswerIsNeverCompared() {
    let row = row { $0.vaults = ["Finance"] }
    let result = judge(row, observation(.none, vaults: []))
    #expect(result.status == .inconclusive)
    #expect(result.findings == [])
  }

  // MARK: vaults

  private static let listed: [RowResult.VaultReference] = [
    .init(guid: SandboxVault.sample, name: "Sample"), .init(guid: SandboxVault.finance, name: "Archive"),
    .init(guid: SandboxVault.personnel, name: "Archive"),
  ]

  @Test(arguments: [
    (["Sample", "Archive", "Archive"], [], []), (["Archive", "Sample"], [], ["Archive"]),
    (["Archive", SandboxVault.finance.lowercased(), "Sample"], [], []),
    (["Archive", SandboxVault.finance, SandboxVault.personnel, "Sample"], ["Archive"], []),
    (["Sample", "Sales"], ["Sales"], ["Archive", "Archive"]), ([], [], ["Archive", "Archive", "Sample"]),
  ])
  func theExactVaults(_ ordered: [String], _ missing: [String], _ extra: [String]) {
    let result = judge(row { $0.vaults = ordered }, observation(.allowed, vaults: Self.listed))
    #expect(result.status == (missing.isEmpty && extra.isEmpty ? .pass : .diff))
    #expect(result.findings.first?.missing ?? [] == missing)
    #expect(result.findings.first?.extra ?? [] == extra)
  }

  @Test func theLeastVaultsAndThoseThatMustNotBe() {
    let row = row {
      $0.vaultsMin = ["Sample", "Sales"]
      $0.vaultsNot = ["Archive", "Legal"]
    }
    let result = judge(row, observation(.allowed, vaults: Self.listed))
    #expect(result.findings.map(\.check) == ["vaults_min", "vaults_not"])
    #expect(result.findings[0].missing == ["Sales"])
    #expect(result.findings[1].extra == ["Archive", "Archive"])
    #expect(result.message.contains("missing Sales"))
  }

  @Test func vaultsAreComparedAlsoWhenTheRowsOwnIsRefused() {
    let row = row {
      $0.target = .vault(guid: SandboxVault.finance)
      $0.vaultsNot = ["Sample"]
    }
    let result = judge(row, observation(.deniedVault, vaults: Self.listed))
    #expect(result.findings.map(\.check) == ["expect", "vaults_not"])
  }

  // MARK: fields

  @Test(
    arguments: [
      (["licenseType": 1], RosterRow.License.named, RowResult.Status.pass),
      (["licenseType": 3], .named, .diff), (["licenseType": 2], .concurrent, .pass),
      (["licenseType": 0], .none, .pass), ([:], .named, .inconclusive),
      (["licenseType": 9], .named, .inconclusive),
      (["isReadOnlyLicense": true], .readonly, .pass), (["isReadOnlyLicense": true], .named, .diff),
      (["isReadOnlyLicense": false], .readonly, .diff), (["isReadOnlyLicense": false], .named, .inconclusive),
      (["LicenseAllowsModifications": false], .named, .diff),
      (["LicenseAllowsModifications": true], .named, .inconclusive),
      (["LicenseAllowsModifications": false, "isReadOnlyLicense": false], RosterRow.License.none, .pass),
      // Fields that contradict each other.
      (["LicenseAllowsModifications": true, "isReadOnlyLicense": true], .named, .inconclusive),
    ] as [([String: JSONValue], RosterRow.License, RowResult.Status)])
  func theLicense(_ fields: [String: JSONValue], _ ordered: RosterRow.License, _ status: RowResult.Status) {
    let result = judge(row { $0.license = ordered }, allowed(fields))
    #expect(result.status == status)
    #expect(
      result.findings.map(\.severity) == (status == .pass ? [] : [status == .diff ? .difference : .unknown]))
  }

  @Test func rightsThatAreMissingExtraOrNotTold() {
    let row = row {
      $0.rights = [
        .init("CanSeeAllObjects", isGranted: true), .init("CanDestroyObjects", isGranted: false),
        .init("CanFly", isGranted: true), .init("CanSeeDeletedObjects", isGranted: false),
      ]
    }
    let fields: [String: JSONValue] = [
      "CanSeeAllObjects": false, "CanDestroyObjects": true, "CanSeeDeletedObjects": false,
    ]
    let result = judge(row, allowed(fields))
    #expect(result.status == .diff)
    #expect(result.findings.map(\.severity) == [.difference, .unknown])
    #expect(result.findings[0].missing == ["CanSeeAllObjects"])
    #expect(result.findings[0].extra == ["CanDestroyObjects"])
    #expect(result.findings[1].missing == ["CanFly"])
    #expect(result.message == "other rights than ordered: missing CanSeeAllObjects; extra CanDestroyObjects")
  }

  @Test func aFieldThatIsNotSentIsInconclusive() {
    let row = row {
      $0.isInternal = true
      $0.userID = 7
    }
    let result = judge(row, allowed([:]))
    #expect(result.status == .inconclusive)
    #expect(result.code == "allowed")
    #expect(result.findings.map(\.check) == ["internal", "user_id"])
    #expect(judge(row, allowed(["InternalUser": true, "UserID": 7])).status == .pass)
    let other = judge(row, allowed(["InternalUser": false, "UserID": 8]))
    #expect(other.findings.allSatisfy { $0.severity == .difference })
    #expect(other.message == "internal is false, ordered was true; user_id is 8, ordered was 7")
  }

  /// Other fields of an account that is to be refused are nobody's concern.
  @Test func anAccountThatStillGetsInIsOneDifference() {
    let row = row("leaver", .deny) { $0.license = .named }
    #expect(judge(row, allowed([:])).findings.map(\.check) == ["expect"])
  }

  @Test func eachVaultIsCompared() {
    let row = row {
      $0.target = .everyVault
      $0.rights = [.init("CanSeeAllObjects", isGranted: false)]
    }
    var observation = observation(.allowed, vaults: Self.listed)
    observation.places = Self.listed.enumerated().map {
      .init(vault: $0.element, fields: ["CanSeeAllObjects": .bool($0.offset == 1)])
    }
    let result = judge(row, observation)
    #expect(result.findings.map(\.extra) == [["CanSeeAllObjects (Archive)"]])
    #expect(result.actual["places"]?.array?.count == 3)
  }

  @Test func whatTheServerToldIsKept() {
    let result = judge(
      row { $0.license = .named },
      allowed(["licenseType": 1, "UserID": 2, "InternalUser": true, "CanSeeAllObjects": true]))
    #expect(
      result.actual == [
        "vaults": ["Sample Vault"], "license": "named", "user_id": 2, "internal": true,
        "rights": ["CanSeeAllObjects": true],
      ])
  }

  @Test(arguments: SkipReason.allCases)
  func rowsThatWereNotTriedSayWhy(_ reason: SkipReason) {
    let result = Verdict.notRun(row(), because: reason)
    #expect(result.status == .notRun)
    #expect(result.code == reason.rawValue)
    #expect(result.message.hasPrefix("not tried: "))
    #expect(result.http == [])
  }
}
