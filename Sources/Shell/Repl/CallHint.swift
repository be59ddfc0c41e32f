/// The signatures of functions, from their help.
enum CallHint {
  /// The first line of help about a function: its signature and what it does; nil when there is none.
  static func signature(of function: String) -> String? {
    guard let line = HelpTopics.text(function)?.split(separator: "\n").first, line.hasPrefix(function) else {
      return nil
    }
    // A topic may have the name of a variable of the user.
    return ["(", "{", ":"].contains(line.dropFirst(function.count).first) ? String(line) : nil
  }

  /// What it does, without the signature.
  static func meaning(of function: String) -> String? {
    guard function.contains("."), let line = signature(of: function) else { return nil }
    return line.firstRange(of: ": ").map { String(line[$0.upperBound...]) }
  }
}

extension Completer {
  /// The signature of the function whose call, or name, is at the cursor; of the innermost that has one.
  func hint(_ text: String, _ cursor: Int) -> String? {
    let scalars = text.unicodeScalars
    guard scalars.count <= Self.limit, let scanned = CompletionText(String(scalars.prefix(cursor))) else {
      return nil
    }
    return calls(around: scanned, String(scalars.prefix(cursor))).lazy
      .compactMap { functionName($0) }
      .compactMap { CallHint.signature(of: $0.hasPrefix("session:") ? $0.replacing(":", with: ".") : $0) }
      .first
  }

  private func calls(around text: CompletionText, _ before: String) -> [CompletionCall] {
    var calls: [CompletionCall] = []
    let end = text.tokens.count
    if !text.word.isEmpty, let called = CompletionText(before + "("),
      let call = called.callee(before: called.tokens.count - 1, position: 0)
    {
      calls.append(call)
    }
    if text.string != nil, let call = text.call(ofArgumentAt: end) { calls.append(call) }
    var index = text.enclosing(end)
    while let opening = index {
      if let call = text.callee(before: opening, position: 0) { calls.append(call) }
      index = text.enclosing(opening)
    }
    return calls
  }
}
