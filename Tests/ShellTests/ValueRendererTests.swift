import LineEditing
import LuaKit
import Shell
import Testing

/// How results look at the prompt.
struct ValueRendererTests {
  init() { TerminalLocale.adopt() }

  private func string(_ text: String) -> LuaView { .string(Array(text.utf8)) }

  private func list(_ items: LuaView..., omitted: Int = 0) -> LuaView {
    .table(.init(array: items, omitted: omitted))
  }

  private func table(_ fields: KeyValuePairs<String, LuaView>) -> LuaView {
    .table(.init(fields: fields.map { (string($0.key), $0.value) }))
  }

  private func render(_ values: LuaView..., width: Int = 60) -> String {
    ValueRenderer.render(values, width: width)
  }

  @Test(arguments: [
    (1.0, "1.0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e15, "1e+15"), (1e14, "1e+14"), (123456.0, "123456.0"),
    (3.14159265358979, "3.14159265358979"), (0.1 + 0.2, "0.30000000000000004"), (.infinity, "inf"),
    (-.infinity, "-inf"), (.nan, "nan"),
    (-.nan, "-nan"),
  ])
  func numbersLookAsLuaPrintsThem(number: Double, text: String) {
    #expect(render(.number(number)) == text)
  }

  @Test func scalarsStandOnTheirOwnLines() {
    #expect(
      render(.nothing, .bool(true), .integer(-5), .other(kind: "function", text: "function: 0x1"))
        == "nil\ntrue\n-5\nfunction: 0x1")
    #expect(render(.other(kind: "secret", text: "secret(•••)")) == "secret(•••)")
    #expect(render() == "")
  }

  @Test func stringsAreLiterals() {
    #expect(render(string("a\"b\\\n\u{1B}ü\u{202E}")) == #""a\"b\\\n\x1Bü\u{202E}""#)
    #expect(render(.string([0x61, 0xFF, 0x80])) == #""a\xFF\x80""#)
    #expect(render(.string(Array(repeating: 0x61, count: 10_005))).hasSuffix("a\"… 5 more bytes"))
  }

  @Test func listsAreWrapped() {
    #expect(render(list(.integer(1), string("b"), .bool(false))) == #"{1, "b", false}"#)
    #expect(render(.table(.init())) == "{}")
    let numbers = LuaView.table(.init(array: (1...12).map { .integer(1000 + $0) }))
    #expect(
      render(numbers, width: 30)
        == "{1001, 1002, 1003, 1004, 1005,\n 1006, 1007, 1008, 1009, 1010,\n 1011, 1012}")
  }

  @Test func longListsEndWithAHint() {
    let numbers = LuaView.table(.init(array: (1...150).map { .integer($0) }, omitted: 200))
    #expect(render(numbers).hasSuffix("99, 100, … 250 more}"))
  }

  @Test func recordsInAListAreATable() {
    let vault = table([
      "Authentication": .other(kind: "secret", text: "secret(•••)"), "GUID": string("{1}"),
      "Name": string("A"),
    ])
    let other = table(["GUID": string("{2}"), "Name": string("Bee"), "Authentication": .nothing])
    #expect(
      render(list(vault, other, omitted: 3))
        == "Name  GUID  Authentication\nA     {1}   secret(•••)\nBee   {2}   nil\n… 3 more")
  }

  @Test func cellsHoldSmallTables() {
    let one = table(["Name": string("A"), "More": table(["x": .integer(1)])])
    let long = list(.integer(1_000_001), .integer(1_000_002), .integer(1_000_003))
    let other = table(["Name": string("B"), "More": long])
    #expect(render(list(one, other), width: 30) == "Name  More\nA     {x = 1}\nB     {…3 items}")
    #expect(
      ValueRenderer.render([list(one, other)], width: 60, limit: .max)
        == "Name  More\nA     {x = 1}\nB     {1000001, 1000002, 1000003}")
  }

  @Test func largerTablesAreShownWhereThereIsRoom() {
    let names = list(string("http://one.example.com"), string("http://two.example.com"))
    let vaults = list(
      table(["Name": string("A"), "DNSNames": names]), table(["Name": string("B"), "DNSNames": list()]))
    #expect(
      render(vaults)
        == """
        Name  DNSNames
        A     {"http://one.example.com", "http://two.example.com"}
        B     {}
        """)
    #expect(render(vaults, width: 40) == "Name  DNSNames\nA     {…2 items}\nB     {}")
  }

  @Test func recordsWithMostFieldsInCommonAreATable() {
    let one = table(["ID": .integer(1), "Name": string("A"), "Rare": .bool(true)])
    let two = table(["ID": .integer(2), "Name": string("B")])
    #expect(render(list(two, one, two)) == "Name  ID  Rare\nB     2\nA     1   true\nB     2")
    let others = ["a", "b", "c"].map { name in LuaView.table(.init(fields: [(string(name), .integer(1))])) }
    #expect(render(.table(.init(array: others))) == "{{a = 1}, {b = 1}, {c = 1}}")
  }

  private static let guid = "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"

  private func vault(_ name: String) -> LuaView {
    table([
      "Name": string(name), "GUID": string(Self.guid),
      "Authentication": .other(kind: "secret", text: "secret(•••)"), "Owner": string("somebody"),
    ])
  }

  @Test(arguments: [
    (80, "Name  GUID                                    Authentication  Owner\n", ""),
    (69, "Name  GUID                                    Owner\n", "\n… without Authentication: how"),
    (55, "Name  GUID                                    Owner\n", "\n… without Authentication: how"),
    (48, "Name  GUID\n", "\n… without Authentication, Owner: how"),
  ])
  func identifiersStayWhole(width: Int, start: String, end: String) {
    let text = ValueRenderer.render([list(vault("A"))], width: width, remedy: "how")
    #expect(text.hasPrefix(start) && text.hasSuffix(end) && text.contains(Self.guid), "\(text)")
  }

  @Test func whatIsTooWideForATableIsShownRecordByRecord() {
    let render = { (value: LuaView, width: Int) in
      ValueRenderer.render([value], width: width, limit: .max, splitsWideTables: true)
    }
    let vaults = list(vault("A"), table(["Name": string("B")]), vault("C"))
    #expect(render(vaults, 80).hasPrefix("Name  GUID  "))
    let split = render(vaults, 60)
    #expect(
      split.hasPrefix(
        "[1]\nName            \"A\"\nGUID            \"\(Self.guid)\"\nAuthentication  secret(•••)\n"))
    #expect(split.contains("\n\n[2]\nName  \"B\"\n\n[3]\nName            \"C\"\n"))
  }

  @Test func namesGiveWayBeforeIdentifiers() {
    let text = ValueRenderer.render(
      [list(vault(String(repeating: "n", count: 70)))], width: 80, remedy: "how")
    let rows = text.split(separator: "\n")
    #expect(rows[1].hasSuffix("somebody") && rows[1].contains(Self.guid) && rows[1].contains("n…"), "\(text)")
    #expect(rows.allSatisfy { TerminalText.width(String($0)) <= 80 })
  }

  @Test func whatIsLeftOutIsSaid() {
    let numbers = LuaView.table(.init(array: (1...150).map { .integer($0) }))
    #expect(
      ValueRenderer.render([numbers], width: 80, remedy: "how").hasSuffix("… 50 more}\n… how"))
    let records = LuaView.table(.init(array: (1...150).map { table(["n": .integer($0)]) }))
    #expect(ValueRenderer.render([records], width: 80, remedy: "how").hasSuffix("\n100\n… 50 more: how"))
    let whole = ValueRenderer.render([records], width: 80, limit: .max, remedy: "how")
    #expect(whole.hasSuffix("\n149\n150"))
    #expect(
      ValueRenderer.render(
        [table(["text": string(String(repeating: "x", count: 90))])], width: 40, remedy: "how"
      )
      .hasSuffix("…\n… how"))
    #expect(ValueRenderer.render([list(.integer(1))], width: 80, remedy: "how") == "{1}")
  }

  @Test func aRecordShownWholeIsSourceWhenItIsNested() {
    let inner = LuaView.table(.init(array: (1...40).map { .integer($0) }))
    let text = ValueRenderer.render([table(["a": inner, "b": .integer(1)])], width: 40, limit: .max)
    #expect(text.hasPrefix("{\n  a = {1, 2,") && text.hasSuffix("\n  b = 1,\n}") && text.contains(" 40}"))
  }

  @Test func aRecordIsKeysAndValues() {
    let record = table([
      "UserID": .integer(7), "Name": string("editor"), "Rights": table(["a": .bool(true)]), "Empty": list(),
      "Groups": list(.integer(1), .integer(2)),
    ])
    #expect(
      render(record) == "Name    \"editor\"\nEmpty   {}\nGroups  {1, 2}\nRights  {a = true}\nUserID  7")
  }

  @Test func otherTablesAreSource() {
    let mixed = LuaView.table(
      .init(
        array: [.integer(1)],
        fields: [
          (.bool(true), string("t")), (string("end"), .integer(2)), (.integer(9), list()),
          (string("x"), .nothing),
        ]))
    #expect(render(mixed, width: 80) == #"{1, ["end"] = 2, x = nil, [9] = {}, [true] = "t"}"#)
    #expect(
      render(list(list(.integer(1)), mixed), width: 30)
        == "{\n  {1},\n  {\n    1,\n    [\"end\"] = 2,\n    x = nil,\n    [9] = {},\n    [true] = \"t\",\n  },\n}"
    )
  }

  @Test func cyclesAndDepthsEnd() {
    let cycle = LuaView.table(.init(isCycle: true))
    #expect(render(list(cycle, .integer(1))) == "{<cycle>, 1}")
    let deep = (0..<10).reduce(LuaView.integer(1)) { inner, _ in list(inner) }
    #expect(render(deep) == "{{{{{…1 item}}}}}")
  }

  @Test func nothingFromElsewhereReachesTheTerminal() {
    let text = render(
      list(table(["\u{1B}k": string("\u{1B}v")])), .other(kind: "userdata", text: "\u{1B}[2J"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func aRecordShownWholeCanGiveTablesByTheirSize() {
    let inner = LuaView.table(.init(fields: (10...40).map { (string("field\($0)"), .integer($0)) }))
    let long = String(repeating: "x", count: 90)
    for width in [30, 80, 1 << 20] {
      #expect(
        ValueRenderer.render(
          [table(["a": inner, "b": list(.integer(1)), "c": string(long)])], width: width, limit: .max,
          nestedWidth: 80) == "a  {…31 fields}\nb  {1}\nc  \"\(long)\"")
    }
  }
}
