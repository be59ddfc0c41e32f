import TestSupport
import Testing

@testable import LineEditing

/// vi's keys as values: a text, what is typed, the text then. `|` is the cursor.
struct ViModeTests {
  private static func buffer(_ marked: String) -> EditBuffer {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let before = parts[0].unicodeScalars.map(\.value)
    return EditBuffer(text: before + parts[1].unicodeScalars.map(\.value), cursor: before.count)
  }

  private static func marked(_ buffer: EditBuffer) -> String {
    EditBuffer.string(buffer.text[..<buffer.cursor]) + "|" + EditBuffer.string(buffer.text[buffer.cursor...])
  }

  /// Types in command mode; `␛` is Escape, `␈` Backspace.
  private static func type(_ keys: String, in marked: String) -> String {
    var vi = ViMode()
    vi.begin()
    var buffer = buffer(marked)
    vi.adopt(buffer)
    buffer = vi.endInsertion(buffer.inserting([0x20])).removing(buffer.cursor..<(buffer.cursor + 1))
    vi.adopt(buffer)
    vi.repeatable = nil
    for key in keys.unicodeScalars {
      let character: Unicode.Scalar = key == "␛" ? "\u{1B}" : key == "␈" ? "\u{7F}" : key
      if vi.mode == .insert, character != "\u{1B}" {
        buffer =
          character == "\u{7F}"
          ? buffer.removing((buffer.cursor - 1)..<buffer.cursor) : buffer.inserting([character.value])
        continue
      }
      switch vi.take(character, in: buffer) {
      case .nothing: break
      case .beep: return "beep " + Self.marked(buffer)
      case .edits(let new): buffer = new
      case .asks(let request): return "\(request)"
      }
    }
    return Self.marked(buffer)
  }

  private static func check(_ cases: [(String, String, String)]) {
    for (before, keys, after) in cases {
      #expect(type(keys, in: before) == after, "\(keys.debugDescription) in \(before.debugDescription)")
    }
  }

  @Test func movementsStayInTheirLine() {
    Self.check([
      ("ab\nc|d", "h", "ab\n|cd"), ("ab\n|cd", "h", "beep ab\n|cd"), ("a|b\ncd", "l", "beep a|b\ncd"),
      ("|abc", "9l", "ab|c"), ("ab|c", "9h", "|abc"), ("ab\n|", "h", "beep ab\n|"),
      ("one\n  t|wo", "0", "one\n|  two"), ("one\n  tw|o", "^", "one\n  |two"),
      ("|one\n  two", "$", "on|e\n  two"), ("|one\n  two", "2$", "one\n  tw|o"), ("o|ne", "3|", "on|e"),
    ])
  }

  @Test func wordsAreThoseOfVi() {
    Self.check([
      ("|foo.bar(x) y", "w", "foo|.bar(x) y"), ("|foo.bar(x) y", "W", "foo.bar(x) |y"),
      ("|foo.bar", "3w", "foo.ba|r"), ("fo|o", "w", "beep fo|o"), ("foo ba|r", "b", "foo |bar"),
      ("foo |bar", "b", "|foo bar"), ("|foo", "b", "beep |foo"), ("|foo bar", "e", "fo|o bar"),
      ("fo|o bar", "e", "foo ba|r"), ("a.b c.|d", "B", "a.b |c.d"), ("|a.b c", "E", "a.|b c"),
      ("|a\n\n  b", "w", "a\n|\n  b"), ("a\n|\n  b", "w", "a\n\n  |b"), ("a\n\n  |b", "b", "a\n|\n  b"),
      ("grö|ße x", "b", "|größe x"), ("foo b|ar", "ge", "fo|o bar"), ("a\n|b", "b", "|a\nb"),
      ("f|oo", "ge", "|foo"), ("|foo \n", "3e", "foo \n|"),
    ])
  }

  @Test func charactersAreFound() {
    Self.check([
      ("|a(b(c", "f(", "a|(b(c"), ("|a(b(c", "2f(", "a(b|(c"), ("|a(b(c", "3f(", "beep |a(b(c"),
      ("|a(b(c", "t(", "|a(b(c"), ("|a(b(c", "f(;", "a(b|(c"), ("a(b(|c", "F(,", "beep a(b|(c"),
      ("a(b(|c", "F(;", "a|(b(c"), ("a(b(|c", "T(;", "a(|b(c"), ("|xa(b(c", "t(;", "xa(|b(c"),
      ("|a(b)", "%", "a(b|)"), ("a(b|)", "%", "a|(b)"), ("|f(\n{1})", "%", "f(\n{1}|)"),
      ("|a(b", "%", "beep |a(b"), ("|a\n(", "f(", "beep |a\n("),
    ])
  }

  @Test func linesAreWalked() {
    TerminalLocale.adopt()
    Self.check([
      ("abc\n|x", "k", "|abc\nx"), ("ab|c\nx\nabc", "jj", "abc\nx\nab|c"),
      ("|abc\nx\nabc", "$jj", "abc\nx\nab|c"),
      ("ab|c\nd", "2j", "abc\n|d"), ("日本|語\nabcdef", "j", "日本語\nabcd|ef"),
      ("abcde|f\n日本語", "j", "abcdef\n日本|語"),
      ("a\nb\n  |c", "gg", "|a\nb\n  c"), ("|a\nb\n  c", "G", "a\nb\n  |c"), ("|a\nb\nc", "2G", "a\n|b\nc"),
      ("|a\n  b", "+", "a\n  |b"), ("abc\nx\n  b|c", "-k", "|abc\nx\n  bc"), ("a\n|", "k", "|a\n"),
      ("|a\n", "j", "a\n|"),
      ("|abc", "k", "up(1)"), ("|abc", "3j", "down(3)"), ("abc|d\nx\nabcd", "jxj", "abcd\n\n|abcd"),
    ])
  }

  @Test func operatorsTakeMovements() {
    Self.check([
      ("|one two", "dw", "|two"), ("one |two\nthree", "dw", "one| \nthree"), ("|a b c d", "2dw", "|c d"),
      ("|a b c d e", "d2w", "|c d e"), ("|one two", "de", "| two"), ("one t|wo", "db", "one |wo"),
      ("|one two", "cwx␛", "|x two"), ("|one two", "c2wx␛", "|x"), ("on|e two", "cwx␛", "on|x two"),
      ("a\n|b", "db", "|b"), ("x a\n|b", "db", "x| \nb"), ("|a(b)c", "d%", "|c"), ("a|(b)c", "d%", "a|c"),
      ("|a(b)c", "df)", "|c"), ("|a(b)c", "dt)", "|)c"), ("a(b)|c", "dF(", "a|c"), ("a|bc", "dl", "a|c"),
      ("ab|c", "dl", "a|b"), ("a|bc", "dh", "|bc"), ("|abc", "dh", "beep |abc"), ("a b|c", "d0", "|c"),
      ("a b|c", "d^", "|c"), ("a| b", "d$", "|a"), ("|ab\ncd", "d2$", "|"),
      ("a\n  x |y", "y0P", "a\n  x|   x y"),
      ("o|ne\n\nx", "d$", "|o\n\nx"), ("|", "dw", "beep |"), ("a\n|", "x", "beep a\n|"),
      ("a|b c", "d\u{1B}x", "a| c"), ("|ab", "dqa", "beep |ab"), ("|foo bar", "yep", "ffo|ooo bar"),
      ("|foo bar baz", "c3wx␛", "|x"), ("foo b|ar", "dge", "fo|r"), ("|foo", "c$␛", "|"),
      ("a\n|", "cwx␛", "a\n|x"), ("|", "sx␛", "|x"), ("a\n|", "cfx", "beep a\n|"),
      ("a|b\n\nc", "2D", "|a\nc"), ("|ab", "cbx␛", "beep |ab"),
      ("a\n  |{\n}\nb", "d%", "a\n|b"),
    ])
  }

  @Test func operatorsTakeLines() {
    Self.check([
      ("a\n|b\nc", "dd", "a\n|c"), ("a\nb\n|c", "dd", "a\n|b"), ("|a", "dd", "|"), ("|a\nb\nc", "2dd", "|c"),
      ("|a\nb\nc\nd", "d2j", "|d"), ("|a\nb\nc", "dj", "|c"), ("a\nb\n|c", "dk", "|a"),
      ("a\nb\n|c", "2dk", "|"),
      ("a\nb\n|c", "dj", "beep a\nb\n|c"), ("|a\nb", "dk", "beep |a\nb"), ("a\n|b\nc", "dG", "|a"),
      ("a\n|b\nc", "dgg", "|c"), ("a\n  |b\nc", "cjx␛", "a\n  |x"), ("a\nb|b\nc", "ckx␛", "|x\nc"),
      ("|a\nb\nc", "yjjp", "a\nb\n|a\nb\nc"), ("a\n|b\nc", "ykP", "|a\nb\na\nb\nc"),
      ("a\n|b\nc", "yyp", "a\nb\n|b\nc"),
      ("|a\nb\nc", "9dd", "|"), ("a\n  |b", "ccx␛", "a\n  |x"), ("a\n  |b", "Sx␛", "a\n  |x"),
      ("|a\nb", "d+", "|"),
      ("|a\nb", ">>", "  |a\nb"), ("|a\n  b", ">j", "  |a\n    b"), ("    |a", "<<", "  |a"),
      ("|a\n\nb", ">G", "  |a\n\n  b"),
      ("|a\nb\nc", "djdj.", "beep |c"), ("|a\nb\nc\nd", "dj.", "|"), ("a\n|\nb", "dd", "a\n|b"),
      ("a\n|", "dd", "|a"),
    ])
  }

  @Test func textObjectsAreTaken() {
    Self.check([
      ("foo b|ar baz", "diw", "foo | baz"), ("foo b|ar baz", "daw", "foo |baz"), ("foo b|ar", "daw", "fo|o"),
      ("foo.b|ar x", "diW", "| x"), ("f(a, |b)", "ci(x␛", "f(|x)"), ("f(a, |b)", "dab", "|f"),
      (#"f("a|b", "c")"#, #"ci"x␛"#, #"f("|x", "c")"#), (#"|f("ab")"#, #"di""#, #"f("|")"#),
      (#"f("a|b")"#, #"da""#, #"f(|)"#),
      ("{a,\n|b}", "di{", "{|}"), ("t[|1]", "ci]␛", "t|[]"), ("|a", "di(", "beep |a"),
      ("|f(a)", "di(", "f(|)"), (#"a |"b"c"#, #"da""#, "a|c"), (#"a |"b" c"#, #"da""#, "a |c"),
      ("|a b c", "d2aw", "|c"), ("a\n|", "diw", "beep a\n|"),
      ("f|()", "ci(x␛", "f(|x)"),
      ("f(a, |b)", "yi(P", "f(a, |ba, b)"), ("a  |b", "diw.", "|a"),
    ])
  }

  @Test func singleCommandsEdit() {
    Self.check([
      ("|abc", "2x", "|c"), ("ab|c", "x", "a|b"), ("ab|c", "X", "a|c"), ("abc|d", "2X", "a|d"),
      ("|abc", "X", "beep |abc"),
      ("a|bc\nd", "D", "|a\nd"), ("a|bc\nd", "2D", "|a"), ("a|bc", "Cx␛", "a|x"), ("a|bc", "Yp", "abb|cc"),
      ("|abc", "sx␛", "|xbc"), ("|abc", "2sx␛", "|xc"), ("|abc", "rx", "|xbc"), ("|abc", "2rx", "x|xc"),
      ("|abc", "4rx", "beep |abc"), ("a|bc", "r\n", "a\n|c"), ("|abc", "~", "A|bc"), ("|aBc", "3~", "Ab|C"),
      ("|ä", "~", "|Ä"),
      ("|a\n  b\nc", "J", "a| b\nc"), ("|a\nb\nc", "3J", "a b| c"), ("|f(\n)", "J", "f(|)"),
      ("|a", "J", "beep |a"),
      ("|a\n", "J", "|a"), ("|abc", "Rxy␛", "x|yc"), ("|abc", "Rxyzw␛", "xyz|w"), ("|abc", "Rxy␈␛", "|xbc"),
      ("|abc\nd", "Rxy␈␈␛", "|abc\nd"), ("|abcdef", "2Rx␛", "x|xcdef"),
      ("|abc", "Re\u{301}␛", "|ébc"), ("|abc", "Re\u{301}x␈␈␛", "|abc"),
      ("|abcd", "2Re\u{301}␛", "é|écd"),
    ])
  }

  @Test func insertionsBeginWhereTheyShould() {
    Self.check([
      ("a|b", "ix␛", "a|xb"), ("a|b", "ax␛", "ab|x"), ("  a|b", "Ix␛", "  |xab"),
      ("|ab\nc", "Ax␛", "ab|x\nc"),
      ("|ab", "3ix␛", "xx|xab"), ("|ab", "3Ahi␛", "abhihih|i"), ("|ab", "2Ix␛", "x|xab"),
      ("|ab", "2ax␛", "ax|xb"),
      ("  |ab\nc", "ox␛", "  ab\n  |x\nc"), ("  |ab", "Ox␛", "  |x\n  ab"), ("|ab", "2ox␛", "ab\nx\n|x"),
      ("|ab", "2Ox␛", "x\n|x\nab"),
      ("a\n|", "ix␛", "a\n|x"), ("a\n|", "ax␛", "a\n|x"), ("a\n|", "Ax␛", "a\n|x"), ("a|", "ix␛", "|xa"),
      ("|", "ix␛", "|x"),
      ("a\n|b", "i␛", "a\n|b"), ("|ab", "i␛", "|ab"), ("a|b", "i␛␛", "|ab"),
    ])
  }

  @Test func whatWasCutComesBack() {
    Self.check([
      ("|abc", "xp", "b|ac"), ("|abc", "x3p", "baa|ac"), ("|abc", "xP", "|abc"), ("|abc", "x2P", "a|abc"),
      ("|a b", "dw3p", "ba a a| "),
      ("|a\nb", "dd2p", "b\n|a\na"), ("|a\nb", "ddP", "|a\nb"), ("|ab", "p", "beep |ab"),
      ("a|b\nc", "d2$p", "a|b\nc"),
      ("|a\nb", "\"ayyj\"bdd\"ap", "a\n|a"), ("|a\nb", "\"ayyjx\"ap", "a\n\n|a"), ("|ab", "\"_x", "beep |ab"),
      ("  |a\nb", "yyjp", "  a\nb\n  |a"), ("|", "ia␛ddp", "|a"),
    ])
  }

  @Test func changesAreUndoneAndDoneAgain() {
    Self.check([
      ("|abc", "xu", "|abc"), ("|abc", "xxu", "|bc"), ("|abc", "xxuu", "|abc"), ("|abc", "xx2u", "|abc"),
      ("|abc", "xxU", "|abc"),
      ("|abc", "u", "beep |abc"), ("|abc", "ixy␛u", "|abc"), ("|abc", "x.", "|c"), ("|abcde", "x2.", "|de"),
      ("|abcdefg", "2x..", "|g"),
      ("|a b c", "dw.", "|c"), ("|a b c", "cwx␛w.", "x |x c"), ("|a", "Ax␛.", "ax|x"),
      ("|a", "Ax␛3.", "axxx|x"), ("|abc\nabc", "A␈␈x␛j.", "ax\na|x"), ("|a", "ox␛.", "a\nx\n|x"),
      ("|abcd", "Rx␛l.", "x|xcd"), ("|ab", ".", "beep |ab"), ("|a\nb\nc", "ddpu", "|b\nc"),
      ("|abc", "xj.", "down(1)"), ("|a b", "dwyyu", "|a b"),
      ("|ab cd", "~w.", "Ab C|d"), ("|a\nb", "Ax␛j.", "ax\nb|x"), ("|a\nb\nc", "J.", "a b| c"),
      ("|abab", "fbr2;.", "a2a|2"),
      ("|ab", "xp.", "ba|a"),
    ])
  }

  @Test func whatIsNoCommandDoesNothing() {
    Self.check([
      ("|ab", "#", "beep |ab"), ("|ab", ":", "beep |ab"), ("|ab", "gx", "beep |ab"),
      ("|ab", "mi", "beep |ab"), ("|ab", "Zi", "beep |ab"),
      ("|ab", "v", "editor"), ("|ab", "/", "search"), ("|ab", "n", "searchAgain(isBack: false)"),
      ("|ab", "_", "lastWord"),
    ])
  }

  @Test func whatIsUndoneCanBeRedone() {
    var vi = ViMode()
    vi.mode = .command
    let text = Self.buffer("|abc")
    guard case .edits(let cut) = vi.take("x", in: text), case .edits(let back) = vi.take("u", in: cut) else {
      Issue.record("x and u edit")
      return
    }
    #expect(back == text && vi.changes.canRedo)
    #expect(vi.redo(back) == cut && !vi.changes.canRedo)
    #expect(vi.take("u", in: cut) == .edits(text))
  }

  /// A generator that always gives the same.
  private struct Sequence: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11 ^ state << 53
    }
  }

  private static let operators = ["", "", "c", "d", "y", ">", "<"]
  private static let movements = [
    "w", "W", "b", "B", "e", "E", "ge", "gg", "G", "j", "k", "h", "l", "0", "^", "$", "g_", "%", "|", "fb",
    "T ",
    ";", ",", "+", "iw", "aw", "aW", "i(", "a{", "i\"", "a'",
  ]
  private static let keys = "xXDCYsSiaIAoOrR~pPJuU..dcy123\"a(\u{1B}\u{1B}\u{1B}\u{7F}\n \tz".map(String.init)

  @Test func noKeysLeadOutOfTheText() {
    var random = Sequence(state: 1)
    let texts = ["", "\n", "a", "f(a, {b})\n  \n日本\tx\n", "\n\n  \"a b\" é\n\n"]
    for round in 0..<8_000 {
      var vi = ViMode()
      vi.begin()
      var buffer = EditBuffer(text: texts[round % texts.count].unicodeScalars.map(\.value), cursor: 0)
      for _ in 0..<12 {
        var typed = Self.keys.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) {
          typed = ["", "", "2", "3"].randomElement(using: &random) ?? ""
          typed += Self.operators.randomElement(using: &random) ?? ""
          typed += Self.movements.randomElement(using: &random) ?? ""
        }
        for key in (vi.isCommanding ? typed : "x\u{1B}").unicodeScalars {
          if vi.mode == .insert, key != "\u{1B}" { buffer = buffer.inserting([key.value]) }
          if case .edits(let new) = vi.take(key, in: buffer) { buffer = new }
          guard (0...buffer.text.count).contains(buffer.cursor) else {
            Issue.record("round \(round): \(typed)")
            return
          }
          if vi.isCommanding { #expect(buffer == buffer.inCommandMode, "round \(round): \(typed)") }
        }
      }
    }
  }

  @Test func numbersHaveALimit() {
    #expect(
      ViCommand.read("99999999999999999999dd".unicodeScalars)
        == .command(ViCommand(count: 9_999, operation: .delete, name: "d")))
    #expect(
      ViCommand.read("2d3w".unicodeScalars) == .command(ViCommand(count: 6, operation: .delete, name: "w")))
    #expect(ViCommand.read("d10".unicodeScalars) == .incomplete)
    #expect(ViCommand.read("0".unicodeScalars) == .command(ViCommand(name: "0")))
  }

  /// They would run as a command.
  @Test(arguments: ["m", "'", "`", "q", "z", "@", "Z"]) func unknownCommandsTakeTheirArgument(name: String) {
    for before in ["", "d", "2c", "y3"] {
      #expect(ViCommand.read((before + name).unicodeScalars) != .unknown)
      #expect(ViCommand.read((before + name + "a").unicodeScalars) == .unknown)
    }
  }

  /// Whatever is typed; each row has other keys.
  @Test(arguments: 1...40) func theCursorStaysInTheText(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let keys = Array(
      "hjklwbeWBE0^$fFtT;,%Ggdcy><xXDCYsSiaIAoOrR~pPJuU.\"az1290([{'b|+-\u{1B}\u{7F}\n é".unicodeScalars)
    for _ in 1...100 {
      var vi = ViMode()
      vi.begin()
      var buffer = EditBuffer(text: [], cursor: 0)
      for _ in 1...80 {
        let key = keys.randomElement(using: &random) ?? "x"
        if vi.mode == .insert, key != "\u{1B}" {
          buffer = buffer.inserting([key.value])
        } else if case .edits(let new) = vi.take(key, in: buffer) {
          buffer = new
        }
        let last = vi.isCommanding ? max(buffer.lineEnd - 1, buffer.lineStart) : buffer.text.count
        #expect((0...last).contains(buffer.cursor), "\(Self.marked(buffer).debugDescription) after \(key)")
        guard buffer.text.count < 10_000 else { break }
      }
    }
  }
}
