import Testing

@testable import LineEditing

/// The search for earlier statements: keys in, state out.
struct HistorySearchTests {
  private static let statements = [
    "session.login{}", "print('one')", "for i = 1, 2 do\n  print(i)\nend", "session.info()", "Print = 1",
  ]

  private func search(
    _ statements: [String] = Self.statements, typed: String = "typed", former: String = "",
    recalled: @escaping (String) -> String = { $0 }, enterEdits: Bool = false
  ) -> HistorySearch {
    let text = typed.unicodeScalars.map(\.value)
    return HistorySearch(
      EditBuffer(text: text, cursor: text.count), in: statements, formerQuery: former, recalled: recalled,
      enterEdits: enterEdits)
  }

  /// The outcome of the last key.
  @discardableResult
  private func type(_ keys: String, _ search: inout HistorySearch) -> HistorySearch.Outcome {
    var outcome = HistorySearch.Outcome.goesOn(isUseless: false)
    for key in keys.unicodeScalars { outcome = search.take(.character(key.value)) }
    return outcome
  }

  private func shown(_ keys: String, former: String = "") -> String {
    var search = search(former: former)
    type(keys, &search)
    return search.shown.string
  }

  private static let older = "\u{12}", newer = "\u{13}", backspace = "\u{7F}"

  @Test(arguments: [("one\n", "print('one')"), ("\n", "session.info()")])
  func enterOfViLeavesItToBeEdited(keys: String, statement: String) {
    var search = search(former: "info", enterEdits: true)
    #expect(type(keys, &search) == .edits(nil))
    #expect(search.shown.string == statement)
    #expect(type("nowhere\n", &search) == .goesBack)
  }

  @Test(arguments: [
    ("", "typed"), ("s", "session.info()"), ("session.l", "session.login{}"), ("p", "Print = 1"),
    ("pr" + older, "for i = 1, 2 do\n  print(i)\nend"), ("pr" + older + older, "print('one')"),
    ("pr" + older + older + newer, "for i = 1, 2 do\n  print(i)\nend"),
    ("pr" + older + older + newer + newer, "Print = 1"),
    // At either end it stays.
    ("pr" + older + older + older, "print('one')"), ("pr" + newer, "Print = 1"),
    // What is typed narrows what was found; Backspace goes back to that.
    ("pr" + older + "int('", "print('one')"), ("print(i", "for i = 1, 2 do\n  print(i)\nend"),
    ("pr" + older + "int('" + backspace, "for i = 1, 2 do\n  print(i)\nend"),
    ("s" + backspace, "typed"), ("s" + backspace + backspace, "typed"),
    // A capital letter asks for one.
    ("P", "Print = 1"), ("P\u{7F}p", "Print = 1"), ("Pr" + older, "Print = 1"),
    // Over several lines.
    ("end", "for i = 1, 2 do\n  print(i)\nend"),
    // What is not found leaves what was.
    ("sessionx", "session.info()"), ("sessionx" + older, "session.info()"),
    ("sessionx" + backspace + older, "session.login{}"),
  ])
  func keysFindStatements(keys: String, statement: String) {
    #expect(shown(keys) == statement)
  }

  @Test func theMatchIsToldInCharacters() {
    var search = search(["print('größe', 'Länge')"])
    type("'lÄ", &search)
    #expect(search.found?.match == 15..<17 && search.trouble == .unknown)
    type(Self.backspace + "ä", &search)
    #expect(search.found?.match == 15..<18)
    #expect(search.shown.cursor == 15)
  }

  @Test(arguments: 2...8, ["", "login", "漢"]) func aNarrowWindowHasRoom(columns: Int, query: String) {
    var search = search()
    type(query, &search)
    let picture = search.picture(
      prompt: PromptText.marked("> "), screen: .init(columns: columns, rows: 24))
    #expect(picture.rows.last.map { $0.width < columns } == true)
    #expect(picture.cursor.column < columns)
  }

  @Test func uselessKeysSaySo() {
    var search = search()
    #expect(type(Self.older, &search) == .goesOn(isUseless: true))
    #expect(type(Self.backspace, &search) == .goesOn(isUseless: true))
    #expect(type("login", &search) == .goesOn(isUseless: false))
    #expect(type(Self.older, &search) == .goesOn(isUseless: true))
    #expect(search.trouble == .noneOlder)
    #expect(type(Self.newer, &search) == .goesOn(isUseless: true))
    #expect(search.trouble == .noneNewer)
    #expect(type("?", &search) == .goesOn(isUseless: true))
    #expect(search.trouble == .unknown)
    #expect(type(Self.backspace, &search) == .goesOn(isUseless: false))
    #expect(search.take(.key(.ignored)) == .goesOn(isUseless: true))
  }

  @Test func theFormerSearchComesBack() {
    #expect(shown(Self.older, former: "pri") == "Print = 1")
    #expect(shown(Self.older + Self.older, former: "pri") == "for i = 1, 2 do\n  print(i)\nend")
  }

  @Test func whatWasTakenOutIsNeitherShownNorFoundNorRepeated() {
    var search = search(["login('x1')", "login('x2')", "other()", "login('x3')"]) {
      $0.replacing(#/x\d/#, with: "?")
    }
    type("log", &search)
    #expect(search.shown.string == "login('?')")
    #expect(type(Self.older, &search) == .goesOn(isUseless: true))
    type(Self.backspace + Self.backspace + Self.backspace + "x", &search)
    #expect(search.found == nil && search.trouble == .unknown)
  }

  @Test func aPasteIsSoughtAsAWhole() {
    var search = search()
    _ = search.take(.paste(Array("2 do\n  print(i)\n".utf8)))
    #expect(search.shown.string == "for i = 1, 2 do\n  print(i)\nend")
    type(Self.backspace, &search)
    #expect(search.shown.string == "typed")
  }

  @Test func enterEntersAndOthersEdit() {
    var search = search()
    type("info", &search)
    #expect(search.take(.key(.enter)) == .enters)
    #expect(search.take(.character(0x0A)) == .enters)
    #expect(type("\u{1B}", &search) == .edits(nil))
    #expect(type("\t", &search) == .edits(nil))
    #expect(search.take(.key(.left)) == .edits(.key(.left)))
    #expect(type("\u{01}", &search) == .edits(.character(1)))
    #expect(search.shown == EditBuffer(text: Array("session.info()".unicodeScalars.map(\.value)), cursor: 8))
  }

  @Test func ctrlGAndCtrlCGiveBackWhatWasTyped() {
    var search = search()
    type("info", &search)
    #expect(type("\u{07}", &search) == .goesBack)
    #expect(type("\u{03}", &search) == .goesBack)
    #expect(search.take(.key(.interrupt)) == .goesBack)
    #expect(search.typed.string == "typed")
  }

  @Test func upGoesOnFromWhatWasFound() throws {
    var search = search()
    type("print('", &search)
    var recall = HistoryRecall(Self.statements, recalled: { $0 })
    recall.jump(to: try #require(search.position), from: search.typed.string)
    #expect(recall.older(than: "print('one')") == "session.login{}")
    #expect(recall.newer(than: "session.login{}") == "print('one')")
    for _ in 1...3 { _ = recall.newer(than: "another") }
    #expect(recall.newer(than: "another") == "typed")
  }
}
