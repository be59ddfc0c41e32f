/// Where the cursor stands after a terminal has broken a block's rows anew for another width.
///
/// A terminal goes on in the next row when there is a character for it, and libedit as soon as a row is full.
struct ReflowedPosition {
  /// Counted from the prompt's first one.
  private(set) var row = 0
  private var column = 0
  private let width: Int
  /// Where libedit has drawn the character that comes next.
  private var drawn: ScreenPosition

  /// - Parameters:
  ///   - prompt: marked as in `PromptText`.
  ///   - former: the columns of the terminal that the block was drawn for.
  ///   - width: those of the terminal as it is now.
  init(of buffer: EditBuffer, prompt: [UInt32], drawnFor former: Int, width: Int) {
    self.width = max(width, 2)
    drawn = ScreenPosition(width: former)
    for character in PromptText.shown(prompt) { advance(over: character) }
    for character in buffer.text[..<buffer.cursor] { advance(over: character) }
    if buffer.cursor < buffer.text.count, buffer.text[buffer.cursor] != 0x0A {
      makeRoom(for: buffer.text[buffer.cursor])
    } else {
      endLine()
    }
  }

  private mutating func advance(over character: UInt32) {
    if character == 0x0A {
      endLine()
      (row, column) = (row + 1, 0)
    }
    var shown: [UInt32] = []
    drawn.advance(over: character) { character, _ in shown.append(character) }
    for character in shown {
      makeRoom(for: character)
      column += Self.columns(of: character)
    }
  }

  /// Behind a row that is full stands a blank, with the cursor on it.
  private mutating func endLine() {
    if drawn.column == 0, column > 0 { makeRoom(for: 0x20) }
  }

  private mutating func makeRoom(for character: UInt32) {
    if column + Self.columns(of: character) > width { (row, column) = (row + 1, 0) }
  }

  private static func columns(of character: UInt32) -> Int { CharacterWidth.columns(of: character) ?? 1 }
}
