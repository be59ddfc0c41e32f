import Glibc

/// The colours of what is typed, painted over what libedit has drawn, and the suggestion behind it.
extension LineEditor {
  /// What belongs to the painting of the statement being typed.
  struct Painting {
    var painter = BlockPainter()
    /// Whether a key was acted on since the last painting, and not shown.
    var isBehind = false
    /// How often libedit had drawn all anew when it was painted last.
    var drawings = 0
    /// Made while nothing is typed, since it reads the file.
    var search: SuggestionSearch?
    /// What is suggested on the screen.
    var suggestion: Suggestion?
    /// Whether the last key was Tab.
    var isCompleting = false
    /// What was accepted of a suggestion, to be inserted.
    var accepted: [UInt32] = []
  }

  /// Brings the screen up to date before a wait. While more is typed already, that comes first: one screen for all.
  private func showAll() {
    let output = TerminalOutput.shared
    if input.hasMore, output.count < Self.outputLimit {
      reading.painting.isBehind = true
      return
    }
    show()
    output.flush()
    prepareSuggestions()
  }

  /// Reads the history, best while nothing is typed yet.
  private func prepareSuggestions() {
    guard palette != nil, reading.painting.search == nil else { return }
    reading.painting.search = SuggestionSearch(history.statements, recalled: history.recalled)
  }

  /// Waits for the next key with all shown, and takes what was suggested from the screen: no key finds it there.
  func nextKey() -> TerminalInput.Event {
    makeRoom()
    showAll()
    let event = input.next()
    noteKey(event)
    guard let suggestion = reading.painting.suggestion else { return event }
    reading.painting.suggestion = nil
    TerminalOutput.shared.add(Self.eraseToEnd)
    guard let accepted = accepted(suggestion, by: event), !accepted.isEmpty else { return event }
    reading.painting.accepted = accepted
    return .key(.suggestion)
  }

  /// What a key takes of the suggestion; nil: it does something else.
  private func accepted(_ suggestion: Suggestion, by event: TerminalInput.Event) -> [UInt32]? {
    switch event {
    case .key(.right), .key(.end), .character(Self.controlE), .character(Self.controlF): suggestion.rest
    case .key(.wordRight): suggestion.word
    case .character(Self.escape) where line?.isVi == false && input.take(.character(Self.letterF)):
      suggestion.word
    default: nil
    }
  }

  private static let controlE: UInt32 = 0x05
  private static let controlF: UInt32 = 0x06
  private static let controlL: UInt32 = 0x0C
  private static let escape: UInt32 = 0x1B
  private static let letterF: UInt32 = 0x66
  private static let eraseToEnd = Array("\u{1B}[K".utf8)

  /// Notes that a key comes that may have libedit draw everything anew.
  private func noteKey(_ event: TerminalInput.Event) {
    reading.painting.isCompleting = event == .key(.complete) || event == .character(0x09)
    switch event {
    case .character(let character) where character >= 0x20: return
    case .key, .paste: return
    default: reading.painting.painter.forget()
    }
    if event == .character(Self.controlL), reading.display.folded != nil {
      EditLine.write("\u{1B}[H\u{1B}[2J")
      forgetBlock()
    }
  }

  /// Leaves the block as it stays on the screen, without what belongs to the cursor.
  func paintForGood() { if !fold() { paint(cursorIsShown: false) } }

  /// Has the block drawn anew at the cursor, and paints it.
  func redraw() {
    reading.painting.suggestion = nil
    if !fold(), let line {
      line.refresh()
      paintBlock(line)
    }
    TerminalOutput.shared.flush()
  }

  /// Brings the colours up to date with what libedit has drawn, or draws what is too tall for it.
  private func show() {
    if !fold(), let line { paintBlock(line) }
  }

  private func paintBlock(_ line: EditLine) {
    paint(cursorIsShown: true)
    noteCursor(line)
  }

  /// Collected output that is not held back any longer, in bytes.
  private static let outputLimit = 1 << 14

  private func paint(cursorIsShown: Bool) {
    guard let line else { return }
    if reading.painting.isBehind || reading.painting.drawings != line.drawings {
      reading.painting.painter.forget()
    }
    (reading.painting.isBehind, reading.painting.drawings) = (false, line.drawings)
    let buffer = line.buffer
    guard buffer.text.count <= line.columns * line.rows else { return reading.painting.painter.forget() }
    let spans = palette == nil ? [] : helpers.spans(buffer.text, cursorIsShown ? buffer.cursor : nil)
    let rows = PaintedRows(
      buffer, prompt: line.prompt, spans: spans, palette: palette, width: line.columns)
    // Of a block that is taller than the screen libedit shows the end, and after a change of size another block.
    guard rows.height <= line.rows, line.columns == Terminal.columns else {
      return reading.painting.painter.forget()
    }
    if palette != nil || rows.doubtfulColumn != nil || rows.rows.indices.contains(where: rows.goesOn) {
      TerminalOutput.shared.add(reading.painting.painter.update(to: rows))
    } else {
      reading.painting.painter.forget()
    }
    if cursorIsShown { suggest(behind: buffer, at: rows.end) }
  }

  private func suggest(behind buffer: EditBuffer, at end: ScreenPosition) {
    guard palette != nil, !buffer.text.isEmpty, buffer.cursor == buffer.text.count,
      !reading.painting.isCompleting
    else { return }
    prepareSuggestions()
    let former = reading.painting.search?.rest(of: buffer.text).map { Suggestion(rest: $0) }
    guard let suggestion = former ?? .ofContinuation(buffer.text),
      let painting = suggestion.painting(columns: end.width - end.column - 1)
    else { return }
    reading.painting.suggestion = suggestion
    TerminalOutput.shared.add(painting)
  }
}
