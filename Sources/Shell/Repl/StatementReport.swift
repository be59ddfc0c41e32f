import LuaKit

/// An error of a statement as the prompt shows it.
enum StatementReport {
  /// What Lua's messages call the code of a statement, by its number since the start of the prompt.
  static func chunkName(_ number: Int) -> String { "=statement \(number)" }

  /// Without the position where the statement has one line, with `line 3: ` where it has several, with
  /// `statement 2, line 3: ` where it is that of an earlier one.
  ///
  /// - Parameter members: where a name that is nil may have been meant otherwise.
  static func text(
    _ failure: LuaFailure, chunkName: String, of code: String, members: ([LuaMembers.Step]) -> LuaMembers
  ) -> String {
    let chunk = chunkName.drop { $0 == "=" }
    let lines = failure.report.split(separator: "\n", omittingEmptySubsequences: false)
    guard let message = lines.first.map({ typographic($0, failure, code) ?? $0 }) else { return "" }
    let isOneLine = !code.contains("\n")
    let first = positioned(message, chunk) { isOneLine && $0 == "1" ? "" : "line \($0): " }
    let advice =
      MissingName(message: message)?.advice(in: code, members: members)
      ?? (failure.kind == .syntax ? StatementAdvice.toSyntax(message, of: code) : nil)
      ?? StatementAdvice.toCall(message, of: code, members: members)
    let rest = (isOneLine && lines.dropFirst().allSatisfy(saysNothing) ? [] : lines.dropFirst()).map {
      positioned($0, chunk) { "line \($0): " }
    }
    return ([first + (advice.map { ": \($0)" } ?? "")] + rest).joined(separator: "\n")
  }

  /// Whether a line of a traceback tells whoever typed one line nothing new.
  private static func saysNothing(_ line: Substring) -> Bool {
    let text = line.drop { $0 == " " }
    return text == "stack traceback:" || text == "(...tail calls...)" || text.hasPrefix("[C]: ")
      || text.hasSuffix(": in main chunk")
  }

  /// What is wrong with quotes that Lua does not know; nil: another thing is.
  private static func typographic(_ message: Substring, _ failure: LuaFailure, _ code: String) -> Substring? {
    guard failure.kind == .syntax, let place = message.firstRange(of: "unexpected symbol near '<\\"),
      let quote = LuaToken.tokens(of: code).first(where: \.isTypographic)?.text.first
    else { return nil }
    return "\(message[..<place.lowerBound])typographic quote \(quote): type \" instead"
  }

  /// The line with `chunk:N: ` at its beginning spelled otherwise, and the places behind it in words.
  private static func positioned(
    _ line: Substring, _ chunk: Substring, as spelling: (Substring) -> String
  ) -> String {
    let indentation = line.prefix { $0 == " " }
    let text = line.dropFirst(indentation.count)
    guard text.hasPrefix("\(chunk):") else { return indentation + placed(text, in: chunk) }
    let rest = text.dropFirst(chunk.count + 1)
    let number = rest.prefix(while: \.isNumber)
    guard !number.isEmpty, rest[number.endIndex...].hasPrefix(": ") else {
      return indentation + placed(text, in: chunk)
    }
    return indentation + spelling(number) + placed(rest[number.endIndex...].dropFirst(2), in: chunk)
  }

  /// A message with the places of statements in words: an error that was raised again has several.
  ///
  /// - Parameter chunk: the statement of which the line alone is told.
  static func placed(_ text: some StringProtocol, in chunk: Substring? = nil) -> String {
    String(text).replacing(#/\b(statement [0-9]+):([0-9]+)(: |>)/#) { place in
      (place.1 == chunk ? "" : "\(place.1), ") + "line \(place.2)\(place.3)"
    }
  }
}
