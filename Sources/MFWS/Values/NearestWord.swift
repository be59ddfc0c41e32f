/// The word of `known` that someone who wrote `word` most likely meant: the fewest typing slips away, or else the
/// first that begins with it. Nil when nothing is near. Of equals the first wins.
///
/// - Parameter slips: how many there may be, and beginnings do not count; nil: as many as the word's length makes likely.
package func nearest(
  to word: String, in known: some Sequence<String>, slips limit: Int? = nil
) -> String? {
  let slipsAllowed = limit ?? max(1, word.count / 3)
  var best: (word: String, slips: Int)?
  let letters = Array(word.lowercased())
  for candidate in known {
    let others = Array(candidate.lowercased())
    // Each letter more or less is a slip.
    guard abs(letters.count - others.count) <= slipsAllowed else { continue }
    let slips = typingSlips(letters, others)
    if slips <= slipsAllowed, slips < candidate.count, slips < best?.slips ?? .max {
      best = (candidate, slips)
    }
  }
  guard best == nil, limit == nil else { return best?.word }
  return known.first { word.count >= 3 && $0.hasPrefix(word) }
}

/// The letters added, left out, replaced, or swapped with their neighbour between two words.
private func typingSlips(_ from: [Character], _ to: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...to.count)
  for (i, letter) in from.enumerated() {
    var row = [i + 1]
    for (j, other) in to.enumerated() {
      var slips = min(last[j] + (letter == other ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, letter == to[j - 1], from[i - 1] == other { slips = min(slips, beforeLast[j - 1] + 1) }
      row.append(slips)
    }
    (beforeLast, last) = (last, row)
  }
  return last[to.count]
}
