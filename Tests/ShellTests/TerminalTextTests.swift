import LineEditing
import Shell
import Testing

/// Text from elsewhere on a terminal and in logs.
struct TerminalTextTests {
  init() { TerminalLocale.adopt() }

  @Test(arguments: [
    ("plain ü 語", "plain ü 語"), ("\u{1B}[31mred", "\\x1B[31mred"), ("a\tb\nc\r", "a\\tb\\nc\\r"),
    ("\u{7F}\0", "\\x7F\\x00"),
    ("\u{9B}31m", "\\u{009B}31m"), ("abc\u{202E}fed\u{2069}", "abc\\u{202E}fed\\u{2069}"),
    ("\u{E0041}", "\\u{E0041}"), ("\r\n", "\\r\\n"),
  ])
  func controlsShow(text: String, line: String) {
    #expect(TerminalText.line(text) == line)
  }

  @Test func brokenBytesAreReplaced() {
    #expect(TerminalText.line([0x61, 0xFF, 0x62, 0xC3]) == "a\u{FFFD}b\u{FFFD}")
  }

  @Test func linesKeepTheirEnds() {
    #expect(TerminalText.lines("a\r\nb\u{07}\nc") == "a\nb\\x07\nc")
  }

  @Test(arguments: [
    ("::set-env name=x::y", "\\::set-env name=x::y"), ("a\n  ::error::x", "a\n  \\::error::x"),
    ("##[error]x", "#\\#[error]x"), ("##vso[task.setvariable]x", "#\\#vso[task.setvariable]x"),
    ("##teamcity[buildStatus]", "#\\#teamcity[buildStatus]"), ("ok ##[add-path]x", "ok #\\#[add-path]x"),
    ("a\r\n::x", "a\n\\::x"), ("a\r::x", "a\\r::x"), ("\u{2003}::x", "\u{2003}\\::x"),
    ("a::b ## c", "a::b ## c"),
  ])
  func commandsToBuildServicesAreDefused(text: String, log: String) {
    #expect(TerminalText.forLog(text) == log)
  }

  @Test func widthsCountColumns() {
    #expect(TerminalText.width("a語e\u{301}") == 4)
    #expect(TerminalText.fitted("abcdef", to: 4) == "abc…")
    #expect(TerminalText.fitted("語語語", to: 4) == "語…")
    #expect(TerminalText.fitted("abcd", to: 4) == "abcd")
    #expect(TerminalText.padded("語", to: 4) == "語  ")
  }

  @Test func tablesAlign() {
    let table = TextTable(headers: ["Name", "GUID"], rows: [["語", "{1}"], ["longer", ""], ["a\nb"]])
    #expect(table.render(width: 80) == "Name    GUID\n語      {1}\nlonger\na\\nb")
  }

  @Test func tablesShrinkTheirWidestColumns() {
    let table = TextTable(headers: ["A", "B", "C"], rows: [["short", "0123456789abcdef", "0123456789"]])
    let lines = table.render(width: 24).split(separator: "\n")
    #expect(lines == ["A      B        C", "short  012345…  0123456…"])
    #expect(lines.allSatisfy { TerminalText.width(String($0)) <= 24 })
  }

  @Test(arguments: 5...60)
  func tablesFit(width: Int) {
    let cells = ["Sample Vault 語語語", "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}", "secret(•••)"]
    let text = TextTable(headers: ["Name", "GUID", "Authentication"], rows: [cells]).render(width: width)
    #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= width })
  }

  @Test func recordsAlign() {
    let record = TextRecord([("Name", "x"), ("Longer", "0123456789")])
    #expect(record.render(width: 12) == "Name    x\nLonger  012…")
  }
}
