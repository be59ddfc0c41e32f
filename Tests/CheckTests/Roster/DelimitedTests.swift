import Check
import TestSupport
import Testing

/// Rosters in CSV and TSV: RFC 4180, and what is said of text that does not keep to it.
@Suite struct DelimitedTests {
  private let text: RosterText

  init() throws { text = try RosterText() }

  private func accounts(_ roster: String, _ name: String = "roster.csv") throws -> [String] {
    try text.rows(roster, name).map(\.account)
  }

  // MARK: - RFC 4180

  @Test(arguments: ["\n", "\r\n"]) func linesEndWithEither(end: String) throws {
    #expect(try accounts(["account,vault", "jo,Sales", "al,HR"].joined(separator: end)) == ["jo", "al"])
    #expect(try accounts(["account,vault", "jo,Sales", ""].joined(separator: end)) == ["jo"])
  }

  @Test func quotesKeepSeparatorsLinesAndQuotes() throws {
    let rows = try text.rows("account,note\n\"jo, junior\",\"two\r\nlines, \"\"quoted\"\"\"\n\"al\",\"\"\n")
    #expect(rows.map(\.account) == ["jo, junior", "al"])
    #expect(rows.map(\.meta) == [["note": "two\r\nlines, \"quoted\""], [:]])
    #expect(rows.map(\.line) == [2, 4])
    #expect(rows.map(\.row) == [1, 2])
  }

  @Test(arguments: [",", ";", "\t"]) func separatorsAreSeen(separator: String) throws {
    let roster = "account|vault|expect\njo|Sales|deny".replacing("|", with: separator)
    let row = try #require(try text.rows(roster).first)
    #expect(row.target == .vaultNamed("Sales"))
    #expect(row.expect == .deny)
  }

  @Test func separatorsInNamesDoNotCount() throws {
    let rows = try text.rows("account;\"a, b, c, d\";vault\njo;x;Sales\n")
    #expect(rows.map(\.meta) == [["a, b, c, d": "x"]])
  }

  @Test func tabsOfTSVSeparateAlone() throws {
    #expect(try accounts("account\tnote, more; most\njo, al\tx", "roster.tsv") == ["jo, al"])
  }

  @Test func marksBlankLinesAndMissingLastEndsAreNothing() throws {
    #expect(try accounts("\u{FEFF}account\n\njo\n\r\nal") == ["jo", "al"])
  }

  @Test func cellsStayText() throws {
    let rows = try text.rows("account,user_id,a,b,c\n007,017,1e5,=1+1,TRUE\n")
    #expect(rows.map(\.account) == ["007"])
    #expect(rows.map(\.userID) == [17])
    #expect(rows.map(\.meta) == [["a": "1e5", "b": "=1+1", "c": "TRUE"]])
  }

  // MARK: - Mistakes

  @Test(arguments: [
    ("", "roster.csv:1: the roster is empty: begin it with a line such as account,vault,expect"),
    ("\u{FEFF}\n\n", "roster.csv:1: the roster is empty: begin it with a line such as account,vault,expect"),
    (
      "jo,Sales\nal,HR",
      "roster.csv:1: the first line names no column of a roster: begin with a line such as account,vault,expect"
    ),
    ("vault\nSales", "roster.csv:1: no column is named account: rename the one with the logins"),
    (
      "account,note,Note\njo,1,2",
      "roster.csv:1:14: the name of this column is there twice: take one out"
    ),
    ("account,,note\njo,1,2", "roster.csv:1:9: a column has no name: name it, or take it out"),
    (
      "account,note\njo\n",
      "roster.csv:2: the row has 1 cell and the first line 2: write one for each column, with nothing in it if need be"
    ),
    (
      "account;note\njo;a;b\n",
      "roster.csv:2: the row has 3 cells and the first line 2: put cells that hold a semicolon in quotes"
    ),
    (
      "account,note\njo,\"a\nal,b\n",
      "roster.csv:2:4: the quote that begins here is never closed: close it"
    ),
    (
      "account,note\njo,\"a\"b\n",
      "roster.csv:2:7: text behind the closing quote: write \"\" for a quote inside of a cell"
    ),
    (
      "account,note\njo,ä\"b\"\n",
      "roster.csv:2:5: a quote in a cell without quotes: put the whole cell in quotes, and write \"\" for the one in it"
    ),
    (
      "account,note\njo,a\rb\n",
      "roster.csv:2:5: a carriage return that ends no line: end lines with CR LF or LF, or put the cell in quotes"
    ),
    (
      "account,note\njo,a\u{0}b\n",
      "roster.csv:2:4: the cell holds a zero byte: save the roster as UTF-8 text"
    ),
  ])
  func mistakesHaveTheirPlace(roster: String, mistake: String) throws {
    #expect(try text.mistakes(roster) == [mistake])
  }

  @Test func otherEncodingsAreTold() throws {
    #expect(
      try text.mistakes([0xFF, 0xFE, 0x61, 0x00]) == ["roster.csv:1: the text is UTF-16: save it as UTF-8"])
    #expect(
      try text.mistakes([0xFE, 0xFF, 0x00, 0x61]) == ["roster.csv:1: the text is UTF-16: save it as UTF-8"])
    #expect(
      try text.mistakes(Array("account,note\njo,J".utf8) + [0xF6] + Array("rg\n".utf8))
        == ["roster.csv:2:4: the cell is no UTF-8: save the roster as UTF-8"])
  }

  @Test func readingGoesOnBehindAMistake() throws {
    let mistakes = try text.mistakes("account,expect\njo\nal,alow\n\"x\"y,z\n,deny\n")
    #expect(
      mistakes.map { $0.prefix(15) } == [
        "roster.csv:2: t", "roster.csv:3:4:", "roster.csv:4:4:", "roster.csv:5: t",
      ])
  }

  @Test func cellsLinesAndCountsHaveLimits() throws {
    let long = String(repeating: "x", count: 65537)
    #expect(
      try text.mistakes("account,note\njo,\(long)\n") == [
        "roster.csv:2:4: the cell is longer than 65536 bytes: shorten it, or close the quote that begins it"
      ])
    let cells = [String](repeating: String(long.dropFirst(1)), count: 17)
    let names = (0..<16).map { "n\($0)" }
    #expect(
      try text.mistakes("\(names.joined(separator: ",")),account\n\(cells.joined(separator: ","))\n") == [
        "roster.csv:2: the line is longer than 1048576 bytes: shorten it"
      ])
    #expect(
      try text.mistakes("account\(String(repeating: ",", count: 1000))\n") == [
        "roster.csv:1: the line has more than 1000 cells: split the roster"
      ])
  }

  @Test func aCellIsReadAcrossChunks() throws {
    let roster = Array("account,note\r\njo,\"ä\r\n\"\"x\"\r\nal,ö\r\n".utf8)
    for size in 1...7 {
      var rest = roster[...]
      let input = RosterInput {
        defer { rest = rest.dropFirst(size) }
        return Array(rest.prefix(size))
      }
      var builder = try RosterBuilder(text.settings, folder: text.folder.path)
      try builder.add(input, file: "roster.csv", format: .csv)
      let rows = try builder.finish().rows()
      #expect(rows.map(\.meta) == [["note": "ä\r\n\"x"], ["note": "ö"]])
      #expect(rows.map(\.line) == [2, 4])
    }
  }
}
