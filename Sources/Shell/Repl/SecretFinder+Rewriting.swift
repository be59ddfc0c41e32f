/// Questions in place of what was found.
extension SecretFinder {
  mutating func replace(_ range: Range<Int>) {
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
