import Testing

@testable import LineEditing

/// What is suggested for what is typed, and how it is shown.
struct SuggestionTests {
  private static func characters(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  private static func rests(
    _ typed: [String], of statements: [String], hiding secret: String = "x"
  ) -> [String?] {
    var search = SuggestionSearch(statements) { $0.replacing("secret", with: secret) }
    return typed.map { search.rest(of: characters($0)).map(EditBuffer.string) }
  }

  @Test func theNewestThatGoesOnIsSuggested() {
    let statements = ["print(1)", "print(2)", "pairs{}"]
    #expect(Self.rests(["p", "pr", "pri"], of: statements) == ["airs{}", "int(2)", "nt(2)"])
    #expect(
      Self.rests(["print(2)", "print(", "print(1", "x", ""], of: statements) == [nil, "2)", ")", nil, nil])
    #expect(Self.rests([" ", "\n"], of: [" x", "\n1"]) == [nil, nil])
  }

  @Test func whatIsNotFoundIsNotFoundLonger() {
    #expect(Self.rests(["a", "ax", "axe", "a"], of: ["abc"]) == ["bc", nil, nil, "bc"])
  }

  /// A statement is as it may be shown now, which may not begin with what is typed any more.
  @Test func secretsAreNotSuggested() {
    #expect(
      Self.rests(["p='", "p='se"], of: ["p='second", "p='secret'"], hiding: "***") == ["***'", "cond"])
  }

  @Test func accentsAreCharactersOfTheirOwn() {
    #expect(Self.rests(["e"], of: ["é"]) == [nil])
    #expect(Self.rests(["grö"], of: ["größe = 1\nx"]) == ["ße = 1\nx"])
  }

  @Test(arguments: [
    (" = pairs(x)", " = pairs"), ("rs(x)", "rs"), ("(größe)", "(größe"), (")", ")"), ("\n  end", "\n  end"),
  ])
  func wordsHaveWhatStandsBeforeThem(rest: String, word: String) {
    #expect(Suggestion(rest: Self.characters(rest)).word == Self.characters(word))
  }

  @Test(arguments: [
    ("abc", 10, "abc"), ("abc", 4, "abc"), ("abcd", 4, "abc…"), ("漢字", 5, "漢字"), ("漢字", 4, "漢…"),
    ("ab\ncd", 10, "ab…"), ("\ncd", 10, "…"), ("a\u{1B}[31mb", 10, "a…"), ("e\u{301}b", 10, "e…"),
    ("abc", 1, "…"),
  ])
  func whatDoesNotFitIsCut(rest: String, columns: Int, shown: String) throws {
    TerminalLocale.adopt()
    let painting = try #require(Suggestion(rest: Self.characters(rest)).painting(columns: columns))
    #expect(String(decoding: painting, as: UTF8.self) == "\u{1B}7\u{1B}[90m\(shown)\u{1B}[m\u{1B}8")
  }

  @Test func withoutRoomNothingIsShown() {
    #expect(Suggestion(rest: Self.characters("abc")).painting(columns: 0) == nil)
  }
}
