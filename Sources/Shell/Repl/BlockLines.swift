import LineEditing

/// How the lines of a statement open and close blocks, for their indentation.
enum BlockLines {
  private static let openings: Set<String> = ["do", "then", "else", "function", "repeat", "{", "(", "["]
  private static let closings: Set<String> = ["end", "else", "elseif", "until", "}", ")", "]"]

  /// The last line of what is typed so far.
  static func shape(_ text: String) -> LineShape {
    let tokens = LuaToken.tokens(of: text)
    let lineStart = text.unicodeScalars.lastIndex(of: "\n").map(text.unicodeScalars.index(after:))
    let start = lineStart ?? text.startIndex
    guard !isInsideText(tokens.last) else { return LineShape(isCode: false) }
    let words = tokens.filter { $0.kind == .name || $0.kind == .symbol }
    let line = words.drop { $0.range.lowerBound < start }
    let closes = line.first.map { closings.contains($0.text) } ?? false
    return LineShape(
      opensBlock: opens(line),
      closedBlock: closes ? innermost(words[..<line.startIndex]).map { indentation(of: $0, in: text) } : nil)
  }

  /// Where the innermost of the blocks begins that are still open.
  private static func innermost(_ tokens: ArraySlice<LuaToken>) -> LuaToken? {
    var open: [LuaToken] = []
    for token in tokens {
      if closings.contains(token.text) { _ = open.popLast() }
      if openings.contains(token.text) { open.append(token) }
    }
    return open.last
  }

  private static func indentation(of token: LuaToken, in text: String) -> [UInt32] {
    let before = text.unicodeScalars[..<token.range.lowerBound]
    let start = before.lastIndex(of: "\n").map(before.index(after:)) ?? before.startIndex
    return before[start...].prefix { $0 == " " || $0 == "\t" }.map(\.value)
  }

  /// A long string or comment goes on in the next line: blanks there would belong to it.
  private static func isInsideText(_ last: LuaToken?) -> Bool {
    guard let last else { return false }
    if last.literal != nil { return !last.isClosed }
    return last.kind == .comment && last.text.hasPrefix("--[") && !last.text.hasSuffix("]")
  }

  private static func opens(_ line: ArraySlice<LuaToken>) -> Bool {
    var depth = 0
    for token in line {
      if closings.contains(token.text) { depth = max(depth - 1, 0) }
      if openings.contains(token.text) { depth += 1 }
    }
    return depth > 0
  }
}
