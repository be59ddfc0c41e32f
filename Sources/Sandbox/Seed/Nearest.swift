extension String {
  /// The word of `words` that this is most likely a misspelling of; nil when none is close.
  func nearest(of words: [String]) -> String? {
    let ranked = words.map { ($0, editDistance(to: $0)) }.min { $0.1 < $1.1 }
    guard let (word, distance) = ranked, distance <= Swift.max(count, word.count, 3) / 3 else { return nil }
    return word
  }

  /// The number of letters to insert, delete, replace or swap with their neighbour.
  private func editDistance(to other: String) -> Int {
    let (source, target) = (Array(lowercased()), Array(other.lowercased()))
    var (beforeLast, last) = ([Int](), Array(0...target.count))
    for i in source.indices {
      var row = [i + 1]
      for j in target.indices {
        let replaced = last[j] + (source[i] == target[j] ? 0 : 1)
        row.append(Swift.min(replaced, last[j + 1] + 1, row[j] + 1))
        if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
          row[j + 1] = Swift.min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[target.count]
  }
}
