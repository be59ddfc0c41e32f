import Glibc

/// The Tab key, and the hint to the call at the cursor.
extension LineEditor {
  /// Inserts what is certain; when nothing is, lists what is possible.
  func complete(_ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    if buffer.lineStart > 0, buffer.isInIndentation { return line.insert([0x20, 0x20]) ? .refresh : .beep }
    guard let completion = helpers.complete(buffer.string, buffer.cursor) else { return .beep }
    let start = min(max(completion.start, 0), buffer.cursor)
    let insertion = completion.insertion.unicodeScalars.map(\.value)
    if insertion == Array(buffer.text[start..<buffer.cursor]) {
      return list(completion.list(Terminal.columns), line)
    }
    line.deleteBackwards(buffer.cursor - start)
    return line.insert(insertion) ? .refresh : .beep
  }

  /// Shows the hint above the prompt.
  func showHint(_ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    guard let hint = helpers.hint(buffer.string, buffer.cursor) else { return .beep }
    showMessage(hint)
    return .nothing
  }

  /// Prints lines below the block, then the block anew. Letting libedit redraw it itself would erase lines.
  private func list(_ lines: [String], _ line: EditLine) -> EditOutcome {
    guard !lines.isEmpty else { return .beep }
    // Whoever has a message or a new size meanwhile finds no block to move.
    isReading = false
    leaveBlock()
    showPages(lines)
    isReading = true
    adoptSize(line)
    redraw()
    return .nothing
  }

  private func showPages(_ lines: [String]) {
    var pages = ListPages(lines, rows: Terminal.rows)
    while let page = pages.next() {
      EditLine.write(page.map { $0 + "\r\n" }.joined())
      guard let question = pages.question else { return }
      EditLine.write(BlockPicture.cut(question, to: Terminal.columns).text)
      let goesOn = wantsMore()
      EditLine.write("\r\u{1B}[K")
      if !goesOn { return }
    }
  }

  private func wantsMore() -> Bool {
    switch input.next() {
    case .character(0x20), .character(0x09): return true
    case .paste(let bytes):
      reading.pasted = bytes
      line?.push(.paste)
      return false
    default: return false
    }
  }
}

/// A list cut into pieces of a screen's height.
struct ListPages {
  private var rest: ArraySlice<String>
  private let rows: Int

  /// - Parameter rows: of the terminal; one of them is for the question.
  init(_ lines: [String], rows: Int) {
    rest = lines[...]
    self.rows = max(rows - 1, 1)
  }

  /// The lines of the next page; nil at the end.
  mutating func next() -> [String]? {
    guard !rest.isEmpty else { return nil }
    defer { rest = rest.dropFirst(rows) }
    return Array(rest.prefix(rows))
  }

  /// What is asked below a page; nil when it was the last.
  var question: String? {
    rest.isEmpty ? nil : "-- more (\(rest.count)) -- Tab/Space for more, any other key ends"
  }
}
