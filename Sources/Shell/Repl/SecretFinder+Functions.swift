/// What functions get and give.
extension SecretFinder {
  mutating func function(at index: Int) {
    var opening = index + 1
    var name: String?
    while let token = structure[opening], structure.isName(opening) || token.is(".") || token.is(":") {
      if structure.isName(opening) { name = token.text }
      opening += 1
    }
    if name == nil, structure[index - 1]?.is("=") == true { name = target(endingAt: index - 1)?.name }
    guard let name, structure[opening]?.is("(") == true, let end = structure.argumentsEnd(opening) else {
      return
    }
    let parameters = structure.tokens[opening + 1..<end].filter { $0.kind == .name }
    for (position, parameter) in parameters.enumerated()
    where speaks(parameter.text) || known.contains(parameter.text) {
      found.insert("\(name)(\(position + 1)")
    }
    if speaks(name), end > returnsUpTo { returns(from: end) }
  }

  /// What a function gives whose name speaks of a secret.
  private mutating func returns(from start: Int) {
    var depth = 1
    var index = start
    while depth > 0, let token = structure[index] {
      if token.kind == .name {
        if ["function", "do", "if", "repeat"].contains(token.text) { depth += 1 }
        if ["end", "until"].contains(token.text) { depth -= 1 }
        if token.text == "return" {
          for value in structure.expressions(from: index + 1, limit: 8) { take(value) }
        }
      }
      index += 1
    }
    returnsUpTo = index
  }

  mutating func call(with arguments: Range<Int>) {
    guard let function = target(endingAt: arguments.lowerBound) ?? method(endingAt: arguments.lowerBound)
    else {
      return
    }
    let path = structure.tokens[function.start..<arguments.lowerBound].compactMap {
      $0.literal ?? ($0.kind == .name ? $0.text : nil)
    }
    .joined(separator: ".")
    if Self.logins.contains(path) { unknownArguments(in: arguments) }
    if SecretNames.isUnknownFunction(path) {
      replaceLiterals(in: arguments)
    } else if path == "secret.of" || path.hasSuffix(".secret.of") {
      gather(arguments)
      if structure.holdsLiteral(arguments) { replace(function.start..<arguments.upperBound) }
    } else if speaks(function.name), !SecretNames.isSource(path) {
      gather(arguments)
      replaceLiterals(in: arguments)
    } else {
      for position in 1...8 where known.contains("\(function.name)(\(position)") {
        takeArgument(position, of: arguments)
      }
    }
  }

  /// Functions that are given passwords.
  private static let logins: Set<String> = ["session.login", "session.open", "server.diagnose"]
  private static let loginArguments = Set(SettingKey.allCases.map(\.rawValue))

  /// Literals at names or places that a login does not know: a password may be meant.
  private mutating func unknownArguments(in range: Range<Int>) {
    if structure[range.lowerBound]?.literal != nil { replaced.append(range) }
    var index = range.lowerBound + 1
    while index < range.upperBound, structure[index].map({ !$0.is(")") && !$0.is("}") }) == true {
      let start = index
      var key: String?
      let opening = structure[index]?.is("[") == true ? structure.partner(of: index) : nil
      let equals = (opening ?? index) + 1
      if structure[equals]?.is("=") == true || structure[equals]?.is(":") == true {
        key = structure.tokens[index..<equals].compactMap { $0.literal ?? ($0.kind == .name ? $0.text : nil) }
          .joined()
        index = equals + 1
      }
      let value = index..<max(index, structure.expressionEnd(from: index))
      if key == nil, structure[index]?.is("{") == true {
        unknownArguments(in: value)
      } else if let key, !Self.loginArguments.contains(key), structure.holdsLiteral(value) {
        replaced.append(value)
      } else if key == nil, structure.isLiteral(index) {
        replaced.append(value)
      }
      index = max(value.upperBound, start) + 1
    }
  }

  private func method(endingAt end: Int) -> Target? {
    guard structure.isName(end - 1), structure[end - 2]?.is(":") == true else { return nil }
    return Target(name: structure.tokens[end - 1].text, isVariable: false, start: end - 1)
  }

  private mutating func takeArgument(_ position: Int, of arguments: Range<Int>) {
    let isList = structure[arguments.lowerBound]?.is("(") == true
    let values =
      isList ? structure.expressions(from: arguments.lowerBound + 1, limit: position) : [arguments]
    guard values.count == position, let value = values.last else { return }
    take(value)
  }

  /// The argument behind a name, as in `rawset(t, "password", "…")`.
  mutating func argument(behind index: Int) {
    guard let name = structure.tokens[index].literal, structure.isInside("(", index),
      structure[index + 1]?.is(",") == true, !name.isEmpty, name.utf8.count < 64,
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }), speaks(name)
    else { return }
    let value = index + 2..<structure.expressionEnd(from: index + 2)
    if structure.holdsLiteral(value) { replace(value) }
  }

  mutating func replaceLiterals(in range: Range<Int>) {
    for position in range.clamped(to: argumentsUpTo..<max(argumentsUpTo, range.upperBound))
    where structure.isLiteral(position) {
      replaced.append(position..<position + 1)
    }
    argumentsUpTo = max(argumentsUpTo, range.upperBound)
  }
}
