/// vi's keys at the prompt.
extension LineEditor {
  /// What vi takes of an event; nil: libedit, or a key of ours, does.
  func viCharacter(_ event: TerminalInput.Event) -> Unicode.Scalar? {
    guard line?.isVi == true else { return nil }
    switch (vi.mode, event) {
    case (.insert, .character(ViMode.escape.value)): return ViMode.escape
    case (.replace, .character(let character)) where Self.isOverwriting(character):
      return Unicode.Scalar(character)
    case (.command, .character(let character)) where isViCommand(character): return Unicode.Scalar(character)
    case _ where vi.lacksArgument: return nil
    case (.command, .character(let character)): return Self.sameAsControl[character]
    case (.command, .key(let key)): return Self.sameAsKey[key]
    default: return nil
    }
  }

  private static func isOverwriting(_ character: UInt32) -> Bool {
    character >= 0x20 || character == 0x08 || character == ViMode.escape.value
  }

  private func isViCommand(_ character: UInt32) -> Bool {
    Self.isOverwriting(character) || Self.blanks.contains(character) && vi.lacksArgument
  }

  /// Control characters that a text may have, for `r` and its kin.
  private static let blanks: Set<UInt32> = [0x09, 0x0A, 0x0D]

  /// Whether a key stands for a letter where a character is awaited, for which that letter would be taken.
  func isNoArgument(_ event: TerminalInput.Event) -> Bool {
    guard line?.isVi == true, vi.lacksArgument else { return false }
    switch event {
    case .character(let character): return Self.sameAsControl[character] != nil
    case .key(let key): return Self.sameAsKey[key] != nil
    default: return false
    }
  }

  /// What keys of emacs's and those beside the letters do in command mode.
  private static let sameAsControl: [UInt32: Unicode.Scalar] = [
    0x01: "0", 0x02: "h", 0x05: "$", 0x06: "l", 0x0D: "o", 0x0E: "j", 0x10: "k", 0x19: "p", 0x1F: "u",
  ]
  private static let sameAsKey: [EditKey: Unicode.Scalar] = [
    .up: "k", .down: "j", .left: "h", .right: "l", .home: "0", .end: "$", .wordLeft: "b", .wordRight: "w",
    .deleteForward: "x", .newline: "o", .undo: "u",
  ]

  /// Controls that act in command mode as they do elsewhere.
  private static let unchangedControls: Set<UInt32> = Set(
    (EditKey.controls + EditKey.viControls).map(\.character) + EditKey.commands.map(\.character) + [0x04]
  ).subtracting([0x11, 0x16])

  /// Whether a character that vi does not take has no meaning in command mode.
  func isUnknownInCommandMode(_ character: UInt32) -> Bool {
    vi.isCommanding && !Self.unchangedControls.contains(character)
  }

  /// Notes a character that libedit's insert mode takes as it is, unless a setting of the user's says otherwise.
  func noteControl(_ character: UInt32) {
    guard let line, line.isVi, character < 0x20, !Self.unchangedControls.contains(character) else { return }
    reading.control = (character, line.count)
  }

  /// Whether it has, which nobody can have meant.
  func hasInsertedControl() -> Bool {
    guard let line, let (character, count) = reading.control else { return false }
    reading.control = nil
    return line.count > count && line.buffer.before == character
  }

  /// The character that was read last goes to vi.
  func runVi(_ line: EditLine) -> EditOutcome {
    guard let character = reading.viCharacter else { return .beep }
    reading.viCharacter = nil
    switch vi.take(character, in: line.buffer) {
    case .nothing: return .nothing
    case .beep: return .beep
    case .edits(let buffer):
      line.change(to: buffer)
      return .refresh
    case .asks(let request): return answer(request, line)
    }
  }

  private func answer(_ request: ViMode.Request, _ line: EditLine) -> EditOutcome {
    switch request {
    case .up(let times): return recall(.up, times, line)
    case .down(let times): return recall(.down, times, line)
    case .search: return search(line)
    case .searchAgain(let isBack): return searchAgain(isBack: isBack, line)
    case .editor: return runInCommandMode(.editor, line)
    case .lastWord: return appendLastWord(line)
    }
  }

  /// Earlier statements, or later ones; the cursor goes to the start.
  private func recall(_ key: EditKey, _ times: Int, _ line: EditLine) -> EditOutcome {
    let before = line.buffer.text
    var outcome = EditOutcome.beep
    for _ in 0..<times {
      guard run(key, line) == .refresh else { break }
      outcome = .refresh
      // The next step leads to another statement, and not through this one's lines.
      if key == .up { line.moveCursor(to: 0) }
    }
    guard line.buffer.text != before else { return outcome }
    line.moveCursor(to: 0)
    vi.adopt(line.buffer)
    return outcome
  }

  /// The last word of the last statement, behind a blank.
  private func appendLastWord(_ line: EditLine) -> EditOutcome {
    guard let word = history.statements.last.flatMap(lastWord(of:)) else { return .beep }
    let buffer = line.buffer
    line.moveCursor(to: min(buffer.cursor + 1, buffer.lineEnd))
    vi.beginInsertion(in: line.buffer)
    return line.insert((buffer.text.isEmpty ? [] : [0x20]) + word) ? .refresh : .beep
  }

  /// A key that is none of vi's, in vi's command mode.
  func runInCommandMode(_ key: EditKey, _ line: EditLine) -> EditOutcome {
    let (isHalfTyped, hasJustUndone) = (vi.awaitsMore, vi.hasJustUndone)
    vi.forgetTyped()
    let before = line.buffer
    switch key {
    case .ignored where isHalfTyped: return .beep
    case .search where hasJustUndone || vi.changes.canRedo:
      guard let redone = vi.redo(before) else { return .beep }
      line.change(to: redone)
      return .refresh
    case .enter: line.moveCursor(to: before.lineEnd)
    case .complete: return completeBehind(line)
    case .paste: line.moveCursor(to: before.cursor == before.lineStart ? before.cursor : before.cursor + 1)
    default: break
    }
    let outcome = run(key, line)
    guard vi.isCommanding, reading.outcome == nil, overlay == nil else { return outcome }
    let after = line.buffer
    if after.text != before.text { key == .editor ? vi.adopt(after) : vi.note(before) }
    line.moveCursor(to: key == .paste ? max(after.cursor - 1, after.lineStart) : after.inCommandMode.cursor)
    return outcome
  }

  /// Completes what the cursor stands on the end of, as if by `a`.
  private func completeBehind(_ line: EditLine) -> EditOutcome {
    let before = line.buffer
    line.moveCursor(to: min(before.cursor + 1, before.lineEnd))
    vi.beginInsertion(in: line.buffer)
    let outcome = complete(line)
    if case .beep = outcome { line.change(to: vi.endInsertion(line.buffer)) }
    return outcome
  }

  /// A setting of the user's has led to libedit's command mode of vi's, whose keys are not ours.
  func runStray(_ character: UInt32, _ line: EditLine) -> EditOutcome {
    guard let scalar = Unicode.Scalar(character) else { return .beep }
    reading.viCharacter = scalar
    // A macro of the user's types Escape.
    guard scalar != ViMode.escape else { return runVi(line) }
    line.push(.insertMode)
    if !vi.isCommanding { _ = vi.endInsertion(line.buffer) }
    return runVi(line)
  }

  /// Cuts the word before the cursor, at the start of a line its line feed.
  func cutWord(_ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    let start = ViWords(text: buffer.text, areBig: false).previous(buffer.cursor)
    return cut(
      buffer.cursor > buffer.lineStart
        ? max(start, buffer.lineStart)..<buffer.cursor : buffer.beginningOfLine, line)
  }
}
