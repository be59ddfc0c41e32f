/// Characters as libedit shows them in a statement: nothing in them can move the cursor or change a colour.
enum VisibleText {
  /// - Parameter column: where the text begins; a tab ends at a multiple of 8.
  /// - Returns: the text, and the column behind it.
  static func text(_ characters: some Sequence<UInt32>, from column: Int) -> (text: String, column: Int) {
    var result = ""
    var column = column
    for character in characters {
      let piece = character == 0x09 ? String(repeating: " ", count: 8 - column % 8) : text(character)
      result += piece
      column += piece.unicodeScalars.reduce(0) { $0 + (CharacterWidth.columns(of: $1.value) ?? 0) }
    }
    return (result, column)
  }

  /// Control characters as `^X`, and what cannot be printed as `\U+1234`.
  static func text(_ character: UInt32) -> String {
    if CharacterWidth.columns(of: character) != nil { return EditBuffer.string([character]) }
    if character < 0x20 || character == 0x7F {
      return "^" + EditBuffer.string([character ^ 0x40])
    }
    let digits = String(character, radix: 16, uppercase: true)
    return "\\U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
