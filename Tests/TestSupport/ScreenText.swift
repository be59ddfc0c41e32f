/// Terminal output without its escape sequences.
enum ScreenText {
  /// The text alone: no sequences, no carriage returns, nothing hidden. Cursor movements are not acted out.
  static func plain(_ bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    var isHidden = false
    while let next = scalars.popFirst() {
      switch next.value {
      case 0x1B:
        isHidden = scalars.starts(with: "[8m".unicodeScalars)
        skipSequence(&scalars)
      case 0x0D, 0x07: continue
      case _ where isHidden: continue
      default: result.append(next)
      }
    }
    return String(result)
  }

  private static func skipSequence(_ scalars: inout Substring.UnicodeScalarView) {
    switch scalars.popFirst() {
    case "[": while let next = scalars.popFirst(), !(0x40...0x7E).contains(next.value) {}
    case "]": while let next = scalars.popFirst(), next.value != 0x07 {}
    case "(": _ = scalars.popFirst()
    default: return
    }
  }
}
