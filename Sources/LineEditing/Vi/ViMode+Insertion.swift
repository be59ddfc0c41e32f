/// Where an insertion begins by another key, and what Escape does to it.
extension ViMode {
  /// Insert mode begins at the cursor by another key.
  mutating func beginInsertion(in buffer: EditBuffer) {
    forgetTyped()
    changes.note(buffer)
    repeatable = ViRepeatable(command: .insert)
    _ = insert(in: buffer)
  }

  /// What was typed is typed again, as the mode has it.
  mutating func typing(_ text: [UInt32], into buffer: EditBuffer) -> EditBuffer {
    guard mode == .replace else { return buffer.inserting(text) }
    return text.compactMap { Unicode.Scalar($0) }.reduce(buffer) { overwritten.take($1, in: $0) ?? $0 }
  }

  /// What Escape does to an insertion: the cursor goes back by a character, but not beyond the start of its line.
  mutating func endInsertion(_ buffer: EditBuffer) -> EditBuffer {
    var result = buffer
    if let typed = mode == .replace ? ViTyped(text: overwritten.typed) : insertion.typed(in: buffer) {
      if !insertion.isOfCommand, !typed.text.isEmpty { repeatable = ViRepeatable(command: .insert) }
      if insertion.isOfCommand || !typed.text.isEmpty { repeatable?.typed = typed }
      if typed.erased == 0 { result = repeated(typed.text, result) }
    }
    (mode, insertion) = (.command, ViInsertion(at: result))
    forgetTyped()
    return result.moved(to: max(result.cursor - 1, result.lineStart))
  }

  /// With what was typed once more, as often as the number before the command says.
  private mutating func repeated(_ text: [UInt32], _ buffer: EditBuffer) -> EditBuffer {
    let piece = insertion.opensLine ? [0x0A] + insertion.indentation + text : text
    let most = mode == .replace ? Self.mostOverwritten : Self.mostInserted
    guard insertion.copies > 0, piece.count * insertion.copies <= most else { return buffer }
    let start = insertion.opensLine ? buffer.moved(to: buffer.lineEnd) : buffer
    return typing(Array(Array(repeating: piece, count: insertion.copies).joined()), into: start)
  }

  private static let mostOverwritten = 1 << 12
}
