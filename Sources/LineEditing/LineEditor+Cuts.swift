/// What is cut goes to libedit's kill buffer, from which emacs's Ctrl-Y takes it, and to vi's register.
extension LineEditor {
  /// Cuts a piece at the cursor. One after the other they are put back together.
  func cut(_ range: Range<Int>, _ line: EditLine) -> EditOutcome {
    guard !range.isEmpty else { return .beep }
    // vi has each for itself, and its undo is to know nothing of this.
    let former = line.isVi ? [] : reading.cut
    line.insert(former)
    let whole = range.lowerBound..<(range.upperBound + former.count)
    reading.cut = Array(line.buffer.text[whole])
    if line.isVi { vi.registers["\""] = ViRegister(text: reading.cut) }
    delete(whole, line)
    return .refresh
  }

  /// libedit keeps what it deletes.
  func delete(_ range: Range<Int>, _ line: EditLine) {
    line.moveCursor(to: range.upperBound)
    line.deleteBackwards(range.count)
  }
}
