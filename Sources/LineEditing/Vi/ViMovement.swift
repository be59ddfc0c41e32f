/// Where a movement of vi's goes.
struct ViMovement: Equatable {
  /// What an operator does with it.
  enum Kind {
    /// The text up to the target, without or with the character there, or all of the lines.
    case exclusive, inclusive, lines
    /// The text up to the target, even where that is the start of a line.
    case exact
  }

  var target: Int
  var kind = Kind.exclusive
}

/// `f`, `F`, `t` or `T`, to be done again.
struct ViFind: Equatable {
  let name: Unicode.Scalar
  let character: UInt32

  /// The same in the other direction.
  var reversed: ViFind {
    let others: [Unicode.Scalar: Unicode.Scalar] = ["f": "F", "F": "f", "t": "T", "T": "t"]
    return ViFind(name: others[name] ?? name, character: character)
  }

  private var isForward: Bool { name == "f" || name == "t" }
  private var stopsBefore: Bool { name == "t" || name == "T" }

  /// Where it goes in the cursor's line.
  ///
  /// - Parameter isRepeated: `t` does not stay before the character where it stands already.
  func movement(in buffer: EditBuffer, times: Int, isRepeated: Bool) -> ViMovement? {
    let step = isForward ? 1 : -1
    let line = buffer.lineStart..<buffer.lineEnd
    var (position, missing) = (buffer.cursor, times)
    if isRepeated, stopsBefore, times == 1, line.contains(position + step),
      buffer.text[position + step] == character
    {
      position += step
    }
    while missing > 0 {
      position += step
      guard line.contains(position) else { return nil }
      if buffer.text[position] == character { missing -= 1 }
    }
    return ViMovement(
      target: stopsBefore ? position - step : position, kind: isForward ? .inclusive : .exclusive)
  }
}

/// What the movements need to know about the lines and columns of a text.
extension EditBuffer {
  /// The cursor where vi's command mode has it: not behind the last character of a line.
  var inCommandMode: EditBuffer { moved(to: min(cursor, lastInLine)) }

  /// The start of the line that lies so many below the cursor's, or above it; the last there is when they are fewer.
  func lineStart(by lines: Int) -> Int {
    var result = self
    for _ in 0..<abs(lines) {
      guard let next = lines > 0 ? result.startBelow : result.startAbove else { break }
      result.cursor = next
    }
    return result.lineStart
  }

  private var startBelow: Int? { lineEnd < text.count ? lineEnd + 1 : nil }
  private var startAbove: Int? { lineStart > 0 ? moved(to: lineStart - 1).lineStart : nil }

  /// The bracket that belongs to the first one in the line from the cursor on.
  var matchingBracket: Int? {
    let brackets = Self.pairs.flatMap { [$0.open, $0.close] }
    guard let first = text[cursor..<lineEnd].firstIndex(where: { brackets.contains($0) }),
      let pair = Self.pairs.first(where: { [$0.open, $0.close].contains(text[first]) })
    else { return nil }
    return text[first] == pair.open
      ? Self.firstUnmatched(pair.close, of: pair.open, in: text[(first + 1)...])
      : Self.lastUnmatched(pair.open, of: pair.close, in: text[..<first])
  }

  static let pairs: [(open: UInt32, close: UInt32)] = [(0x28, 0x29), (0x5B, 0x5D), (0x7B, 0x7D)]

  static func firstUnmatched(_ close: UInt32, of open: UInt32, in text: ArraySlice<UInt32>) -> Int? {
    var depth = 0
    return text.indices.first {
      depth += text[$0] == open ? 1 : text[$0] == close ? -1 : 0
      return depth < 0
    }
  }

  static func lastUnmatched(_ open: UInt32, of close: UInt32, in text: ArraySlice<UInt32>) -> Int? {
    var depth = 0
    return text.indices.reversed().first {
      depth += text[$0] == close ? 1 : text[$0] == open ? -1 : 0
      return depth < 0
    }
  }
}
