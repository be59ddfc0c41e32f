/// What may be typed next, or is to be known, shown grey behind the cursor.
struct Suggestion: Equatable {
  /// What is typed by accepting it, in Unicode scalars.
  let rest: [UInt32]
  /// What is only shown.
  let note: [UInt32]

  init(rest: [UInt32], note: String = "") {
    self.rest = rest
    self.note = note.unicodeScalars.map(\.value)
  }

  /// Says in an empty line at the end of `text` that the statement goes on there, which is no prompt's place to say;
  /// nil: it is no such line.
  static func ofContinuation(_ text: [UInt32]) -> Suggestion? {
    guard let last = text.last(where: { $0 != 0x20 }), last == 0x0A else { return nil }
    let isFirst = text.firstIndex(of: 0x0A) == text.lastIndex(of: 0x0A)
    return Suggestion(rest: [], note: isFirst ? "… goes on; Ctrl-C drops it" : "…")
  }

  /// Its next word, with what stands before that.
  var word: [UInt32] {
    let start = rest.firstIndex(where: Self.isWord) ?? rest.count
    let end = rest[start...].firstIndex { !Self.isWord($0) } ?? rest.count
    return Array(rest[..<end])
  }

  /// What paints it behind the cursor, and leaves that in its place; nil: there is no room.
  ///
  /// It stays in the cursor's row, since libedit knows nothing of it: `…` stands for what does not fit, and for more
  /// lines.
  func painting(columns: Int) -> [UInt8]? {
    var shown = String.UnicodeScalarView()
    var isCut = false
    var used = 0
    for character in rest + note {
      guard let scalar = Unicode.Scalar(character), let width = CharacterWidth.columns(of: character),
        width > 0,
        used + width < columns
      else {
        isCut = true
        break
      }
      used += width
      shown.append(scalar)
    }
    if isCut { shown.append("…") }
    guard used > 0 || isCut && columns > 0 else { return nil }
    return Array("\u{1B}7\u{1B}[\(Palette.grey)m\(String(shown))\u{1B}[m\u{1B}8".utf8)
  }

  private static func isWord(_ character: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(character) else { return false }
    return scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
