import LuaKit

/// Statements of the prompt as a script that runs by itself.
///
/// What the prompt showed of a statement the script prints: a table as JSON, all else by `print`. Where a later statement
/// speaks of `_`, the results before it are kept there.
struct SavedScript {
  /// The lines of comment at the top.
  let head: [String]
  let entries: [StatementLog.Entry]
  /// Whether Lua takes a text as a chunk.
  let isValid: (String) -> Bool

  var text: String {
    let statements = entries.indices.map { index in
      statement(
        entries[index], isKept: entries[index...].dropFirst().contains { Self.speaksOfResults($0.text) })
    }
    return "#!/usr/bin/env mfsh\n" + head.map { "-- \(TerminalText.line($0))\n" }.joined() + "\n"
      + statements.map { $0 + "\n" }.joined()
  }

  private func statement(_ entry: StatementLog.Entry, isKept: Bool) -> String {
    let text = Self.trimmed(HistoryRedaction.redact(entry.text))
    guard isValid("return \(text)\n") else {
      if isValid("\(text)\nlocal _") { return Self.separated(text) }
      // A `return` can only be the last word of a block.
      return "print((function()\n\(text)\nend)())"
    }
    guard let result = entry.result else { return Self.separated(text) }
    let isPrinted = !Self.isAction(text) && Self.isShown(result)
    switch (isKept, isPrinted) {
    case (true, true): return "_ = \(text)\n" + Self.printing("_", result)
    case (false, true): return Self.printing(text, result)
    case (false, false) where isValid("\(text)\nlocal _"): return Self.separated(text)
    case (_, false): return "_ = \(text)"
    }
  }

  private static func printing(_ expression: String, _ result: LuaView) -> String {
    // A comment at its end must not swallow the bracket.
    let end = expression.contains("--") ? "\n" : ""
    guard case .table = result else { return "print(\(expression)\(end))" }
    return "print(json.encode(\(expression)\(end), {indent = 2, secrets = \"mask\"}))"
  }

  // MARK: judging

  /// What is done for its effect: its result is no news in a script.
  private static func isAction(_ text: String) -> Bool {
    let tokens = LuaToken.tokens(of: text)
    return ["login", "use", "logout", "open"].contains { name in
      tokens.starts(with: ["session", ".", name]) { $0.is($1) }
    }
  }

  /// Whether `print` and JSON say something of it.
  private static func isShown(_ value: LuaView) -> Bool {
    switch value {
    case .table(let table): isData(.table(table))
    case .other(let kind, _): kind != "function" && kind != "thread"
    default: true
    }
  }

  /// Whether JSON can hold it.
  private static func isData(_ value: LuaView) -> Bool {
    switch value {
    case .table(let table):
      !table.isCycle && (table.array.isEmpty || table.fields.isEmpty) && table.array.allSatisfy(isData)
        && table.fields.allSatisfy { field in
          if case .string = field.key { isData(field.value) } else { false }
        }
    case .other(let kind, _): kind == "null" || kind == SecretObject.luaClass
    case .number(let number): number.isFinite
    case .string(let bytes): String(validating: bytes, as: UTF8.self) != nil
    default: true
    }
  }

  /// Whether a statement reads the result of an earlier one.
  private static func speaksOfResults(_ text: String) -> Bool {
    LuaToken.tokens(of: text).contains { $0.is("_") }
  }

  // MARK: text

  /// `x = f` and `(g)()` in the next line would be one call.
  private static func separated(_ text: String) -> String { text.hasPrefix("(") ? ";\(text)" : text }

  private static func trimmed(_ text: String) -> String {
    let rest = text.drop(while: \.isWhitespace)
    return String(rest.reversed().drop { $0.isWhitespace || $0 == ";" }.reversed())
  }
}
