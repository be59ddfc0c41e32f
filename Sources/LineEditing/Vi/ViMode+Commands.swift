/// The commands that are no movements.
extension ViMode {
  /// The text and the cursor behind the command; nil: it can do nothing.
  mutating func perform(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer? {
    if let operation = command.operation { return operate(command, operation, buffer) }
    if command.isBehindG { return movement(command, buffer).map { buffer.moved(to: $0.target) } }
    if let short = Self.short(command), let operation = short.operation {
      wantedColumn = nil
      return operate(short, operation, buffer)
    }
    if let inserted = insertionCommand(command, buffer) { return inserted }
    switch command.name {
    case "r": return replace(command, buffer)
    case "~": return changeCase(command, buffer)
    case "p", "P": return put(command, buffer)
    case "J": return join(command, buffer)
    default: return movement(command, buffer).map { buffer.moved(to: $0.target) }
    }
  }

  /// Those that stand for an operator and a movement.
  private static func short(_ command: ViCommand) -> ViCommand? {
    let long: (ViOperator, Unicode.Scalar)
    switch command.name {
    case "x": long = (.delete, "l")
    case "X": long = (.delete, "h")
    case "D": long = (.delete, "$")
    case "C": long = (.change, "$")
    case "Y": long = (.yank, "$")
    case "S": long = (.change, "c")
    case "s": long = (.change, "l")
    default: return nil
    }
    var result = command
    (result.operation, result.name) = long
    return result
  }

  private mutating func insertionCommand(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer? {
    switch command.name {
    case "i": return insert(in: buffer, times: command.times)
    case "a":
      return insert(in: buffer.moved(to: min(buffer.cursor + 1, buffer.lineEnd)), times: command.times)
    case "I": return insert(in: buffer.moved(to: buffer.firstWord), times: command.times)
    case "A": return insert(in: buffer.moved(to: buffer.lineEnd), times: command.times)
    case "o", "O": return openLine(command, buffer)
    case "R":
      overwritten = ViOverwriting(at: buffer.cursor)
      insertion = ViInsertion(at: buffer, times: command.times)
      mode = .replace
      return buffer
    default: return nil
    }
  }

  /// Insert mode begins at the cursor.
  mutating func insert(in buffer: EditBuffer, times: Int = 1) -> EditBuffer {
    insertion = ViInsertion(at: buffer, times: times)
    mode = .insert
    return buffer
  }

  private mutating func openLine(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer {
    let isAbove = command.name == "O"
    let end = buffer.moved(to: buffer.lineEnd)
    let indentation = isAbove ? buffer.moved(to: buffer.firstWord).indentation : indentation(end)
    let result =
      isAbove
      ? buffer.moved(to: buffer.lineStart).inserting(indentation + [0x0A])
      : end.inserting([0x0A] + indentation)
    let start = isAbove ? result.moved(to: result.cursor - 1) : result
    insertion = ViInsertion(at: start, times: command.times, newLine: indentation)
    mode = .insert
    return start
  }

  private func replace(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer? {
    let range = buffer.cursor..<(buffer.cursor + command.times)
    guard let new = command.argument?.value, range.upperBound <= buffer.lineEnd else { return nil }
    // The terminal swaps the two line ends.
    if new == 0x0A || new == 0x0D { return buffer.removing(range).inserting([0x0A]) }
    let result = buffer.removing(range).inserting(Array(repeating: new, count: range.count))
    return result.moved(to: range.upperBound - 1)
  }

  private func changeCase(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer? {
    let range = buffer.cursor..<min(buffer.cursor + command.times, buffer.lineEnd)
    guard !range.isEmpty else { return nil }
    return buffer.removing(range).inserting(buffer.text[range].map(Self.otherCase))
  }

  private static func otherCase(_ character: UInt32) -> UInt32 {
    guard let scalar = Unicode.Scalar(character) else { return character }
    let properties = scalar.properties
    let other = properties.isUppercase ? properties.lowercaseMapping : properties.uppercaseMapping
    let scalars = other.unicodeScalars
    return scalars.count == 1 ? scalars.first?.value ?? character : character
  }

  private func put(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer? {
    guard let register = registers[command.register ?? "\""],
      (register.text.count + 1) * command.times <= Self.mostInserted
    else { return nil }
    let isAbove = command.name == "P"
    let copies = Array(repeating: register.text, count: command.times)
    if register.isLines { return putLines(Array(copies.joined(separator: [0x0A])), isAbove, buffer) }
    let start = isAbove ? buffer.cursor : min(buffer.cursor + 1, buffer.lineEnd)
    let result = buffer.moved(to: start).inserting(Array(copies.joined()))
    return result.moved(to: register.text.contains(0x0A) ? start : result.cursor - 1)
  }

  private func putLines(_ lines: [UInt32], _ isAbove: Bool, _ buffer: EditBuffer) -> EditBuffer {
    let start = isAbove ? buffer.lineStart : buffer.lineEnd
    if buffer.text.isEmpty {
      let result = buffer.inserting(lines).moved(to: 0)
      return result.moved(to: result.firstWord)
    }
    let result = buffer.moved(to: start).inserting(isAbove ? lines + [0x0A] : [0x0A] + lines)
    let line = result.moved(to: isAbove ? start : start + 1)
    return line.moved(to: line.firstWord)
  }

  private func join(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer? {
    var result = buffer
    for _ in 1..<max(command.times, 2) {
      let end = result.lineEnd
      guard end < result.text.count else { break }
      let below = result.moved(to: end + 1)
      let next = below.firstWord
      let isSeparate = result.moved(to: end).before.map { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A } ?? false
      let needsBlank = isSeparate && next < below.lineEnd && result.text[next] != 0x29
      result = result.removing(end..<next)
      if needsBlank { result = result.inserting([0x20]).moved(to: end) }
    }
    return result.text == buffer.text ? nil : result
  }
}
