/// Where a character lands in the block of rows that prompt and text fill, by the arithmetic libedit draws with.
struct ScreenPosition: Equatable {
  var row = 0
  var column = 0
  /// The columns of the terminal.
  let width: Int

  init(width: Int) { self.width = max(width, 2) }

  /// Moves on by `text`; in a prompt, what lies between two `\1` takes no columns.
  mutating func advance(over text: some Sequence<UInt32>, isPrompt: Bool = false) {
    if isPrompt {
      for character in PromptText.shown(text) { advance(over: character) }
    } else {
      for character in text { advance(over: character) }
    }
  }

  /// Characters that take one column each.
  static let plain: Range<UInt32> = 0x20..<0x7F

  /// Moves on by as many of these as the row has room for, or fewer. True: they fill it, and the next one begins.
  mutating func advance(overPlain count: Int) -> Bool {
    column += count
    if column >= width { wrap() }
    return column == 0
  }

  /// Moves on by one character.
  ///
  /// - Parameter placing: gets what libedit shows for it, one printable character at a time, and in which row.
  @inline(__always)
  mutating func advance(over character: UInt32, placing: (_ shown: UInt32, _ row: Int) -> Void = { _, _ in })
  {
    switch character {
    case 0x0A: wrap()
    case 0x09: repeat { place(0x20, columns: 1, placing) } while column & 7 != 0
    case Self.plain: place(character, columns: 1, placing)
    default:
      guard let columns = CharacterWidth.columns(of: character) else {
        for shown in VisibleText.text(character).unicodeScalars { place(shown.value, columns: 1, placing) }
        return
      }
      // libedit shows nothing for a mark that belongs to the character before it.
      if columns > 0 { place(character, columns: columns, placing) }
    }
  }

  /// Moves to the next row when a character of two columns would stand across the edge.
  mutating func makeRoom(for character: UInt32) {
    if column + (CharacterWidth.columns(of: character) ?? 1) > width { wrap() }
  }

  @inline(__always)
  private mutating func place(
    _ shown: UInt32, columns: Int, _ placing: (_ shown: UInt32, _ row: Int) -> Void
  ) {
    if column + columns > width { wrap() }
    placing(shown, row)
    column += columns
    if column >= width { wrap() }
  }

  private mutating func wrap() {
    row += 1
    column = 0
  }
}

extension ScreenPosition {
  /// Where the cursor stands behind a prompt of marked text.
  static func cursor(in buffer: EditBuffer, prompt: [UInt32], width: Int) -> ScreenPosition {
    var position = ScreenPosition(width: width)
    position.advance(over: prompt, isPrompt: true)
    position.advance(over: buffer.text[..<buffer.cursor])
    if buffer.cursor < buffer.text.count { position.makeRoom(for: buffer.text[buffer.cursor]) }
    return position
  }
}
