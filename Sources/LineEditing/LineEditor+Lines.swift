/// The keys that cut, and vi's commands that act on a line. What is cut goes to libedit's kill buffer, from which Ctrl-Y
/// and vi's `p` take it.
extension LineEditor {
  /// What was cut last.
  struct Cut {
    let text: [UInt32]
    /// What it left, the cursor where it was.
    let left: EditBuffer
  }

  /// Cuts a piece at the cursor. One after the other they are put back together.
  func cut(_ range: Range<Int>, _ line: EditLine) -> EditOutcome {
    guard !range.isEmpty else { return .beep }
    // vi has each for itself, and its undo is to know nothing of this.
    let former = !line.isVi && reading.cut?.left == line.buffer ? reading.cut?.text ?? [] : []
    line.insert(former)
    let whole = range.lowerBound..<(range.upperBound + former.count)
    let text = Array(line.buffer.text[whole])
    delete(whole, line)
    reading.cut = Cut(text: text, left: line.buffer)
    return .refresh
  }

  /// libedit keeps what it deletes.
  private func delete(_ range: Range<Int>, _ line: EditLine) {
    line.moveCursor(to: range.upperBound)
    line.deleteBackwards(range.count)
  }

  func run(_ command: ViLineCommand, _ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    switch command {
    case .start: return moveOrOperate(buffer.lineStart, line)
    case .firstWord: return moveOrOperate(buffer.firstWord, line)
    case .end:
      return moveOrOperate(reading.viKeys.operation == nil ? buffer.lastInLine : buffer.lineEnd, line)
    case .deleteToEnd: return operate(.delete, buffer.cursor..<buffer.lineEnd, line)
    case .changeToEnd: return operate(.change, buffer.cursor..<buffer.lineEnd, line)
    case .yankToEnd: return operate(.yank, buffer.cursor..<buffer.lineEnd, line)
    case .delete: return deleteLine(line)
    case .change, .substitute: return operate(.change, buffer.lineStart..<buffer.lineEnd, line)
    case .yank: return operate(.yank, buffer.lineStart..<min(buffer.lineEnd + 1, buffer.text.count), line)
    case .insertAtStart: return insert(at: buffer.firstWord, line)
    case .appendAtEnd: return insert(at: buffer.lineEnd, line)
    }
  }

  private func moveOrOperate(_ target: Int, _ line: EditLine) -> EditOutcome {
    guard let operation = reading.viKeys.operation else { return move(line, to: target) }
    let cursor = line.buffer.cursor
    return operate(operation, min(cursor, target)..<max(cursor, target), line)
  }

  private func operate(_ operation: ViOperator, _ range: Range<Int>, _ line: EditLine) -> EditOutcome {
    switch operation {
    case .change where range.isEmpty: return insert(at: range.lowerBound, line)
    case _ where range.isEmpty: return .beep
    case .delete:
      delete(range, line)
      return move(line, to: min(line.buffer.cursor, line.buffer.lastInLine))
    case .change, .yank:
      line.moveCursor(to: range.lowerBound)
      line.push(operation == .change ? .change : .yank, over: range.count)
      return .refresh
    }
  }

  /// Leaves the cursor where `P` puts the line back, behind the last one `p`.
  private func deleteLine(_ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    guard !buffer.wholeLine.isEmpty else { return .beep }
    delete(buffer.wholeLine, line)
    return move(line, to: buffer.lineEnd < buffer.text.count ? line.buffer.lineStart : line.buffer.lastInLine)
  }

  private func insert(at offset: Int, _ line: EditLine) -> EditOutcome {
    line.push(.insertMode)
    return move(line, to: offset)
  }
}
