import Check
import Testing

/// Rosters in JSON and NDJSON.
@Suite struct RosterJSONTests {
  private let text: RosterText

  init() throws { text = try RosterText() }

  @Test func valuesHaveTheirTypes() throws {
    let rows = try text.rows(
      """
      [
        {"account": "jo", "vault": ["a|b", "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"], "internal": true,
         "user_id": 17, "tags": ["x", "y z"], "rights": ["+CanSeeAllObjects", "-CanDestroyObjects"], "id": 4,
         "vaults": [], "note": null, "n": 1.5, "list": [1, {"a": false}]}
      ]
      """, "roster.json")
    #expect(rows.map(\.target) == [.vaultNamed("a|b"), .vault(guid: RosterText.guid)])
    #expect(rows.map(\.id) == ["4/a|b", "4/\(RosterText.guid)"])
    #expect(rows.map(\.line) == [2, 2])
    let row = try #require(rows.first)
    #expect(row.isInternal == true)
    #expect(row.userID == 17)
    #expect(row.tags == ["x", "y z"])
    #expect(row.vaults == [])
    #expect(
      row.rights == [
        .init("CanDestroyObjects", isGranted: false), .init("CanSeeAllObjects", isGranted: true),
      ])
    #expect(row.meta == ["n": "1.5", "list": "[1,{\"a\":false}]"])
  }

  @Test func sameRowsAreTheSameRosterInEveryFormat() throws {
    let csv = try text.build("account,vault,expect\njo,Sales,deny\nal,,\n")
    let json = try text.build(
      #"[{"account":"jo","vault":"Sales","expect":"deny"},{"account":"al"}]"#, "roster.json")
    let lines = try text.build(
      "{\"account\":\"jo\",\"vault\":\"Sales\",\"expect\":\"deny\"}\n\n{\"account\":\"al\"}", "r.ndjson")
    #expect(csv.hash == json.hash)
    #expect(csv.hash == lines.hash)
  }

  @Test(arguments: [
    "account\njo", "account;vault\njo;", "account\tvault\njo\t", " [ {\"account\":\"jo\"} ]",
    "\u{FEFF}\n{\"account\":\"jo\"}\n",
  ])
  func standardInputShowsItsFormat(roster: String) throws {
    #expect(try text.rows(roster, "-").map(\.account) == ["jo"])
  }

  @Test(arguments: [
    ("", "1: the roster is empty: write a list of objects, [ { \"account\": … } ]"),
    (
      "{\"account\":\"jo\"}",
      "1:1: a list in brackets is missing, [ ]: put them around the objects, or name the roster .ndjson"
    ),
    ("account\njo", "1:1: the roster is no JSON: it must be a list of objects in brackets, [ ]"),
    ("[\n\"jo\"]", "2:1: a row must be an object in braces, { }"),
    ("[\n{\"account\": \"jo\"", "2:1: the row that begins here is never closed: close it"),
    ("[\n", "2:1: the list is never closed: a ] is missing"),
    ("[{\"account\":\"jo\"},", "1:19: the list is never closed: a ] is missing"),
    ("[{\"account\":\"jo\"}", "1:18: no JSON from here on: a comma or ] is missing"),
    ("[,{\"account\":\"jo\"}]", "1:2: a row must be an object in braces, { }"),
    ("[{\"account\":\"jo\"},\n]", "2:1: a comma in front of the ]: take it out"),
    ("[{\"account\":\"jo\"}\n{\"account\":\"al\"}]", "2:1: no JSON from here on: a comma or ] is missing"),
    ("[{\"account\":\"jo\"}] x", "1:20: there is more behind the list: take it out"),
    ("[{\"account\":\"jo\",\n }]", "2:2: a comma in front of the }: take it out"),
    ("[{\"account\":\"jo\", id: 1}]", "1:19: no JSON from here on: a name in double quotes is missing"),
    ("[{\"account\":\"jo\" \"id\": 1}]", "1:18: no JSON from here on: a comma or } is missing"),
    ("[{\"ä\": 01, \"account\": \"jo\"}]", "1:8: no JSON from here on: check quotes, commas and brackets"),
    ("[{\"account\":\"\\u+123\"}]", "1:20: no JSON from here on: check quotes, commas and brackets"),
    ("[{\"account\":\"jo\",\n\"id\":\"1\",\n \"id\":\"2\"}]", "3:2: \"id\" is there twice: take one out"),
    (
      "[{\"account\":\"jo\",\n  \"expect\":\"alow\"}]", "2:3: expect \"alow\" is unknown: did you mean allow?"
    ),
    ("[{\"account\":\"jo\", \"Account\":\"al\"}]", "1:19: account is there twice: take one out"),
    ("[{}]", "1: the row has no account"),
    ("[{\"account\":17}]", "1:3: account must be a string: put it in quotes"),
    ("[{\"account\":\"jo\",\"internal\":1}]", "1:18: internal must be true or false"),
    ("[{\"account\":\"jo\",\"user_id\":1.5}]", "1:18: user_id must be a whole number, such as 17"),
    ("[{\"account\":\"jo\",\"vaults\":[1]}]", "1:18: vaults must be a list of strings"),
  ])
  func mistakesHaveTheirPlace(roster: String, mistake: String) throws {
    #expect(try text.mistakes(roster, "roster.json") == ["roster.json:\(mistake)"])
  }

  @Test func depthHasALimit() throws {
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    let mistakes = try text.mistakes("{\"account\":\"jo\",\"note\":\(deep)}", "r.ndjson")
    #expect(mistakes.count == 1)
    #expect(mistakes[0].hasSuffix(": the value is nested too deep: flatten it"))
  }

  @Test func linesAreReadOnBehindAMistake() throws {
    #expect(
      try text.mistakes("{\"account\":\"jo\"\n{\"account\":\"al\"} {}\n\n{\"account\":\"\"}\n", "r.ndjson")
        == [
          "r.ndjson:1:16: no JSON from here on: a comma or } is missing",
          "r.ndjson:2:18: there is more behind the row: write one object only",
          "r.ndjson:4: the row has no account",
        ])
  }

  @Test func rowsHaveALimit() throws {
    let long = String(repeating: "x", count: 1 << 20)
    #expect(
      try text.mistakes("[{\"account\":\"\(long)\"}]", "r.json")
        == ["r.json:1:2: the row is longer than 1048576 bytes: shorten it"])
    #expect(
      try text.mistakes("{\"account\":\"\(long)\"}", "r.ndjson")
        == ["r.ndjson:1: the line is longer than 1048576 bytes: shorten it"])
  }

  @Test func otherEncodingsAreTold() throws {
    let text16: [UInt8] = [0xFF, 0xFE, 0x5B, 0, 0x5D, 0]
    #expect(try text.mistakes(text16, "r.json") == ["r.json:1: the text is UTF-16: save it as UTF-8"])
    let latin = Array("[\n {\"account\":\"J".utf8) + [0xF6] + Array("rg\"}]".utf8)
    #expect(
      try text.mistakes(latin, "r.json") == ["r.json:2:2: the row is no UTF-8: save the roster as UTF-8"])
  }
}
