/// Names that are handed on.
extension SecretFinder {
  /// Notes the names whose values go into a secret's place.
  mutating func gather(_ range: Range<Int>) {
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
}
