extension SecretFinder {
  /// The statement with a question in place of each word that is no variable and given to a secret's name.
  mutating func withoutBareWords(_ isKnown: (String) -> Bool) -> String {
    var declared = LocalNames.declared(in: structure.tokens)
    for index in structure.tokens.indices
    where structure.isName(index) && structure[index + 1]?.is("=") == true && !structure.isInside("{", index)
    {
      declared.insert(structure.tokens[index].text)
    }
    for value in secretPlaces where isBare(value) {
      let name = structure.tokens[value.lowerBound].text
      if !declared.contains(name), !SecretNames.match(name), !isKnown(name) { replaced.append(value) }
    }
    return replaced.isEmpty ? source : rewritten()
  }

  /// What stands behind `password =`, and in `secret.of(…)`.
  private var secretPlaces: [Range<Int>] {
    structure.tokens.indices.compactMap { index in
      if structure.tokens[index].is("="), let name = target(endingAt: index)?.name, SecretNames.match(name) {
        return index + 1..<structure.expressionEnd(from: index + 1)
      }
      let isCall = ["secret", ".", "of", "("].enumerated().allSatisfy { offset, word in
        structure[index + offset]?.is(word) == true
      }
      return isCall ? index + 4..<structure.expressionEnd(from: index + 4) : nil
    }
  }

  /// Names and symbols alone, and neither a call nor a table.
  private func isBare(_ value: Range<Int>) -> Bool {
    guard !value.isEmpty, structure.isName(value.lowerBound) else { return false }
    return value.allSatisfy { index in
      structure.tokens[index].literal == nil && !structure.opens(index) && !structure.closes(index)
    }
  }
}
