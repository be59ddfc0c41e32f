/// emacs's keys at the prompt, as far as libedit has no command for them.
extension LineEditor {
  /// Looks at what the last key has done.
  func settleEmacsKeys() {
    guard let line, !line.isVi, overlay == nil, let piece = reading.emacs.settle(line.buffer) else { return }
    keepCut(piece.cut, isBackward: piece.isBackward, line)
  }

  /// Takes back what was typed or cut last.
  func undo(_ line: EditLine) -> EditOutcome {
    guard !line.isVi, let buffer = reading.emacs.undo(line.buffer) else { return .beep }
    line.change(to: buffer)
    return .refresh
  }

  /// Has the characters before and at the cursor change places, at the end of a line the two before it. libedit would
  /// take a line feed for one of them.
  func transpose(_ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    let second = buffer.cursor < buffer.lineEnd ? buffer.cursor : buffer.cursor - 1
    guard second > buffer.lineStart else { return .beep }
    var text = buffer.text
    text.swapAt(second - 1, second)
    line.change(to: EditBuffer(text: text, cursor: second + 1))
    return .refresh
  }

  /// The last word of the last statement; the same again, that of the one before it.
  func insertLastWord(_ line: EditLine) -> EditOutcome {
    if reading.emacs.formerKind != .lastWord { reading.lastWord = LastWord() }
    let statements = history.statements
    while reading.lastWord.age < statements.count {
      reading.lastWord.age += 1
      guard let word = lastWord(of: statements[statements.count - reading.lastWord.age]) else { continue }
      line.deleteBackwards(reading.lastWord.length)
      reading.lastWord.length = word.count
      return line.insert(word) ? .refresh : .beep
    }
    return .beep
  }

  /// What stands behind the last blank; nil: nothing.
  func lastWord(of statement: String) -> [UInt32]? {
    history.recalled(statement).split(whereSeparator: \.isWhitespace).last?.unicodeScalars.map(\.value)
  }

  /// Which statement's last word has been inserted.
  struct LastWord {
    /// 1: the last statement.
    var age = 0
    var length = 0
  }
}
