/// What is cut goes to the register from which Ctrl-Y takes it, and vi's `p`. libedit's own kill buffer has whatever was
/// deleted last, by whatever key.
extension LineEditor {
  /// Cuts a piece at the cursor.
  func cut(_ range: Range<Int>, _ line: EditLine) -> EditOutcome {
    guard !range.isEmpty else { return .beep }
    let buffer = line.buffer
    keepCut(Array(buffer.text[range]), isBackward: range.lowerBound < buffer.cursor, line)
    line.moveCursor(to: range.upperBound)
    line.deleteBackwards(range.count)
    return .refresh
  }

  /// Keeps what was cut. Pieces that emacs's keys cut one after the other are put back together.
  ///
  /// - Parameter isBackward: whether it stood before the cursor.
  func keepCut(_ piece: [UInt32], isBackward: Bool, _ line: EditLine) {
    let former = line.isVi ? [] : reading.cut
    reading.cut = isBackward ? piece + former : former + piece
    vi.registers["\""] = ViRegister(text: reading.cut)
  }

  /// Puts back what was cut or copied, whole lines like anything else.
  func putBack(_ line: EditLine) -> EditOutcome {
    guard let register = vi.registers["\""] else { return .beep }
    return line.insert(register.text) ? .refresh : .beep
  }
}
