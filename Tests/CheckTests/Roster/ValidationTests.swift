import Check
import MFWS
import TestSupport
import Testing

/// What cells say, and what is said of cells that say nothing sensible.
@Suite struct ValidationTests {
  private var text: RosterText

  init() throws { text = try RosterText() }

  @Test func everyColumnIsRead() throws {
    let rows = try text.rows(
      """
      Account,server,vault,auth,domain,expect,vaults,vaults_min,vaults_not,license,rights,internal,user_id,tags,secret,id,Note
      jo,B.example.com/REST,c840be1a5b474ac08ef7835c166c8e24,Windows,CORP,ALLOW,b|a,a,c,named,-A +B2,TRUE,7,y x,staff,one,hi
      """)
    var expected = RosterRow(
      id: "one", file: "roster.csv", row: 1, line: 2, server: "https://b.example.com", account: "jo")
    expected.target = .vault(guid: RosterText.guid)
    (expected.auth, expected.domain, expected.expect) = (.windows, "CORP", .allow)
    (expected.vaults, expected.vaultsMin, expected.vaultsNot) = (["a", "b"], ["a"], ["c"])
    (expected.license, expected.isInternal, expected.userID) = (.named, true, 7)
    expected.rights = [.init("A", isGranted: false), .init("B2", isGranted: true)]
    (expected.tags, expected.secret, expected.meta) = (["x", "y"], "staff", ["Note": "hi"])
    #expect(rows == [expected])
  }

  /// The verdict compares names with those of SessionInfo. Servers may have more rights than are known here.
  @Test func rightsInAnotherCaseAreThoseOfTheServer() throws {
    let row = try #require(
      try text.rows("account,vault,rights\njo,a,+canseeallobjects -CANCREATEOBJECTS +someRight\n").first)
    #expect(row.rights.map(\.name) == ["CanCreateobjects", "CanSeeAllObjects", "someRight"])
    #expect(row.rights.map(\.isGranted) == [false, true, true])
  }

  @Test func leftOutCellsHaveDefaults() throws {
    let row = try #require(try text.rows("account,vault,expect,auth\njo,,,\n").first)
    #expect(row.server == RosterText.server)
    #expect(row.target == .account)
    #expect(row.expect == .allow)
    #expect(row.auth == .mfiles)
    #expect(row.domain == nil && row.vaults == nil && row.secret == nil && row.license == nil)
  }

  @Test func settingsGiveDefaults() throws {
    var text = text
    text.settings.auth = .windows
    text.settings.domain = "CORP"
    let rows = try text.rows("account,auth\njo,\nal,mfiles\nOTHER\\bo,\n")
    #expect(rows.map(\.domain) == ["CORP", nil, "OTHER"])
    #expect(rows.map(\.account) == ["jo", "al", "bo"])
  }

  @Test func severalVaultsAreSeveralRows() throws {
    let rows = try text.rows("account,vault,id\njo,Sales|HR,j\nal,*,\n")
    #expect(rows.map(\.target) == [.vaultNamed("Sales"), .vaultNamed("HR"), .everyVault])
    #expect(rows.prefix(2).map(\.id) == ["j/Sales", "j/HR"])
    #expect(rows.map(\.row) == [1, 1, 2])
  }

  @Test func idsDependOnWhatIsOrderedAlone() throws {
    let ids = try text.rows("account,vault,expect,tags\njo,Sales,deny,x\nal,,,\n").map(\.id)
    let again = try text.rows("tags,vault,account,expect\n,,AL,\n,Sales,Jo,deny\n").map(\.id)
    #expect(ids == again.reversed())
    #expect(ids.allSatisfy { $0.count == 16 })
    let others = try text.rows(
      "account,vault,expect,auth\njo,Sales,allow,\njo,,deny,\njo,Sales,deny,bearer\n")
    #expect(Set(ids + others.map(\.id)).count == 5)
  }

  @Test(arguments: [
    ("account,expct\njo,deny", "1:9: the column \"expct\" is unknown: did you mean expect? Rename it"),
    ("account,expected\njo,deny", "1:9: the column \"expected\" is unknown: did you mean expect? Rename it"),
    ("account,licence\njo,named", "1:9: the column \"licence\" is unknown: did you mean license? Rename it"),
    ("account,lisence\njo,named", "1:9: the column \"lisence\" is unknown: did you mean license? Rename it"),
    ("account,vuatls\njo,HR", "1:9: the column \"vuatls\" is unknown: did you mean vaults? Rename it"),
    (
      "account,vauts_mn\njo,HR", "1:9: the column \"vauts_mn\" is unknown: did you mean vaults_min? Rename it"
    ),
    ("account,User ID\njo,1", "1:9: the column \"User ID\" is unknown: did you mean user_id? Rename it"),
    (
      "account,Initial Password\njo,x",
      "1:9: the column \"Initial Password\": a roster holds no passwords; take it out, and name a --secret in the column secret"
    ),
    ("account,expect\njo,maybe", "2:4: expect \"maybe\" is unknown: it takes allow, deny or any"),
    ("account,auth\njo,window", "2:4: auth \"window\" is unknown: did you mean windows?"),
    ("account,license\njo,name", "2:4: license \"name\" is unknown: did you mean named?"),
    ("account,internal\njo,yes", "2:4: internal \"yes\" is unknown: it takes true or false"),
    ("account,user_id\njo,-1", "2:4: user_id must be a whole number, such as 17"),
    ("account,user_id\njo,99999999999999999999", "2:4: user_id must be a whole number, such as 17"),
    ("account,vault\n,Sales", "2: the row has no account"),
    ("account\n jo", "2:1: account begins or ends with a blank: take it out"),
    ("account\nj\u{200B}o", "2:1: account holds the character U+200B, which does not show: take it out"),
    ("account,vault\njo,a||b", "2:4: vault has nothing between two |: take one out"),
    ("account,vault\njo,a|b|a", "2:4: vault has \"a\" twice: take one out"),
    ("account,vault\njo,a|*", "2:4: vault has * beside other vaults: * alone means each one"),
    ("account,vault\njo,{12}", "2:4: \"{12}\" is no GUID: it has 32 digits, 0 to 9 and A to F"),
    ("account,vaults\njo,*", "2:4: vaults takes GUIDs and names, not *"),
    ("account,vaults,vaults_not\njo,a|b,b", "2:8: \"b\" is ordered and forbidden at once: leave one out"),
    ("account,tags\njo,x y x", "2:4: tags has \"x\" twice: take one out"),
    (
      "account,rights\njo,+CanSeeAllObjects",
      "2:4: rights are those in a vault: name one under vault, or * for each"
    ),
    (
      "account,vault,rights\njo,a,CanSee",
      "2:6: the right \"CanSee\" must be written like +CanSeeAllObjects or -CanDestroyObjects"
    ),
    (
      "account,vault,rights\njo,a,-CanSeeAllObject",
      "2:6: the right \"CanSeeAllObject\" is unknown: did you mean -CanSeeAllObjects?"
    ),
    ("account,vault,rights\njo,a,+A -A", "2:6: rights has \"A\" twice: take one out"),
    ("account,vault,rights\njo,a,+Aa -aA", "2:6: rights has \"aA\" twice: take one out"),
    (
      "account,vault,rights\njo,a,+CanSeeAllObjects -canseeallobjects",
      "2:6: rights has \"CanSeeAllObjects\" twice: take one out"
    ),
    ("account,domain\njo,CORP", "2:4: domain is of Windows accounts: write windows under auth"),
    ("account,auth\nA\\B\\C,windows", "2:1: a Windows account is written account or DOMAIN\\account"),
    ("account,auth,domain\nA\\B,windows,C", "2:13: account names the domain \"A\": leave one of them out"),
    (
      "account,secret\njo,staf",
      "2:4: no --secret has the name that stands here under secret: did you mean staff?"
    ),
    (
      "account,secret\njo,hunter2",
      "2:4: no --secret has the name that stands here under secret: add --secret NAME=prompt with that name, or name one of leavers, staff"
    ),
    (
      "account,secret\njo,demo\nal,demo",
      "2:4: no --secret has the name that stands here under secret: add --secret NAME=prompt with that name, or name one of leavers, staff"
    ),
    (
      "account,server\njo,c.example.com",
      "2:4: the server \"https://c.example.com\" is not allowed: add --allow-server https://c.example.com if it should be"
    ),
    (
      "account,server\njo,https://jo:hunter2@a.example.com",
      "2:4: server: an address must not hold a user or password: give them as options or arguments"
    ),
  ])
  func mistakesNameTheirRemedy(roster: String, mistake: String) throws {
    #expect(try text.mistakes(roster) == ["roster.csv:\(mistake)"])
  }

  @Test(arguments: [
    "password", "Passwort", "pwd", "userPassword", "API key", "token", "PASS", "password2", "pasword",
    "Initial Paswort", "passwrod",
  ])
  func passwordsAreRefused(column: String) throws {
    let mistakes = try text.mistakes("account,\(column)\njo,hunter2\n")
    #expect(mistakes.count == 1)
    #expect(mistakes.allSatisfy { $0.contains("a roster holds no passwords") && !$0.contains("hunter2") })
    #expect(try text.mistakes("[{\"account\":\"jo\",\"\(column)\":\"hunter2\"}]", "r.json").count == 1)
  }

  @Test(arguments: [
    "password_last_set", "email", "department", "sid", "role", "compass", "Account Manager", "amount",
    "external", "passport", "passed", "count",
  ])
  func otherColumnsTravelAlong(column: String) throws {
    #expect(try text.rows("account,\(column)\njo,x\n").map(\.meta) == [[column: "x"]])
  }

  @Test func aMissingServerIsToldOnce() throws {
    var text = text
    text.settings.server = nil
    #expect(
      try text.mistakes("account\njo\nal\n") == [
        "roster.csv:2: the row has no server: name it with --url, or in a column server"
      ])
    #expect(try text.rows("account,server\njo,b.example.com\n").map(\.server) == ["https://b.example.com"])
  }

  @Test func allMistakesAreCountedAndTheFirstKept() throws {
    let roster = "account,expect\n" + (0..<250).map { "a\($0),nix\n" }.joined()
    let mistakes = try #require(throws: RosterMistakes.self) { try text.build(roster) }
    #expect(mistakes.count == 250)
    #expect(mistakes.mistakes.count == 100)
    #expect(mistakes.mistakes.map(\.line) == Array(2...101))
    #expect(mistakes.description.hasSuffix("\nand 150 more"))
  }

  @Test func whatIsQuotedIsShortAndShows() throws {
    let mistakes = try text.mistakes("account,expect\njo,a\(String(repeating: "\u{301}", count: 1000))\n")
    #expect(mistakes.allSatisfy { $0.utf8.count < 250 && $0.contains("…\" is unknown") })
    #expect(try text.mistakes("account,expect\njo,\"x\u{1B}[1m\"\n").allSatisfy { $0.contains("U+001B") })
  }

  @Test func allMistakesOfARowAreTold() throws {
    #expect(try text.mistakes("account,expect,auth,user_id\njo,x,y,z\n").count == 3)
  }

  @Test func recordsOfProgramsHaveNumbers() throws {
    var builder = try RosterBuilder(text.settings, folder: text.folder.path)
    builder.begin("roster.lua", countsRows: true)
    try builder.add(RosterRecord(["account": "jo", "user_id": 7, "vault": ["Sales", "HR"]], number: 1))
    try builder.add(RosterRecord(["account": "al", "expect": "alow"], number: 2))
    builder.note(RecordFault(line: 3, "the row must be a table"))
    let mistakes = try #require(throws: RosterMistakes.self) { try builder.finish() }
    #expect(
      mistakes.mistakes.map(\.description) == [
        "roster.lua: row 2: expect \"alow\" is unknown: did you mean allow?",
        "roster.lua: row 3: the row must be a table",
      ])
  }
}
