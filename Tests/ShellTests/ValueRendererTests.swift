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

  @Test func columnsHoldScalarsOnly() {
    let one = table(["Name": string("A"), "More": table(["x": .integer(1)])])
    #expect(render(list(one, one)) == "Name\nA\nA")
  }

  @Test func aRecordIsKeysAndValues() {
    let record = table([
      "UserID": .integer(7), "Name": string("editor"), "Rights": table(["a": .bool(true)]), "Empty": list(),
      "Groups": list(.integer(1), .integer(2)),
    ])
    #expect(
      render(record) == "Name    \"editor\"\nEmpty   {}\nGroups  {…2 items}\nRights  {…1 field}\nUserID  7")
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
}
