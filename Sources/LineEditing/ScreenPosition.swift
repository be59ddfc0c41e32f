/// Where a character lands in the block of rows that prompt and text fill, by the arithmetic libedit draws with.
struct ScreenPosition: Equatable {
  var row = 0
  var column = 0
  /// The columns of the terminal.
  let width: Int

  init(width: Int) { self.width = max(width, 2) }

  /// Moves on by `text`; in a prompt, what lies between two `\1` takes no columns.
  mutating func advance(over text: some Sequence<UInt32>, isPrompt: Bool = false) {
    var isHidden = false
    for character in text {
      if isPrompt, character == 1 {
        isHidden.toggle()
      } else if !isHidden {
        advance(over: character)
      }
    }
  }

  private mutating func advance(over character: UInt32) {
    switch character {
    case 0x0A:
      row += 1
      column = 0
    case 0x09:
      repeat { place(1) } while column & 7 != 0
    default: place(Self.columns(of: character))
    }
  }

  private mutating func place(_ columns: Int) {
    if column + columns > width { wrap() }
    column += columns
    if column >= width { wrap() }
  }

  private mutating func wrap() {
    row += 1
    column = 0
  }

  /// libedit shows control characters as `^X` and what cannot be printed as `\U+1234`.
  private static func columns(of character: UInt32) -> Int {
    if let columns = CharacterWidth.columns(of: character) { return columns }
    if character < 0x20 || character == 0x7F { return 2 }
    return character > 0xFFFF ? 8 : 7
  }
}
