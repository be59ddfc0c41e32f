import LineEditing
import TestSupport
import Testing

@testable import Shell

/// What is what in the text that is typed.
struct HighlighterTests {
  private static let letters: [TextSpan.Kind: Character] = [
    .keyword: "k", .number: "n", .string: "s", .comment: "c", .knownName: "g", .openString: "o",
    .matchingBracket: "m", .mistake: "!",
  ]

  private static func highlighter() -> Highlighter { Highlighter { ["print", "session"] } }

  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// A letter below each character, a dot where it is plain.
  private static func picture(_ text: String, cursor: Int? = nil) -> String {
    var result = Array(repeating: Character("."), count: text.unicodeScalars.count)
    for span in highlighter().spans(scalars(text), cursor: cursor) {
      for index in span.range { result[index] = letters[span.kind] ?? "?" }
    }
    return String(result)
  }

  @Test(arguments: [
    ("local x = 12 -- twelve", "kkkkk.....nn.ccccccccc"),
    ("print('größe', x)", "ggggg.sssssss...."),
    ("session.print:session()", "ggggggg................"),
    ("a..print", "...ggggg"),
    ("printer = 0x1F", "..........nnnn"),
    ("x = 'unfinished)", "....oooooooooooo"),
    ("x = [[one\ntwo", "....ooooooooo"),
    ("x = [==[a]]b]==]", "....ssssssssssss"),
    ("--[[ a\nb ]] end", "ccccccccccc.kkk"),
    ("f(1]))", "..n!.!"),
    ("漢 = '漢'", "....sss"),
    ("", ""),
  ])
  func statementsAreTakenApart(text: String, wanted: String) {
    #expect(Self.picture(text) == wanted)
  }

  @Test(arguments: [
    ("f(g(1))|", ".m....m"), ("f(g(1)|)", "...m.m."), ("f|(1)", ".m.m"), ("f(|1)", ".m.m"), ("f{(|}", "...."),
    ("f('(|')", "......"), ("{[x]|}", ".m.m."), ("f(x|", "..."),
  ])
  func theBracketsOfTheCursorAreFound(text: String, wanted: String) {
    let cursor = text.unicodeScalars.prefix { $0 != "|" }.count
    let picture = Self.picture(text.filter { $0 != "|" }, cursor: cursor)
    #expect(picture.map { $0 == "m" ? "m" : "." } == wanted.map { $0 }, "\(picture)")
  }

  @Test(arguments: [
    ("\\use Sample Vault", "kkkk............."), ("  \\why", "..kkkk"), ("\\us", "..."), ("\\uses", "!!!!!"),
    ("\\us x", "!!!.."), ("\\", "."),
  ])
  func commandsAreTakenApart(text: String, wanted: String) {
    #expect(Self.picture(text) == wanted)
  }

  @Test func globalsAreLookedUpOncePerStatement() {
    var lookups = 0
    let highlighter = Highlighter {
      lookups += 1
      return lookups == 1 ? [] : ["x"]
    }
    #expect(highlighter.spans(Self.scalars("x y"), cursor: nil) == [])
    #expect(highlighter.spans(Self.scalars("x yz"), cursor: nil) == [])
    #expect(highlighter.spans([], cursor: 0) == [])
    #expect(highlighter.spans(Self.scalars("x"), cursor: nil) == [TextSpan(0..<1, .knownName)])
    #expect(lookups == 2)
  }

  /// Whatever changes, what is kept from key to key is what reading anew would find.
  @Test(arguments: 1...20)
  func onlyWhatChangedIsReadAgain(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let pieces = [
      "x", "\n", "'", "\"", "[[", "]]", "--", "--[[", "\\", "\\z", "[=[", "]=]", "(", ")", " ", "if ", "1.",
      "..",
      "=", "\n\n",
    ]
    var text: [UInt32] = []
    var typed = TypedTokens()
    for _ in 1...80 {
      let start = Int(random.next() % UInt64(text.count + 1))
      let end = min(text.count, start + Int(random.next() % 4))
      let isDeleting = random.next() % 3 == 0
      let piece = isDeleting ? "" : pieces[Int(random.next() % UInt64(pieces.count))]
      text.replaceSubrange(start..<(isDeleting ? end : start), with: Self.scalars(piece))
      typed.update(to: text) { _ in false }
      let wanted = TypedToken.tokens(of: text, at: 0) { _ in false }.tokens
      #expect(
        typed.tokens == wanted, "\(String(String.UnicodeScalarView(text.compactMap(Unicode.Scalar.init))))")
      if typed.tokens != wanted { return }
    }
  }
}
