/// Values that are given to a secret's name by an assignment, a comparison or a loop.
extension SecretFinder {
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

  mutating func assignment(at equals: Int) {
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

  mutating func comparison(at index: Int) {
    let left = target(endingAt: index)
    let right = structure.isName(index + 1) ? index + 1..<structure.expressionEnd(from: index + 1) : nil
    let rightTarget = right.flatMap { target(endingAt: $0.upperBound) }
    for (target, side) in [(left, index + 1), (rightTarget, index - 1)] {
      guard let target, isSecret(target) else { continue }
      if structure[side]?.literal != nil || structure.isLiteral(side) { replace(concatenation(around: side)) }
      gather(side..<side + 1)
    }
  }

  mutating func loop(at index: Int) {
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
  mutating func take(_ value: Range<Int>) {
    gather(value)
    if structure.holdsLiteral(value) { replace(value) }
  }
}
