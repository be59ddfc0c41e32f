/// An insertion from the command that began it until Escape.
struct ViInsertion {
  /// The text when typing began.
  private var start: EditBuffer
  /// How often what was typed is inserted once more.
  private(set) var copies = 0
  /// Whether each copy is a line of its own.
  private(set) var opensLine = false
  /// Whether a command has begun it, and not the statement.
  private(set) var isOfCommand = false
  /// What such a line begins with.
  private(set) var indentation: [UInt32] = []

  /// That of a statement that has begun.
  init(at start: EditBuffer = EditBuffer(text: [], cursor: 0)) { self.start = start }

  /// - Parameters:
  ///   - times: the number before the command.
  ///   - newLine: what the line begins with that the command has opened.
  init(at start: EditBuffer, times: Int, newLine: [UInt32]? = nil) {
    self.start = start
    isOfCommand = true
    copies = times - 1
    opensLine = newLine != nil
    indentation = newLine ?? []
  }

  /// What was typed, where the text behind it is still the same.
  func typed(in buffer: EditBuffer) -> ViTyped? {
    let (before, after) = (start.text[..<start.cursor], start.text[start.cursor...])
    let end = buffer.text.count - after.count
    guard end >= 0, buffer.text[end...].elementsEqual(after) else { return nil }
    let kept = zip(before, buffer.text[..<end]).prefix { $0 == $1 }.count
    return ViTyped(text: Array(buffer.text[kept..<end]), erased: before.count - kept)
  }
}

/// What was typed since an insertion began.
struct ViTyped: Equatable {
  var text: [UInt32] = []
  /// How many characters before the cursor were deleted.
  var erased = 0
}

/// What was typed over other characters since `R`.
struct ViOverwriting {
  private(set) var typed: [UInt32] = []
  /// The characters that stood there; nil: the line ended.
  private var former: [UInt32?] = []
  private var cursor: Int

  init(at cursor: Int = 0) { self.cursor = cursor }

  /// Types a character over the one at the cursor, or brings one back by Backspace; nil: there is none.
  mutating func take(_ character: Unicode.Scalar, in buffer: EditBuffer) -> EditBuffer? {
    // Another key has moved the cursor meanwhile.
    if buffer.cursor != cursor { (typed, former) = ([], []) }
    let isBackspace = character == "\u{7F}" || character == "\u{8}"
    let result = isBackspace ? bringBack(buffer) : overwrite(character.value, buffer)
    cursor = result?.cursor ?? buffer.cursor
    return result
  }

  private mutating func overwrite(_ character: UInt32, _ buffer: EditBuffer) -> EditBuffer {
    if let composed = buffer.composed(with: character) {
      if !typed.isEmpty { typed[typed.count - 1] = composed }
      return buffer.removing((buffer.cursor - 1)..<buffer.cursor).inserting([composed])
    }
    typed.append(character)
    let isInLine = buffer.cursor < buffer.lineEnd
    former.append(isInLine ? buffer.text[buffer.cursor] : nil)
    let rest = isInLine ? buffer.removing(buffer.cursor..<(buffer.cursor + 1)) : buffer
    return rest.inserting([character])
  }

  private mutating func bringBack(_ buffer: EditBuffer) -> EditBuffer? {
    guard buffer.cursor > buffer.lineStart else { return nil }
    let position = buffer.cursor - 1
    guard let last = former.popLast() else { return buffer.moved(to: position) }
    typed.removeLast()
    let rest = buffer.removing(position..<buffer.cursor)
    return last.map { rest.inserting([$0]).moved(to: position) } ?? rest
  }
}
