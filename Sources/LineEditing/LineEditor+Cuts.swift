/// What is cut, and what is put back by lines. Anything cut goes to libedit's kill buffer, from which Ctrl-Y and vi's `p`
/// take it.
extension LineEditor {
  /// Cuts a piece at the cursor. One after the other they are put back together.
  func cut(_ range: Range<Int>, _ line: EditLine) -> EditOutcome {
    guard !range.isEmpty else { return .beep }
    cutLines = nil
    // vi has each for itself, and its undo is to know nothing of this.
    let former = line.isVi ? [] : reading.cut
    line.insert(former)
    let whole = range.lowerBound..<(range.upperBound + former.count)
    reading.cut = Array(line.buffer.text[whole])
    delete(whole, line)
    return .refresh
  }

  /// libedit keeps what it deletes.
  func delete(_ range: Range<Int>, _ line: EditLine) {
    line.moveCursor(to: range.upperBound)
    line.deleteBackwards(range.count)
  }

  /// Notes what the next `p` puts back as lines of its own, which libedit would put between the characters of one.
  func keep(_ lines: Range<Int>, of buffer: EditBuffer) { cutLines = Array(buffer.text[lines]) }

  /// Puts whole lines back by way of vi's insert mode: its undo and `.` then take them for an insertion.
  func putLines(_ key: EditKey, _ line: EditLine) -> EditOutcome {
    guard reading.viKeys.operation == nil else { return .beep }
    line.push([.insertMode, key, .commandMode])
    return .nothing
  }

  /// Puts whole lines below the cursor's line, or above it.
  func put(above isAbove: Bool, _ line: EditLine) -> EditOutcome {
    let count = reading.viKeys.count
    guard let cutLines, (cutLines.count + 1) * count <= Self.mostPut else { return .beep }
    let buffer = line.buffer
    let lines = Array(Array(repeating: cutLines, count: count).joined(separator: [0x0A]))
    var start = isAbove ? buffer.lineStart : buffer.lineEnd
    line.moveCursor(to: start)
    if buffer.text.isEmpty {
      line.insert(lines)
    } else if isAbove {
      line.insert(lines + [0x0A])
    } else {
      line.insert([0x0A] + lines)
      start += 1
    }
    let text = line.buffer.text
    guard start <= text.count else { return .beep }
    // Back in command mode libedit goes one to the left.
    return move(line, to: min(EditBuffer(text: text, cursor: start).firstWord + 1, text.count))
  }

  /// Characters that one command may put.
  private static let mostPut = 1 << 20
}
