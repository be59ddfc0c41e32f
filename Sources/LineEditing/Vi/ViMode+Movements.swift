/// The movements of vi's command mode.
extension ViMode {
  /// nil: it cannot move there.
  mutating func movement(_ command: ViCommand, _ buffer: EditBuffer) -> ViMovement? {
    let column = wantedColumn
    wantedColumn = nil
    if command.isBehindG { return movementBehindG(command, buffer) }
    switch command.name {
    case "j", "k": return vertical(command, buffer, column)
    case "+", "-": return vertical(command, buffer, nil).map { Self.firstWord($0, buffer) }
    case "G": return line(command.count, buffer) ?? Self.lastLine(buffer)
    case "f", "F", "t", "T":
      guard let argument = command.argument else { return nil }
      find = ViFind(name: command.name, character: argument.value)
      return find?.movement(in: buffer, times: command.times, isRepeated: false)
    case ";": return find?.movement(in: buffer, times: command.times, isRepeated: true)
    case ",": return find?.reversed.movement(in: buffer, times: command.times, isRepeated: true)
    case "%": return buffer.matchingBracket.map { ViMovement(target: $0, kind: .inclusive) }
    case "w", "W", "b", "B", "e", "E": return word(command, buffer)
    default: return inLine(command, buffer)
    }
  }

  private mutating func inLine(_ command: ViCommand, _ buffer: EditBuffer) -> ViMovement? {
    let (cursor, times) = (buffer.cursor, command.times)
    switch command.name {
    case "h", "\u{8}", "\u{7F}":
      return cursor > buffer.lineStart ? ViMovement(target: max(cursor - times, buffer.lineStart)) : nil
    case "l", " ":
      let end = command.operation == nil ? buffer.lastInLine : buffer.lineEnd
      return cursor < end ? ViMovement(target: min(cursor + times, end)) : nil
    case "0": return ViMovement(target: buffer.lineStart)
    case "^": return ViMovement(target: buffer.firstWord)
    case "|": return ViMovement(target: buffer.offset(ofColumn: times - 1))
    case "$":
      if command.operation == nil { wantedColumn = .max }
      let end = buffer.moved(to: buffer.lineEnd(over: times))
      return ViMovement(target: command.operation == nil ? end.lastInLine : end.cursor, kind: .exact)
    default: return nil
    }
  }

  private func word(_ command: ViCommand, _ buffer: EditBuffer) -> ViMovement? {
    let words = ViWords(text: buffer.text, areBig: ("A"..."Z").contains(command.name))
    var target = buffer.cursor
    for step in 1...command.times {
      switch command.name {
      case "b", "B": target = words.previous(target)
      case "e", "E": target = words.end(target)
      default:
        target = words.next(target, staysInLine: command.operation != nil && step == command.times)
      }
    }
    let isEnd = command.name == "e" || command.name == "E"
    if command.operation == nil { target = buffer.moved(to: target).inCommandMode.cursor }
    guard target != buffer.cursor || isEnd && command.operation != nil && words.isWord(target) else {
      return nil
    }
    return ViMovement(target: target, kind: isEnd ? .inclusive : .exclusive)
  }

  private mutating func vertical(
    _ command: ViCommand, _ buffer: EditBuffer, _ column: Int?
  ) -> ViMovement? {
    let isDown = command.name == "j" || command.name == "+"
    let start = buffer.lineStart(by: isDown ? command.times : -command.times)
    guard start != buffer.lineStart else { return nil }
    let wanted = column ?? buffer.visibleColumn
    if command.operation == nil, command.name == "j" || command.name == "k" { wantedColumn = wanted }
    return ViMovement(target: buffer.moved(to: start).offset(ofColumn: wanted), kind: .lines)
  }

  private func movementBehindG(_ command: ViCommand, _ buffer: EditBuffer) -> ViMovement? {
    switch command.name {
    case "g": return line(command.count ?? 1, buffer)
    case "_":
      let line = buffer.text[buffer.lineStart..<buffer.lineEnd]
      return line.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { ViMovement(target: $0, kind: .inclusive) }
    default:
      let words = ViWords(text: buffer.text, areBig: command.name == "E")
      let target = (0..<command.times).reduce(buffer.cursor) { target, _ in words.previousEnd(target) }
      return target == buffer.cursor ? nil : ViMovement(target: target, kind: .inclusive)
    }
  }

  private func line(_ number: Int?, _ buffer: EditBuffer) -> ViMovement? {
    guard let number else { return nil }
    let start = buffer.moved(to: 0).lineStart(by: max(number, 1) - 1)
    return Self.firstWord(ViMovement(target: start, kind: .lines), buffer)
  }

  private static func lastLine(_ buffer: EditBuffer) -> ViMovement {
    firstWord(ViMovement(target: buffer.text.count, kind: .lines), buffer)
  }

  private static func firstWord(_ movement: ViMovement, _ buffer: EditBuffer) -> ViMovement {
    ViMovement(target: buffer.moved(to: movement.target).firstWord, kind: movement.kind)
  }
}
