/// Finds the secrets of a statement and writes questions in their place.
///
/// Besides names that speak of secrets it knows those that were handed to one: variables (`q`), fields (`.q`) and the
/// arguments of functions (`q(2`).
struct SecretFinder {
  let source: String
  let structure: TokenStructure
  private let known: Set<String>
  /// Names that this statement hands to a secret's place.
  private(set) var found: Set<String> = []
  /// Tokens, by number, that one question takes the place of.
  var replaced: [Range<Int>] = []
  // How far something is done, so that what nests deeply is not done again for each level.
  private var replacedUpTo = 0
  private var gatheredUpTo = 0
  private var argumentsUpTo = 0
  private var chainUpTo = 0
  private var returnsUpTo = 0
  private var spoken: [String: Bool] = [:]

  init(_ source: String, known: Set<String>) {
    self.source = source
    self.known = known
    structure = TokenStructure(source)
  }

  /// Whether the grammar may have missed something.
  var isDoubtful: Bool { structure.isDoubtful }

  /// The statement without its secrets.
  mutating func run() -> String {
    for index in structure.tokens.indices where index >= replacedUpTo { inspect(index) }
    return rewritten()
  }

  private mutating func inspect(_ index: Int) {
    let token = structure.tokens[index]
    let isFieldElsewhere = token.is(":") && structure[index + 1]?.literal != nil
    if token.is("=") || isFieldElsewhere { assignment(at: index) }
    if token.is("==") || token.is("~=") { comparison(at: index) }
    if token.is("in") { loop(at: index) }
    if token.is("function") { function(at: index) }
    if let end = structure.argumentsEnd(index) { call(with: index..<end) }
    if token.literal != nil {
      argument(behind: index)
      if index >= chainUpTo { chain(at: index) }
    }
  }

  private mutating func speaks(_ name: String) -> Bool {
    if let known = spoken[name] { return known }
    let speaks = SecretNames.match(name)
    spoken[name] = speaks
    return speaks
  }

  // MARK: Assignments, comparisons, loops

  /// What stands left of an assignment: the name, whether it is that of a variable, and where all of it begins.
  struct Target {
    var name: String
    var isVariable: Bool
    var start: Int
  }

  private mutating func isSecret(_ target: Target) -> Bool {
    // People who type a password first and log in then call it p.
    target.name == "p" || speaks(target.name)
      || known.contains(target.isVariable ? target.name : "." + target.name)
  }

  private mutating func assignment(at equals: Int) {
    let targets = targets(before: equals)
    if let first = targets.first { alias(first.name, at: equals + 1) }
    let areSecret = targets.map { isSecret($0) }
    guard areSecret.contains(true) else { return }
    let isLoop = targets.first.flatMap { structure[$0.start - 1]?.is("for") } ?? false
    let values = structure.expressions(from: equals + 1, limit: targets.count)
    // The numbers of a loop are none.
    if isLoop, values.allSatisfy({ structure.tokens[$0].allSatisfy { $0.literal == nil } }) { return }
    for (position, value) in values.enumerated() where targets.count != values.count || areSecret[position] {
      take(value)
    }
  }

  /// The targets of `a, b = …`; in a table there is one.
  private func targets(before equals: Int) -> [Target] {
    var targets: [Target] = []
    var end = equals
    repeat {
      guard let target = target(endingAt: end) else { break }
      targets.append(target)
      end = target.start - 1
    } while structure[end]?.is(",") == true && !structure.isInside("{", end)
    return targets.reversed()
  }

  /// The last name of `a.b.c`, the key of `a["k"]`, the name before `<const>`.
  func target(endingAt end: Int) -> Target? {
    var index = end - 1
    if structure[index]?.is(">") == true, structure[index - 2]?.is("<") == true { index -= 3 }
    guard let last = structure[index] else { return nil }
    var target = Target(name: last.text, isVariable: false, start: index)
    if let key = last.literal, structure[end]?.is(":") == true {
      // JSON, pasted as it is.
      target.name = key
    } else if last.is("]") {
      guard let opening = structure.partner(of: index) else { return nil }
      target.name = structure.tokens[opening..<index].map { $0.literal ?? ($0.kind == .name ? $0.text : "") }
        .joined()
      target.start = opening
    } else if structure.isName(index) || last.kind == .number {
      target.isVariable = structure[index - 1]?.is(".") != true && !structure.isInside("{", index)
    } else {
      return nil
    }
    target.start = pathStart(target.start)
    return target
  }

  /// Where `a.b["c"]` begins that goes on with this token.
  private func pathStart(_ index: Int) -> Int {
    var index = index
    while let previous = structure[index - 1] {
      if previous.is("."), index >= 2 {
        index -= 2
        if structure.tokens[index].is("]") { index = structure.partner(of: index) ?? index }
      } else if structure.tokens[index].is("["), structure.isName(index - 1) || previous.is(")") {
        index = previous.is(")") ? structure.partner(of: index - 1) ?? index - 1 : index - 1
      } else {
        break
      }
    }
    return index
  }

  /// Notes what `secret.of` is called from now on.
  private mutating func alias(_ name: String, at value: Int) {
    guard structure[value]?.is("secret") == true else { return }
    if structure[value + 1]?.is(".") != true { found.insert("of(1") }
    if structure[value + 2]?.is("of") == true, structure.argumentsEnd(value + 3) == nil {
      found.insert("\(name)(1")
    }
  }

  private mutating func comparison(at index: Int) {
    let left = target(endingAt: index)
    let right = structure.isName(index + 1) ? index + 1..<structure.expressionEnd(from: index + 1) : nil
    let rightTarget = right.flatMap { target(endingAt: $0.upperBound) }
    for (target, side) in [(left, index + 1), (rightTarget, index - 1)] {
      guard let target, isSecret(target) else { continue }
      if structure[side]?.literal != nil || structure.isLiteral(side) { replace(concatenation(around: side)) }
      gather(side..<side + 1)
    }
  }

  private mutating func loop(at index: Int) {
    var isSecret = false
    var position = index - 1
    while structure.isName(position) || structure[position]?.is(",") == true {
      let name = structure.tokens[position].text
      if speaks(name) || known.contains(name) { isSecret = true }
      position -= 1
    }
    guard isSecret else { return }
    for value in structure.expressions(from: index + 1, limit: 3) { take(value) }
  }

  /// A value that is given to a secret's name.
  private mutating func take(_ value: Range<Int>) {
    gather(value)
    if structure.holdsLiteral(value) { replace(value) }
  }

  // MARK: Functions

  private mutating func function(at index: Int) {
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

  private mutating func call(with arguments: Range<Int>) {
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
  private mutating func argument(behind index: Int) {
    guard let name = structure.tokens[index].literal, structure.isInside("(", index),
      structure[index + 1]?.is(",") == true, !name.isEmpty, name.utf8.count < 64,
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }), speaks(name)
    else { return }
    let value = index + 2..<structure.expressionEnd(from: index + 2)
    if structure.holdsLiteral(value) { replace(value) }
  }

  private mutating func replaceLiterals(in range: Range<Int>) {
    for position in range.clamped(to: argumentsUpTo..<max(argumentsUpTo, range.upperBound))
    where structure.isLiteral(position) {
      replaced.append(position..<position + 1)
    }
    argumentsUpTo = max(argumentsUpTo, range.upperBound)
  }

  // MARK: Texts

  /// Literals that `..` ties together, read as the one text that they are.
  private mutating func chain(at index: Int) {
    let range = concatenation(around: index)
    chainUpTo = range.upperBound
    let text = structure.tokens[range].compactMap(\.literal).joined()
    if SecretNames.speakIn(text) {
      replace(range)
      if text.contains("%") { formatArguments(of: range) }
    }
    guard let last = range.last(where: { structure.tokens[$0].literal.map(SecretNames.endsInMark) ?? false }),
      structure[last + 1]?.is("..") == true
    else { return }
    let value = last + 2..<structure.operandEnd(from: last + 2)
    gather(value)
    if structure.holdsLiteral(value) { replace(range.lowerBound..<max(range.upperBound, value.upperBound)) }
  }

  /// The literals that `..` ties to this one.
  private func concatenation(around index: Int) -> Range<Int> {
    var lower = index
    while structure[lower - 1]?.is("..") == true, lower >= 2, lower - 2 >= chainUpTo { lower -= 2 }
    var upper = index + 1
    while structure[upper]?.is("..") == true, upper + 1 < structure.tokens.count { upper += 2 }
    return lower..<upper
  }

  /// What goes into a text such as `"password=%s"`.
  private mutating func formatArguments(of text: Range<Int>) {
    guard let around = structure.surroundings(of: text.lowerBound) else { return }
    replaceLiterals(in: around)
    if structure[around.upperBound + 1]?.is(":") == true, structure.isName(around.upperBound + 2),
      let end = structure.argumentsEnd(around.upperBound + 3)
    {
      replaceLiterals(in: around.upperBound + 3..<end)
    }
  }

  // MARK: Names that are handed on

  /// Notes the names whose values go into a secret's place.
  private mutating func gather(_ range: Range<Int>) {
    let range = range.clamped(to: structure.tokens.indices)
    for index in range.clamped(to: gatheredUpTo..<max(gatheredUpTo, range.upperBound))
    where structure.isName(index) && !structure.isSource(index) {
      gather(name: index)
    }
    gatheredUpTo = max(gatheredUpTo, range.upperBound)
  }

  private mutating func gather(name index: Int) {
    let name = structure.tokens[index].text
    let next = structure[index + 1]
    if next?.is(".") == true || structure.argumentsEnd(index + 1) != nil { return }
    if next?.is("=") == true || structure[index - 1]?.is(":") == true || speaks(name) { return }
    found.insert(structure[index - 1]?.is(".") == true ? "." + name : name)
    if next?.is("[") == true, let key = structure[index + 2]?.literal { found.insert("." + key) }
  }

  // MARK: Rewriting

  private mutating func replace(_ range: Range<Int>) {
    let range = range.clamped(to: structure.tokens.indices)
    guard !range.isEmpty else { return }
    replaced.append(range)
    replacedUpTo = max(replacedUpTo, range.upperBound)
  }

  func rewritten() -> String {
    let comments = structure.comments.filter { SecretNames.match($0.text) }.map {
      ($0.range, $0.text.hasPrefix("--[") && $0.text.hasSuffix("]") ? "--[[]]" : "--")
    }
    let questions = merged().map {
      let tokens = structure.tokens[$0]
      let range = tokens[$0.lowerBound].range.lowerBound..<tokens[$0.upperBound - 1].range.upperBound
      return (range, isArgument($0.lowerBound) ? "(\(HistoryRedaction.question))" : HistoryRedaction.question)
    }
    var result = ""
    var position = source.startIndex
    for (range, text) in (comments + questions).sorted(by: { $0.0.lowerBound < $1.0.lowerBound })
    where range.lowerBound >= position {
      result += source[position..<range.lowerBound] + text
      position = range.upperBound
    }
    return result + source[position...]
  }

  /// Whether a token begins the argument of a call that has no parentheses.
  private func isArgument(_ index: Int) -> Bool {
    guard structure.tokens[index].literal != nil || structure.tokens[index].is("{"),
      let previous = structure[index - 1]
    else { return false }
    return structure.isName(index - 1) || previous.is("]") || previous.is(")")
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
