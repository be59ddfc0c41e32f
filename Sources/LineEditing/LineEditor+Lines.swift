/// vi's commands that act on a line, or on as many as the number before them says.
extension LineEditor {
  func run(_ command: ViLineCommand, _ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    let count = reading.viKeys.count
    let restOfLines = buffer.cursor..<buffer.lineEnd(over: count)
    switch command {
    case .start: return moveOrOperate(buffer.lineStart, line)
    case .firstWord: return moveOrOperate(buffer.firstWord, line)
    case .end:
      let end = EditBuffer(text: buffer.text, cursor: restOfLines.upperBound)
      return moveOrOperate(reading.viKeys.operation == nil ? end.lastInLine : end.cursor, line)
    case .deleteToEnd: return operate(.delete, restOfLines, line)
    case .changeToEnd: return operate(.change, restOfLines, line)
    case .yankToEnd: return operate(.yank, restOfLines, line)
    case .delete: return deleteLines(count, line)
    case .change, .substitute:
      keep(buffer.lines(count), of: buffer)
      return operate(.change, buffer.lines(count), line)
    case .yank: return yankLines(count, line)
    case .putBelow: return putLines(.putBelow, line)
    case .putAbove: return putLines(.putAbove, line)
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

  private func deleteLines(_ count: Int, _ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    guard !buffer.wholeLines(count).isEmpty else { return .beep }
    reading.viKeys.noteCommandMode()
    keep(buffer.lines(count), of: buffer)
    delete(buffer.wholeLines(count), line)
    return move(line, to: line.buffer.firstWord)
  }

  private func yankLines(_ count: Int, _ line: EditLine) -> EditOutcome {
    let buffer = line.buffer
    reading.viKeys.noteCommandMode()
    keep(buffer.lines(count), of: buffer)
    let range = buffer.lineStart..<min(buffer.lineEnd(over: count) + 1, buffer.text.count)
    return range.isEmpty ? .nothing : operate(.yank, range, line)
  }

  private func insert(at offset: Int, _ line: EditLine) -> EditOutcome {
    // In command mode libedit moves the cursor away from the end of the text.
    let isAtEnd = offset > 0 && offset == line.buffer.text.count
    line.push([isAtEnd ? .append : .insertMode])
    return move(line, to: isAtEnd ? offset - 1 : offset)
  }
}
