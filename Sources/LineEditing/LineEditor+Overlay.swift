/// What is shown in place of libedit's block: then libedit has no text, and the keys are ours.
enum Overlay {
  case search(HistorySearch)
}

extension LineEditor {
  /// Reads keys for the overlay until there is one for libedit.
  func nextInOverlay() -> TerminalInput.Event? {
    while let overlay {
      let event = nextKey()
      let key: KeyDecoder.Input
      switch event {
      case .character(let character): key = .character(character)
      case .key(let pressed): key = .key(pressed)
      case .paste(let bytes): key = .paste(bytes)
      case .endOfInput, .stop, .failed:
        eraseOverlay()
        self.overlay = nil
        return event
      }
      // A change of the window's size may have changed it while we waited.
      switch self.overlay ?? overlay {
      case .search(let search):
        if let rest = self.search(search, key) { return rest.event }
      }
    }
    return nil
  }

  /// Erases libedit's block, and takes the text out of it.
  func takeBlock(_ line: EditLine) {
    clearBlock()
    line.replaceAll(with: [])
    line.refresh()
    clearBlock()
  }

  /// Gives a text to libedit, in place of the overlay.
  func present(_ buffer: EditBuffer) {
    guard let line else { return }
    eraseOverlay()
    overlay = nil
    line.replaceAll(with: buffer.text)
    line.moveCursor(to: buffer.cursor)
    forgetBlock()
    if !fold() { line.refresh() }
  }

  /// Draws the overlay at the cursor, which stands in the first column.
  func drawOverlay() {
    guard let line, let overlay else { return }
    let picture =
      switch overlay {
      case .search(let search): search.picture(prompt: line.prompt, screen: .current)
      }
    EditLine.write(picture.drawing)
    drawn = picture
  }

  /// Erases the overlay and leaves the cursor where it began.
  func eraseOverlay() {
    if let drawn { EditLine.write(drawn.erasing(columns: max(Terminal.columns, 2))) }
    drawn = nil
  }
}

extension KeyDecoder.Input {
  fileprivate var event: TerminalInput.Event {
    switch self {
    case .character(let character): .character(character)
    case .key(let key): .key(key)
    case .paste(let bytes): .paste(bytes)
    }
  }
}
