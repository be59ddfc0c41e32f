/// What a line of a statement does to the indentation.
package struct LineShape: Equatable {
  /// A block that begins in the line is still open at its end.
  package var opensBlock = false
  /// The line begins with the end of a block: what the line begins with in which the block begins. Nil: no block ends.
  package var closedBlock: [UInt32]?
  /// False inside of a text over several lines, to which blanks would belong.
  package var isCode = true

  package init(opensBlock: Bool = false, closedBlock: [UInt32]? = nil, isCode: Bool = true) {
    self.opensBlock = opensBlock
    self.closedBlock = closedBlock
    self.isCode = isCode
  }
}

extension LineEditor {
  private static let level: [UInt32] = [0x20, 0x20]

  /// Begins a new line as deep as its block.
  func continueStatement(_ line: EditLine) -> EditOutcome {
    outdent(line)
    let indentation = Self.indentation(below: line.buffer, helpers)
    reading.hastyIndentation = input.hasMore ? indentation.count : nil
    return line.insert([0x0A] + indentation) ? .refresh : .beep
  }

  /// Blanks that were on their way when a line began belong to a text that has its own indentation: what a terminal
  /// pastes that does not mark it. Nil: the event is something else.
  func replacedIndentation(_ event: TerminalInput.Event) -> EditRead? {
    guard let count = reading.hastyIndentation, case .character(let character) = event,
      character == 0x20 || character == 0x09
    else {
      reading.hastyIndentation = nil
      return nil
    }
    reading.hastyIndentation = 0
    takeKey()
    return replace(count, with: character == 0x20 ? [character] : Self.level)
  }

  /// What a line begins with that is begun at the cursor.
  static func indentation(below buffer: EditBuffer, _ helpers: Helpers) -> [UInt32] {
    let shape = helpers.shape(EditBuffer.string(buffer.text[..<buffer.cursor]))
    return shape.isCode ? buffer.indentation + (shape.opensBlock ? level : []) : []
  }

  /// Moves the end of a block to the column where the block began, unless the user has put it elsewhere.
  ///
  /// - Returns: whether it was moved.
  @discardableResult
  func outdent(_ line: EditLine) -> Bool {
    let buffer = line.buffer
    let indentation = buffer.indentation
    guard buffer.cursor == buffer.lineEnd, buffer.lineStart > 0, !indentation.isEmpty,
      let block = helpers.shape(EditBuffer.string(buffer.text[..<buffer.cursor])).closedBlock,
      block != indentation, indentation == expectedIndentation(buffer)
    else { return false }
    line.moveCursor(to: buffer.lineStart + indentation.count)
    line.deleteBackwards(indentation.count)
    line.insert(block)
    line.moveCursor(to: line.buffer.lineEnd)
    return true
  }

  /// What `continueStatement` has begun the cursor's line with.
  private func expectedIndentation(_ buffer: EditBuffer) -> [UInt32] {
    let above = EditBuffer(text: Array(buffer.text[..<(buffer.lineStart - 1)]), cursor: buffer.lineStart - 1)
    return above.indentation + (helpers.shape(above.string).opensBlock ? Self.level : [])
  }
}
