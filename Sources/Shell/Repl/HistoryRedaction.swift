/// Takes the secrets out of a statement before the history keeps it.
///
/// What is written literally for a name that speaks of a secret becomes `secret.ask()`, so that the statement still
/// runs when it is recalled, and asks. When in doubt it is taken out: a history that is too empty costs little.
package enum HistoryRedaction {
  /// What the history keeps for a statement.
  package static func redact(_ statement: String) -> String {
    var redaction = Redaction(statement)
    return redaction.run()
  }
}

private struct Redaction {
  private static let question = "secret.ask()"
  private static let keywords: Set<String> = [
    "break", "do", "else", "elseif", "end", "for", "goto", "if", "in", "local", "repeat", "return", "then",
    "until",
    "while",
  ]

  private let source: String
  private let tokens: [LuaToken]
  /// Tokens, by number, that one question takes the place of.
  private var replaced: [Range<Int>] = []

  init(_ source: String) {
    self.source = source
    tokens = LuaToken.tokens(of: source).filter { $0.kind != .comment || SecretNames.match($0.text) }
  }

  mutating func run() -> String {
    for index in tokens.indices { inspect(index) }
    return rewritten()
  }

  private mutating func inspect(_ index: Int) {
    let token = tokens[index]
    if token.is("=") {
      assignment(at: index)
    } else if token.is("==") || token.is("~=") {
      comparison(at: index)
    } else if token.kind == .name, let next = self.token(index + 1),
      next.is("(") || next.is("{") || next.literal != nil
    {
      call(at: index)
    } else if let text = token.literal, SecretNames.speakIn(text) {
      replace(concatenation(around: index))
    }
  }

  // MARK: Assignments and fields

  private mutating func assignment(at equals: Int) {
    let names = targets(before: equals)
    guard names.contains(where: SecretNames.match) else { return }
    let values = expressions(from: equals + 1, count: names.count)
    for (position, value) in values.enumerated() {
      let isMatched = names.count != values.count || SecretNames.match(names[position])
      if isMatched, holdsSecret(value) { replace(value) }
    }
  }

  /// The names on the left of an assignment: several for `a, b = …`, one in a table.
  private func targets(before equals: Int) -> [String] {
    var names: [String] = []
    var end = equals
    repeat {
      guard let (name, start) = target(endingAt: end) else { break }
      names.insert(name, at: 0)
      end = start - 1
    } while token(end)?.is(",") == true && !isInTable(end)
    return names
  }

  /// The last name of `a.b.c`, the key of `a["k"]`, the name before `<const>`; and where all of it begins.
  private func target(endingAt end: Int) -> (String, Int)? {
    var index = end - 1
    if token(index)?.is(">") == true { index -= 3 }
    guard let last = token(index) else { return nil }
    var name = last.text
    if last.is("]") {
      guard let opening = opening(of: index) else { return nil }
      name = tokens[opening..<index].map { $0.literal ?? ($0.kind == .name ? $0.text : "") }.joined()
      index = opening
    } else if last.kind != .name {
      return nil
    }
    while let previous = token(index - 1), previous.is(".") || tokens[index].is("[") && isOperandEnd(previous)
    {
      index -= previous.is(".") ? 2 : 1
      guard index > 0 else { break }
    }
    return (name, max(index, 0))
  }

  private func isInTable(_ index: Int) -> Bool {
    var depth = 0
    for token in tokens[..<index].reversed() where token.kind == .symbol {
      if ["}", ")", "]"].contains(token.text) { depth += 1 }
      if ["{", "(", "["].contains(token.text) {
        if depth == 0 { return token.text == "{" }
        depth -= 1
      }
    }
    return false
  }

  private func opening(of closing: Int) -> Int? {
    var depth = 0
    for index in tokens.indices[...closing].reversed() {
      if tokens[index].is("]") { depth += 1 }
      if tokens[index].is("[") { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  // MARK: Comparisons and calls

  private mutating func comparison(at index: Int) {
    let sides = [index - 1, index + 1].filter { token($0)?.literal != nil }
    let names = [target(endingAt: index)?.0, token(index + 1)?.text].compactMap { $0 }
    guard names.contains(where: SecretNames.match) else { return }
    for side in sides { replace(concatenation(around: side)) }
  }

  private mutating func call(at index: Int) {
    let function = dotted(index)
    let arguments = index + 1..<expressionEnd(from: index + 1, arguments: true)
    guard holdsLiteral(arguments) else { return }
    if function == "secret.of" {
      replace(index - 2..<arguments.upperBound)
    } else if SecretNames.match(tokens[index].text), !SecretNames.isSource(function) {
      for position in arguments where tokens[position].literal != nil { replace(position..<position + 1) }
    }
  }

  /// The function's name with what comes before its dots.
  private func dotted(_ index: Int) -> String {
    guard let dot = token(index - 1), dot.is(".") || dot.is(":"), let table = token(index - 2) else {
      return tokens[index].text
    }
    return "\(table.text).\(tokens[index].text)"
  }

  // MARK: Expressions

  private func expressions(from start: Int, count: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = start
    while start < tokens.count {
      let end = expressionEnd(from: start)
      if end > start { result.append(start..<end) }
      guard result.count < count, token(end)?.is(",") == true else { break }
      start = end + 1
    }
    return result
  }

  /// Where the expression ends: at a separator, a keyword, or where the next statement begins.
  private func expressionEnd(from start: Int, arguments: Bool = false) -> Int {
    var depth = 0
    var wasOperand = false
    for index in start..<tokens.count {
      let token = tokens[index]
      if token.kind == .symbol, ["(", "{", "["].contains(token.text) {
        depth += 1
        wasOperand = false
      } else if token.kind == .symbol, [")", "}", "]"].contains(token.text) {
        depth -= 1
        if depth < 0 { return index }
        wasOperand = true
        if arguments, depth == 0 { return index + 1 }
      } else if depth == 0 {
        if arguments { return index + 1 }
        if token.is(",") || token.is(";") || token.is("=") || token.kind == .comment { return index }
        if Self.keywords.contains(token.text), token.kind == .name { return index }
        let isOperand = token.kind != .symbol && !["and", "or", "not"].contains(token.text)
        if isOperand, wasOperand, token.literal == nil { return index }
        wasOperand = isOperand
      }
    }
    return tokens.count
  }

  /// The literals that `..` ties to this one.
  private func concatenation(around index: Int) -> Range<Int> {
    var lower = index
    while token(lower - 1)?.is("..") == true, lower >= 2 { lower -= 2 }
    var upper = index + 1
    while token(upper)?.is("..") == true, upper + 1 < tokens.count { upper += 2 }
    return lower..<upper
  }

  private func holdsSecret(_ range: Range<Int>) -> Bool {
    guard holdsLiteral(range) else { return false }
    let isCall = range.count > 3 && tokens[range.lowerBound + 1].is(".")
    let isWholeCall = isCall && expressionEnd(from: range.lowerBound + 3, arguments: true) == range.upperBound
    return !(isWholeCall && SecretNames.isSource(dotted(range.lowerBound + 2)))
  }

  private func holdsLiteral(_ range: Range<Int>) -> Bool {
    tokens[range.clamped(to: tokens.indices)].contains { $0.literal?.isEmpty == false || $0.kind == .number }
  }

  private func isOperandEnd(_ token: LuaToken) -> Bool {
    token.kind == .name || token.is("]") || token.is(")")
  }

  private func token(_ index: Int) -> LuaToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  // MARK: Rewriting

  private mutating func replace(_ range: Range<Int>) {
    let range = range.clamped(to: tokens.indices)
    if !range.isEmpty { replaced.append(range) }
  }

  private func rewritten() -> String {
    let comments = tokens.indices.filter { tokens[$0].kind == .comment }.map { ($0..<$0 + 1, "--") }
    let questions = merged().map { ($0, Self.question) }
    var result = ""
    var position = source.startIndex
    for (range, text) in (comments + questions).sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
      let first = tokens[range.lowerBound].range.lowerBound
      guard first >= position else { continue }
      result += source[position..<first] + text
      position = tokens[range.upperBound - 1].range.upperBound
    }
    return result + source[position...]
  }

  /// The ranges without overlaps: what a larger one covers goes with it.
  private func merged() -> [Range<Int>] {
    replaced.sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
      .reduce(into: []) { result, next in
        if let last = result.last, last.upperBound > next.lowerBound {
          result[result.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
        } else {
          result.append(next)
        }
      }
  }
}
