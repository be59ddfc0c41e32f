/// Texts that speak of a secret themselves.
extension SecretFinder {
  /// Literals that `..` ties together, read as the one text that they are.
  mutating func chain(at index: Int) {
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
  func concatenation(around index: Int) -> Range<Int> {
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
}
