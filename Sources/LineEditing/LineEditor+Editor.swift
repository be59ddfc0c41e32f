/// The text in another program, the user's editor.
extension LineEditor {
  /// Hands the text over. What comes back is typed text, which Enter runs.
  func edit(_ line: EditLine) -> EditOutcome {
    let text = line.buffer.string
    // Whoever has a message or a new size meanwhile finds no block to move.
    isReading = false
    clearBlock()
    let edited = lendTerminal(line) { editText(text) }
    isReading = true
    adoptSize(line)
    if let problem = edited.problem { EditLine.write("\r\(problem)\r\n") }
    if let bytes = edited.bytes { line.replaceAll(with: PastedText.cleaned(bytes)) }
    redraw()
    return .nothing
  }

  /// Leaves the terminal to somebody else for a while, as it was before editing.
  func lendTerminal<Result>(_ line: EditLine, _ body: () -> Result) -> Result {
    EditLine.write(Terminal.pasteOff)
    line.setEditing(false)
    defer {
      line.setEditing(true)
      EditLine.write(Terminal.pasteOn)
    }
    return body()
  }
}
