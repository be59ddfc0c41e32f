import Glibc

/// What the keys of ours do.
extension LineEditor {
  func nextCharacter() -> EditRead {
    if hasInsertedControl() { return .character(EditKey.dropControl.rawValue) }
    let event = nextInOverlay() ?? nextKey()
    let isLiteral = reading.takesLiteral
    reading.takesLiteral = false
    if isLiteral { return literal(event) }
    if let character = viCharacter(event) {
      reading.viCharacter = character
      reading.cut = []
      return .character(EditKey.vi.rawValue)
    }
    if isNoArgument(event) { return .character(EditKey.ignored.rawValue) }
    if let replacement = replacedIndentation(event) { return replacement }
    switch event {
    case .character(let character): return typed(character)
    case .key(let key):
      takeKey()
      return .character(key.rawValue)
    case .paste(let bytes):
      takeKey()
      reading.pasted = bytes
      return .character(EditKey.paste.rawValue)
    case .endOfInput:
      return .endOfInput
    case .stop, .failed: return failed(event)
    }
  }

  func takeKey() {
    settleEmacsKeys()
    reading.emacs.takeKey()
    reading.cut = []
  }

  /// A typed character; an accent goes together with the character before it, since libedit cannot show it apart.
  private func typed(_ character: UInt32) -> EditRead {
    if !reading.emacs.goesOn(with: character) { settleEmacsKeys() }
    reading.emacs.take(character)
    if !reading.emacs.keepsCut, ![.cutToEnd, .cutToStart].contains(EditKey(typed: character)) {
      reading.cut = []
    }
    if line?.isVi == true, isUnknownInCommandMode(character) { return .character(EditKey.ignored.rawValue) }
    noteControl(character)
    guard character >= ComposedText.firstMark else { return .character(character) }
    if let composed = line?.buffer.composed(with: character) { return replace(1, with: [composed]) }
    // At the end of a line libedit would write a joiner as it is, and leave it out when it draws the row anew.
    return CharacterWidth.columns(of: character) == 0 ? replace(0, with: [character]) : .character(character)
  }

  /// Has a text come in the place of so many characters before the cursor.
  func replace(_ count: Int, with text: [UInt32]) -> EditRead {
    reading.replacement = (count, text)
    return .character(EditKey.replacement.rawValue)
  }

  /// What goes into the text as it is; of a key that is no character, nothing.
  private func literal(_ event: TerminalInput.Event) -> EditRead {
    switch event {
    case .character(let character):
      reading.painting.accepted = [character]
      return .character(EditKey.suggestion.rawValue)
    case .key(.interrupt): return .character(EditKey.interrupt.rawValue)
    case .paste(let bytes):
      reading.pasted = bytes
      return .character(EditKey.paste.rawValue)
    case .key: return .character(EditKey.ignored.rawValue)
    case .endOfInput: return .endOfInput
    case .stop, .failed: return failed(event)
    }
  }

  private func failed(_ event: TerminalInput.Event) -> EditRead {
    if case .failed(let code) = event { reading.outcome = .failed(code) } else { reading.outcome = .stopped }
    return .failed
  }

  private func replace(_ line: EditLine) -> EditOutcome {
    line.deleteBackwards(reading.replacement.count)
    return line.insert(reading.replacement.text) ? .refresh : .beep
  }

  func run(character: UInt32) -> EditOutcome {
    guard let line else { return .beep }
    guard let key = EditKey(typed: character) else {
      return line.isVi ? runStray(character, line) : insertLastWord(line)
    }
    return vi.isCommanding && key != .vi ? runInCommandMode(key, line) : run(key, line)
  }

  func run(_ key: EditKey, _ line: EditLine) -> EditOutcome {
    switch key {
    case .enter: return enter(line)
    case .newline: return line.insert([0x0A]) ? .refresh : .beep
    case .interrupt: return interrupt(line)
    case .suspend: return suspend(line)
    case .paste: return paste(line)
    case .replacement: return replace(line)
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
    case .vi: return runVi(line)
    case .literal:
      reading.takesLiteral = true
      return .nothing
    case .dropControl:
      line.deleteBackwards(1)
      EditLine.write("\u{7}")
      return .refresh
    case .undo: return undo(line)
    case .transpose: return transpose(line)
    case .cutWord: return cutWord(line)
    case .putBack: return putBack(line)
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
    if vi.isCommanding {
      line.moveCursor(to: line.buffer.text.count)
      vi.beginInsertion(in: line.buffer)
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
    return show(line, recall.older(than: buffer.string))
  }

  /// Made when it is needed first, since it reads the file.
  var recall: HistoryRecall {
    get { reading.recall ?? HistoryRecall(history.statements, recalled: history.recalled) }
    set { reading.recall = newValue }
  }

  private func down(_ line: EditLine) -> EditOutcome {
    if let below = line.buffer.below { return move(line, to: below) }
    return show(line, reading.recall?.newer(than: line.buffer.string))
  }

  private func show(_ line: EditLine, _ statement: String?) -> EditOutcome {
    guard let statement else { return .beep }
    line.replaceAll(with: statement.unicodeScalars.map(\.value))
    vi.adopt(line.buffer)
    reading.emacs.adopt(line.buffer)
    return .refresh
  }

  func move(_ line: EditLine, to offset: Int) -> EditOutcome {
    line.moveCursor(to: offset)
    return .refresh
  }
}
