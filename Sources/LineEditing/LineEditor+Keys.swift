import Glibc

/// What the keys of ours do.
extension LineEditor {
  func nextCharacter() -> EditRead {
    switch nextInOverlay() ?? nextKey() {
    case .character(let character): return typed(character)
    case .key(let key):
      noteKey(key)
      return .character(key.rawValue)
    case .paste(let bytes):
      noteKey(nil)
      reading.pasted = bytes
      return .character(EditKey.paste.rawValue)
    case .endOfInput:
      return .endOfInput
    case .stop:
      reading.outcome = .stopped
      return .failed
    case .failed(let code):
      reading.outcome = .failed(code)
      return .failed
    }
  }

  /// A typed character; an accent goes together with the character before it, since libedit cannot show it apart.
  private func typed(_ character: UInt32) -> EditRead {
    note(character)
    guard let line, character >= ComposedText.firstMark, let before = line.buffer.before,
      let composed = ComposedText.composed(before, character)
    else { return .character(character) }
    reading.composed = composed
    return .character(EditKey.composition.rawValue)
  }

  private func noteKey(_ key: EditKey?) {
    reading.viKeys.takeKey(key)
    reading.cut = []
    if reading.viKeys.mayCut { cutLines = nil }
  }

  private func note(_ character: UInt32) {
    staysInLine(after: character)
    let isOfLine = reading.viKeys.take(character)
    if ![.cutToEnd, .cutToStart].contains(EditKey(typed: character)) { reading.cut = [] }
    if reading.viKeys.mayCut { cutLines = nil }
    guard let line, line.isVi, let command = ViLineCommand(rawValue: character) else { return }
    let isPut = command == .putBelow || command == .putAbove
    line.setOurs(command, isPut ? cutLines != nil : isOfLine)
  }

  /// vi's Escape goes back by a character, but not beyond the start of the line.
  private func staysInLine(after character: UInt32) {
    guard let line, line.isVi, reading.viKeys.leavesInsertion(with: character), line.buffer.before == 0x0A
    else {
      return
    }
    line.push(.nextCharacter)
  }

  private func compose(_ line: EditLine) -> EditOutcome {
    line.deleteBackwards(1)
    return line.insert([reading.composed]) ? .refresh : .beep
  }

  func run(character: UInt32) -> EditOutcome {
    guard let line else { return .beep }
    if let key = EditKey(typed: character) { return run(key, line) }
    if let command = ViLineCommand(rawValue: character) { return run(command, line) }
    guard let key = EditKey(viCommand: character) else { return .beep }
    let before = line.buffer.text
    let outcome = [.up, .down].contains(key) ? repeated(key, line) : run(key, line)
    // In vi's command mode the cursor cannot stand behind a recalled statement.
    if line.buffer.text != before { line.moveCursor(to: 0) }
    return outcome
  }

  /// As often as the number before it says, or as it goes.
  private func repeated(_ key: EditKey, _ line: EditLine) -> EditOutcome {
    let outcome = run(key, line)
    guard outcome == .refresh else { return outcome }
    for _ in 1..<max(reading.viKeys.count, 1) {
      guard run(key, line) == .refresh else { break }
    }
    return .refresh
  }

  private func run(_ key: EditKey, _ line: EditLine) -> EditOutcome {
    switch key {
    case .enter: return enter(line)
    case .newline: return line.insert([0x0A]) ? .refresh : .beep
    case .interrupt: return interrupt(line)
    case .suspend: return suspend(line)
    case .paste: return paste(line)
    case .composition: return compose(line)
    case .suggestion: return line.insert(reading.painting.accepted) ? .refresh : .beep
    case .complete: return complete(line)
    case .hint: return showHint(line)
    case .search: return search(line)
    case .editor: return edit(line)
    case .up: return up(line)
    case .down: return down(line)
    case .home: return move(line, to: line.buffer.lineStart)
    case .end: return move(line, to: line.buffer.lineEnd)
    case .cutToEnd: return cut(line.buffer.restOfLine, line)
    case .cutToStart: return cut(line.buffer.beginningOfLine, line)
    case .putBelow: return put(above: false, line)
    case .putAbove: return put(above: true, line)
    case .nextCharacter: return move(line, to: min(line.buffer.cursor + 1, line.buffer.text.count))
    default: return .nothing
    }
  }

  private func enter(_ line: EditLine) -> EditOutcome {
    let text = line.buffer.string
    if text.allSatisfy(\.isWhitespace) || reading.isComplete(text) {
      if outdent(line) {
        // It is entered once the screen shows it.
        line.push(.enter)
        return .refresh
      }
      paintForGood()
      takeTypeAhead()
      line.push(.accept)
      return .nothing
    }
    return continueStatement(line)
  }

  /// Before libedit lets the kernel read lines again: what is typed once it does belongs to the statement, which may
  /// read it.
  private func takeTypeAhead() {
    TerminalModes.takeSignals()
    reading.isInterrupted = input.takeTypeAhead()
  }

  private func interrupt(_ line: EditLine) -> EditOutcome {
    paintForGood()
    line.moveCursor(to: line.buffer.text.count)
    line.insert(Array("^C".unicodeScalars.map(\.value)))
    if reading.display.folded != nil { paintForGood() }
    reading.outcome = .interrupted
    line.push(.accept)
    return .refresh
  }

  private func suspend(_ line: EditLine) -> EditOutcome {
    EditLine.write("\r\n")
    forgetBlock()
    lendTerminal(line) { _ = kill(0, SIGTSTP) }
    adoptSize(line)
    redraw()
    return .nothing
  }

  private func paste(_ line: EditLine) -> EditOutcome {
    let text = PastedText.cleaned(reading.pasted)
    reading.pasted = []
    return line.insert(line.count == 0 ? Array(text.drop { $0 == 0x0A }) : text) ? .refresh : .beep
  }

  private func up(_ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    if let above = buffer.above { return move(line, to: above) }
    var recall = reading.recall ?? HistoryRecall(history.statements)
    defer { reading.recall = recall }
    return show(line, recall.older(than: buffer.string))
  }

  private func down(_ line: EditLine) -> EditOutcome {
    if let below = line.buffer.below { return move(line, to: below) }
    return show(line, reading.recall?.newer())
  }

  private func show(_ line: EditLine, _ statement: String?) -> EditOutcome {
    guard let statement else { return .beep }
    line.replaceAll(with: history.recalled(statement).unicodeScalars.map(\.value))
    return .refresh
  }

  func move(_ line: EditLine, to offset: Int) -> EditOutcome {
    line.moveCursor(to: offset)
    return .refresh
  }
}
