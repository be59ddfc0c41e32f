import TestSupport

/// A walk over the keyboard that a seed decides: typing, moving, pasting, resizing.
struct KeyWalk {
  /// What a person does in one step.
  enum Step {
    case keys(String)
    case size(columns: Int, rows: Int)
  }

  private var random: SplitMix
  private let rows: ClosedRange<Int>
  private let columns: ClosedRange<Int>

  /// - Parameters:
  ///   - rows: of the windows; in low ones statements are folded.
  ///   - columns: of the windows.
  init(seed: Int, rows: ClosedRange<Int>, columns: ClosedRange<Int> = 30...89) {
    random = SplitMix(seed: UInt64(truncatingIfNeeded: seed))
    self.rows = rows
    self.columns = columns
  }

  private mutating func pick<T>(_ choices: [T]) -> T { choices[Int(random.next() % UInt64(choices.count))] }

  mutating func step() -> Step {
    switch random.next() % 22 {
    case 0...7: .keys(pick(Self.fragments))
    case 8...13: .keys(pick(Self.movements))
    case 14: .keys(pick(Self.deletions))
    case 15: .keys(Key.enter)
    case 16: .keys(pick([Key.tab, Key.tab + Key.tab, "se" + Key.tab, "session.l" + Key.tab]))
    case 17, 18: .keys(Key.paste(pick(Self.pastes)))
    case 19: .keys(pick(Self.others))
    case 20: .keys(Key.control("L"))
    default: .size(columns: .random(in: columns, using: &random), rows: .random(in: rows, using: &random))
    }
  }

  /// Nothing of this can run for long, however it is put together.
  private static let fragments = [
    "a", "x", " ", "(", ")", "{", "}", "[", "]", "'", "\"", "print", "1", "if x then ", "end ",
    "function f() ",
    "return ", "-- c", "= ", "漢字", "ßü", "local y", "session", ".", ":", ",",
    "a long word that wraps some time ",
    "help", "\\",
  ]
  private static let movements = [
    Key.left, Key.right, Key.up, Key.down, Key.home, Key.end, Key.wordLeft, Key.wordRight, Key.altEnter,
    Key.pageUp, Key.left + Key.left + Key.left, Key.up + Key.up,
  ]
  private static let deletions = [
    Key.backspace, Key.delete, Key.control("W"), Key.control("K"), Key.control("U"), Key.control("T"),
    Key.control("Y"), Key.control("C"),
  ]
  /// Searches, a hint, and an editor that changes nothing.
  private static let others = [
    Key.control("R") + "if" + Key.escape, Key.control("R") + "x" + Key.control("G"),
    Key.control("R") + Key.control("R") + Key.end, Key.control("X") + "h", UserEditorTests.key,
  ]
  private static let pastes = [
    "one", "two\nlines", "if x then\r\n\ty()\r\nend", "漢字\n\tßü", "f(1,\n2,\n3,\n4,\n5,\n6)", "a\tb",
  ]
}

extension KeyWalk.Step: CustomStringConvertible {
  var description: String {
    switch self {
    case .keys(let keys): keys.debugDescription
    case .size(let columns, let rows): "\(columns)×\(rows)"
    }
  }
}
