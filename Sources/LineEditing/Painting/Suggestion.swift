/// What may be typed next, shown grey behind the cursor.
struct Suggestion: Equatable {
  /// All of it, in Unicode scalars.
  let rest: [UInt32]

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
    for character in rest {
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
