import Check
import TestSupport
import Testing

@Suite struct RunLookupTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("journal.ndjson")
  }

  @Test func knowsWhichRowsAreDone() throws {
    let sample = SampleRun()
    _ = try sample.journal(in: folder)
    let lookup = try RunLookup(path)
    for result in sample.results {
      let earlier = try lookup.earlier(id: result.id, content: result.content)
      let isOpen = [.notRun, .inconclusive].contains(result.status)
      let expected = EarlierResult(
        code: result.code, status: result.waiver?.was ?? result.status, waiver: result.waiver)
      #expect(earlier == (isOpen ? nil : expected))
      #expect(try lookup.earlier(id: result.id, content: "changed") == nil)
    }
    #expect(try lookup.earlier(id: "unknown", content: "") == nil)
  }

  @Test func takesTheLastResultOfARow() throws {
    _ = try SampleRun([
      SampleRun.notRun("1", "a"), SampleRun.passed("1", "a"), SampleRun.missingVault("2", "b"),
    ])
    .journal(in: folder)
    let lookup = try RunLookup(path)
    #expect(try lookup.earlier(id: "1", content: SampleRun.passed("1", "a").content)?.code == "allowed")
  }

  @Test func selectsRowsToCheckAgain() throws {
    let sample = SampleRun()
    _ = try sample.journal(in: folder)
    let lookup = try RunLookup(path)
    let ids = sample.results.map(\.id)
    #expect(try ids.filter { try lookup.contains(id: $0, .failed) } == ["r2", "r3", "r4"])
    #expect(try ids.filter { try lookup.contains(id: $0, .inconclusive) } == ["r6", "r7", "r8", "s1"])
    #expect(try !lookup.contains(id: "unknown", .failed))
  }

  @Test func knowsWhichAccountsGotInWithWhichSecret() throws {
    var order = SampleRun.row("1", "Anna")
    order.domain = "CORP"
    order.secret = "staff"
    var shut = SampleRun.row("2", "ben", .deny, vault: "HR")
    shut.secret = "staff"
    let results = [
      RowResult(order, status: .diff, code: "allowed"),
      RowResult(shut, status: .pass, code: "denied.vault"),
      RowResult(SampleRun.row("3", "carl", .deny), status: .unproved, code: "denied.credentials"),
      RowResult(SampleRun.row("4", "dora"), status: .inconclusive, code: "network.timeout"),
    ]
    _ = try SampleRun(results).journal(in: folder)
    let accounts = try ProvedAccounts(path)
    let anna = AccountKey(.mfiles, domain: "corp", account: "ANNA")
    #expect(accounts.contains(anna, secret: "staff", server: SampleRun.server))
    #expect(!accounts.contains(anna, secret: "staff", server: SampleRun.other))
    #expect(
      accounts.contains(AccountKey(.mfiles, domain: "corp", account: "ANNA"), secret: "staff", server: nil))
    #expect(
      !accounts.contains(AccountKey(.mfiles, domain: "corp", account: "anna"), secret: nil, server: nil))
    #expect(
      !accounts.contains(AccountKey(.mfiles, domain: nil, account: "anna"), secret: "staff", server: nil))
    #expect(
      !accounts.contains(AccountKey(.windows, domain: "corp", account: "anna"), secret: "staff", server: nil))
    #expect(accounts.contains(AccountKey(.mfiles, domain: nil, account: "ben"), secret: "staff", server: nil))
    #expect(!accounts.contains(AccountKey(.mfiles, domain: nil, account: "carl"), secret: nil, server: nil))
    #expect(!accounts.contains(AccountKey(.mfiles, domain: nil, account: "dora"), secret: nil, server: nil))
  }
}
