/// The operators, and what they act on.
extension ViMode {
  /// The text that an operator acts on.
  struct Extent: Equatable {
    /// Of whole lines, without the line feed behind the last.
    var range: Range<Int>
    var isLines = false
    /// Where the cursor is left by an operator that deletes nothing.
    var cursor: Int
  }

  /// nil: there is nothing to act on.
  mutating func operate(_ command: ViCommand, _ operation: ViOperator, _ buffer: EditBuffer) -> EditBuffer? {
    guard var extent = extent(command, operation, buffer), operation == .change || !buffer.text.isEmpty else {
      return nil
    }
    if operation == .indent || operation == .outdent {
      let lines = Self.lines(extent.range, of: buffer)
      return Self.shifted(lines, by: operation, buffer)
    }
    if operation == .delete, Self.fillsLines(extent.range, of: buffer) { extent.isLines = true }
    if extent.range.isEmpty, !extent.isLines {
      guard operation == .change else { return nil }
    } else {
      if extent.isLines { extent.range = Self.lines(extent.range, of: buffer) }
      registers[command.register ?? "\""] = ViRegister(
        text: Array(buffer.text[extent.range]), isLines: extent.isLines)
      if command.register != nil { registers["\""] = registers[command.register ?? "\""] }
    }
    switch operation {
    case .delete: return delete(extent, buffer)
    case .change: return insert(in: buffer.removing(Self.changed(extent, buffer)))
    default: return buffer.moved(to: extent.cursor)
    }
  }

  /// Of whole lines the indentation stays.
  private static func changed(_ extent: Extent, _ buffer: EditBuffer) -> Range<Int> {
    guard extent.isLines else { return extent.range }
    return buffer.moved(to: extent.range.lowerBound).firstWord..<extent.range.upperBound
  }

  private func delete(_ extent: Extent, _ buffer: EditBuffer) -> EditBuffer? {
    guard extent.isLines else { return buffer.removing(extent.range) }
    let (start, end) = (extent.range.lowerBound, extent.range.upperBound)
    let whole = end < buffer.text.count ? start..<(end + 1) : max(start - 1, 0)..<end
    guard !whole.isEmpty else { return nil }
    let result = buffer.removing(whole)
    return result.moved(to: result.firstWord)
  }

  private mutating func extent(
    _ command: ViCommand, _ operation: ViOperator, _ buffer: EditBuffer
  ) -> Extent? {
    let cursor = buffer.cursor
    if command.name == operation.rawValue, !command.isBehindG {
      let end = buffer.lineEnd(over: command.times)
      return Extent(range: buffer.lineStart..<end, isLines: true, cursor: cursor)
    }
    if command.isTextObject {
      guard let name = command.argument else { return nil }
      return buffer.textObject(name, isWhole: command.name == "a", times: command.times)
        .map { Extent(range: $0, cursor: $0.lowerBound) }
    }
    if operation == .change, command.name == "w" || command.name == "W", !command.isBehindG {
      let words = ViWords(text: buffer.text, areBig: command.name == "W")
      if words.isWord(cursor) {
        let end = (1..<command.times).reduce(words.endHere(cursor)) { end, _ in words.end(end) }
        return Extent(range: cursor..<min(end + 1, buffer.text.count), cursor: cursor)
      }
    }
    if let movement = movement(command, buffer) { return Self.extent(movement, buffer) }
    // In an empty line, something is inserted.
    let insertsInstead =
      operation == .change && buffer.lineStart == buffer.lineEnd && Self.forward.contains(command.name)
    return insertsInstead ? Extent(range: cursor..<cursor, cursor: cursor) : nil
  }

  private static let forward = Set("l wWeE".unicodeScalars)

  private static func extent(_ movement: ViMovement, _ buffer: EditBuffer) -> Extent {
    let (start, last) = (min(buffer.cursor, movement.target), max(buffer.cursor, movement.target))
    switch movement.kind {
    case .lines:
      let cursor = movement.target < buffer.cursor ? movement.target : buffer.cursor
      return Extent(range: start..<last, isLines: true, cursor: cursor)
    case .inclusive:
      return Extent(range: start..<min(last + 1, buffer.text.count), cursor: start)
    case .exact: return Extent(range: start..<last, cursor: start)
    case .exclusive:
      let first = buffer.moved(to: start)
      guard buffer.moved(to: last).lineStart == last, last > first.lineEnd else {
        return Extent(range: start..<last, cursor: start)
      }
      // What ends at the start of a line ends before its line feed, and is whole lines where it begins so.
      return Extent(range: start..<(last - 1), isLines: start <= first.firstWord, cursor: start)
    }
  }

  /// Whether there is nothing but blanks beside a piece of several lines: they are deleted as whole lines.
  private static func fillsLines(_ range: Range<Int>, of buffer: EditBuffer) -> Bool {
    guard buffer.text[range].contains(0x0A) else { return false }
    let lines = lines(range, of: buffer)
    let around =
      buffer.text[lines.lowerBound..<range.lowerBound] + buffer.text[range.upperBound..<lines.upperBound]
    return around.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The whole lines that a piece of the text touches.
  private static func lines(_ range: Range<Int>, of buffer: EditBuffer) -> Range<Int> {
    buffer.moved(to: range.lowerBound).lineStart..<buffer.moved(to: range.upperBound).lineEnd
  }

  private static func shifted(
    _ lines: Range<Int>, by operation: ViOperator, _ buffer: EditBuffer
  ) -> EditBuffer {
    let shifted = buffer.text[lines].split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      if operation == .indent { return line.isEmpty ? [] : [0x20, 0x20] + line }
      return Array(
        line.first == 0x09 ? line.dropFirst() : line.dropFirst(line.prefix(2).prefix { $0 == 0x20 }.count))
    }
    let result = buffer.removing(lines).inserting(Array(shifted.joined(separator: [0x0A])))
      .moved(to: lines.lowerBound)
    return result.moved(to: result.firstWord)
  }
}
