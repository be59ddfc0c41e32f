extension String {
  /// The word of `words` that this is most likely a misspelling of; nil when none is close.
  func nearest(of words: [String]) -> String? {
    let ranked = words.map { ($0, editDistance(to: $0)) }.min { $0.1 < $1.1 }
    guard let (word, distance) = ranked, distance <= Swift.max(count, word.count, 3) / 3 else { return nil }
    return word
  }

  /// The number of letters to insert, delete or replace.
  private func editDistance(to other: String) -> Int {
    let target = Array(other.lowercased())
    var row = Array(0...target.count)
    for (i, letter) in lowercased().enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in target.indices {
        let replaced = diagonal + (letter == target[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(replaced, diagonal + 1, row[j] + 1)
      }
    }
    return row[target.count]
  }
}
