/// The search for earlier statements, drawn in place of libedit's block.
extension LineEditor {
  /// Begins at what is typed.
  func search(_ line: EditLine) -> EditOutcome {
    let typed = line.buffer
    reading.recall = recall
    takeBlock(line)
    begin(
      HistorySearch(
        typed, in: recall.statements, formerQuery: formerQuery, recalled: history.recalled,
        enterEdits: vi.isCommanding))
    return .nothing
  }

  private func begin(_ search: HistorySearch) {
    overlay = .search(search)
    drawOverlay()
  }

  /// Takes a key; gives the key that libedit is to act on, if any.
  func search(_ search: HistorySearch, _ key: KeyDecoder.Input) -> KeyDecoder.Input? {
    var search = search
    let outcome = search.take(key)
    if !search.query.isEmpty { formerQuery = search.query }
    switch outcome {
    case .goesOn(let isUseless):
      eraseOverlay()
      overlay = .search(search)
      drawOverlay()
      if isUseless { EditLine.write("\u{7}") }
      return nil
    case .edits(let key):
      leave(search)
      // Alt with a letter comes as Escape and the letter.
      return key ?? (input.hasPending ? .character(0x1B) : nil)
    case .enters:
      leave(search)
      return .key(.enter)
    case .goesBack:
      present(search.typed)
      return nil
    }
  }

  /// Up and Down go on from the statement that was found.
  private func leave(_ search: HistorySearch) {
    reading.search = search
    present(search.shown)
    guard let position = search.position else { return }
    recall.jump(to: position, from: search.typed.string)
    vi.adopt(search.shown)
    reading.emacs.adopt(search.shown)
  }

  /// Goes on with the last search, without asking.
  func searchAgain(isBack: Bool, _ line: EditLine) -> EditOutcome {
    guard !formerQuery.isEmpty else { return .beep }
    reading.recall = recall
    let former = reading.search.flatMap { $0.shown.text == line.buffer.text ? $0 : nil }
    var search =
      former
      ?? HistorySearch(
        line.buffer, in: recall.statements, formerQuery: formerQuery, recalled: history.recalled)
    guard search.take(.character(isBack ? 0x13 : 0x12)) == .goesOn(isUseless: false) else { return .beep }
    reading.search = search
    if let position = search.position { recall.jump(to: position, from: line.buffer.string) }
    line.change(to: search.shown)
    vi.adopt(search.shown)
    return .refresh
  }
}
