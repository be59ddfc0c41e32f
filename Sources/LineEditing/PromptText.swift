/// A prompt in the form libedit wants: colours between two `\1`, so that they take no columns.
enum PromptText {
  /// Merges adjacent sequences into one hidden stretch, since libedit erases the prompt otherwise.
  static func marked(_ prompt: String) -> [UInt32] {
    var result: [UInt32] = []
    var isHidden = false
    var rest = Array(prompt.unicodeScalars.map(\.value))[...]
    while let first = rest.first {
      let length = first == 0x1B ? sequenceLength(rest) : 0
      if (length > 0) != isHidden {
        result.append(1)
        isHidden.toggle()
      }
      result += rest.prefix(max(length, 1))
      rest = rest.dropFirst(max(length, 1))
    }
    return isHidden ? endingVisibly(result + [1]) : result
  }

  /// What a marked prompt shows.
  static func shown(_ prompt: some Sequence<UInt32>) -> [UInt32] {
    var isHidden = false
    return prompt.filter { character in
      if character == 1 { isHidden.toggle() }
      return character != 1 && !isHidden
    }
  }

  /// A hidden stretch must not come last: the space before it changes places with it, or one is added.
  private static func endingVisibly(_ text: [UInt32]) -> [UInt32] {
    var text = text
    if let start = text.dropLast().lastIndex(of: 1), start > 0, text[start - 1] == 0x20 {
      text.remove(at: start - 1)
    }
    return text + [0x20]
  }

  /// The length of the `ESC [ … X` that `text` begins with.
  private static func sequenceLength(_ text: ArraySlice<UInt32>) -> Int {
    guard let final = text.dropFirst(2).firstIndex(where: { (0x40..<0x7F).contains($0) }) else {
      return text.count
    }
    return final - text.startIndex + 1
  }
}
