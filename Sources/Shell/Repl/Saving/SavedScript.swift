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
    // First all of them: what is handed to a secret's place may have got its value long before.
    let secrets = entries.reduce(into: Set<String>()) {
      $0 = HistoryRedaction.redact($1.text, names: $0).names
    }
    let statements = entries.indices.map { index in
      let text = HistoryRedaction.redact(entries[index].text, names: secrets).kept
      return statement(Self.trimmed(text), entries[index].result, names: namesRead(after: index))
    }
    return "#!/usr/bin/env mfsh\n" + head.map { "-- \(TerminalText.line($0))\n" }.joined() + "\n"
      + statements.map { $0 + "\n" }.joined()
  }

  /// - Parameter names: the names by which its results are read later.
  private func statement(_ text: String, _ result: LuaView?, names: [String]) -> String {
    guard isValid("return \(text)\n") else {
      if isValid("\(text)\nlocal _") { return Self.separated(text) }
      // A `return` can only be the last word of a block.
      return "print((function()\n\(text)\nend)())"
    }
    guard let result else { return Self.separated(text) }
    let isPrinted = !Self.isAction(text) && Self.isShown(result)
    if !names.isEmpty {
      let kept = "\(names.joined(separator: ", ")) = \(text)" + (names[0] == "_" ? "" : "\n_ = _1")
      return isPrinted ? kept + "\n" + Self.printing("_", result) : kept
    }
    if isPrinted { return Self.printing(text, result) }
    return isValid("\(text)\nlocal _") ? Self.separated(text) : "_ = \(text)"
  }

  private static func printing(_ expression: String, _ result: LuaView) -> String {
    // A comment at its end must not swallow the bracket.
    let end = expression.contains("--") ? "\n" : ""
    guard case .table = result else { return "print(\(expression)\(end))" }
    return "print(json.encode(\(expression)\(end), {indent = 2, secrets = \"mask\"}))"
  }

  // MARK: judging

  /// The names of results, `_` or `_1`, `_2` and so on, that are read before another statement gives some.
  private func namesRead(after index: Int) -> [String] {
    for entry in entries[index...].dropFirst() {
      let read = Self.resultsRead(entry.text)
      if read.isEmpty, entry.result == nil { continue }
      guard let highest = read.max() else { return [] }
      return highest == 0 ? ["_"] : (1...highest).map { "_\($0)" }
    }
    return []
  }

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

  /// The numbers of the earlier results that a statement reads, 0 for `_`.
  private static func resultsRead(_ text: String) -> [Int] {
    LuaToken.tokens(of: text).compactMap { token in
      guard token.kind == .name, token.text.hasPrefix("_") else { return nil }
      let digits = token.text.dropFirst()
      if digits.isEmpty { return 0 }
      return Int(digits).flatMap { (1...20).contains($0) && String($0) == digits ? $0 : nil }
    }
  }

  // MARK: text

  /// `x = f` and `(g)()` in the next line would be one call.
  private static func separated(_ text: String) -> String { text.hasPrefix("(") ? ";\(text)" : text }

  private static func trimmed(_ text: String) -> String {
    let rest = text.drop(while: \.isWhitespace)
    return String(rest.reversed().drop { $0.isWhitespace || $0 == ";" }.reversed())
  }
}
