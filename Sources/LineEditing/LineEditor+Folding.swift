/// A statement that is taller than the screen is shown in part, by us: libedit goes on editing it and is not seen.
extension LineEditor {
  /// How the statement being typed stands on the screen.
  struct Display {
    /// What is shown in place of a block that is too tall; nil: libedit's block is shown.
    var folded: BlockPicture?
    /// The cursor's row in libedit's block, counted from the prompt's first one.
    var cursorRow = 0
  }

  /// What is known of the rows that libedit has room for.
  struct Room {
    /// How many characters there were when libedit's room was looked at last.
    var count = 0
    /// From so many on it has to be looked at again.
    var limit = EditLine.spareRows / 2
  }

  /// Asks the terminal for its size.
  func adoptSize(_ line: EditLine) {
    line.resize()
    reading.room = Room()
  }

  /// Sees to it that libedit has room for all rows. To be called between keys.
  func makeRoom() {
    guard let line else { return }
    let count = line.count
    defer { reading.room.count = count }
    // A character more is a row more at most.
    let isSameText = abs(count - reading.room.count) <= 1
    guard count >= EditLine.spareRows / 2, !isSameText || count >= reading.room.limit else { return }
    var start = ScreenPosition(width: line.columns)
    start.advance(over: line.prompt, isPrompt: true)
    let rows = start.row + BlockLayout(line.buffer.text, from: start).rows.count
    if rows + EditLine.spareRows / 2 > line.reservedRows {
      // It holds all for drawn then, but such a block is folded.
      line.changeRoom(rows: rows * 2 + EditLine.spareRows)
      _ = fold()
    }
    reading.room.limit = count + line.reservedRows - rows - 1
  }

  /// Draws the text in part where the screen has no room for all of it.
  ///
  /// - Returns: false: it has, and libedit's block is to be shown.
  func fold() -> Bool {
    guard let line else { return false }
    let buffer = line.buffer
    guard isTooTall(buffer, line) else {
      unfold(line)
      return false
    }
    let output = TerminalOutput.shared
    if let folded = reading.display.folded {
      output.add(Array(folded.erasing(columns: max(line.columns, 2)).utf8))
    } else {
      output.isOurs = true
      output.add(Array(Terminal.eraseFrom(rowsUp: reading.display.cursorRow).utf8))
    }
    let picture = BlockPicture(prompt: line.prompt, buffer: buffer, screen: .current)
    output.add(Array(picture.drawing.utf8))
    reading.display.folded = picture
    reading.painting.painter.forget()
    return true
  }

  /// Has libedit's block shown again.
  private func unfold(_ line: EditLine) {
    guard reading.display.folded != nil else { return }
    clearBlock()
    line.refresh()
  }

  /// Erases prompt and text from the screen and leaves the cursor where they began.
  func clearBlock() {
    guard let line else { return }
    if let folded = reading.display.folded {
      EditLine.write(folded.erasing(columns: max(Terminal.columns, 2)))
    } else {
      EditLine.write(Terminal.eraseFrom(rowsUp: cursorRow(line, columns: Terminal.columns)))
    }
    forgetBlock()
  }

  /// The cursor's row in libedit's block, which may have been drawn for another width.
  private func cursorRow(_ line: EditLine, columns: Int) -> Int {
    let (buffer, prompt) = (line.buffer, line.prompt)
    guard line.columns != columns else {
      return ScreenPosition.cursor(in: buffer, prompt: prompt, width: columns).row
    }
    return ReflowedPosition(of: buffer, prompt: prompt, drawnFor: line.columns, width: columns).row
  }

  /// Moves the cursor to the row below prompt and text, which stay on the screen.
  func leaveBlock() {
    guard let line else { return }
    let rows = reading.display.folded?.rowsBelowCursor ?? rowsBelowCursor(line)
    EditLine.write((rows > 0 ? "\u{1B}[\(rows)B" : "") + "\r\n")
    forgetBlock()
  }

  /// To be called when the cursor stands in the first column of a row where the next block begins.
  func forgetBlock() {
    TerminalOutput.shared.isOurs = false
    reading.display = Display()
  }

  /// Notes where libedit's cursor stands on the screen.
  func noteCursor(_ line: EditLine) {
    reading.display.cursorRow =
      ScreenPosition.cursor(in: line.buffer, prompt: line.prompt, width: line.columns).row
  }

  private func rowsBelowCursor(_ line: EditLine) -> Int {
    let (buffer, width) = (line.buffer, Terminal.columns)
    let end = EditBuffer(text: buffer.text, cursor: buffer.text.count)
    return ScreenPosition.cursor(in: end, prompt: line.prompt, width: width).row
      - ScreenPosition.cursor(in: buffer, prompt: line.prompt, width: width).row
  }

  /// By the same measure as `BlockPicture`.
  private func isTooTall(_ buffer: EditBuffer, _ line: EditLine) -> Bool {
    let screen = BlockPicture.Screen.current
    var position = ScreenPosition(width: screen.columns)
    position.advance(over: line.prompt, isPrompt: true)
    for character in buffer.text {
      position.advance(over: character)
      if position.row + 1 >= screen.rows { return true }
    }
    return false
  }
}
