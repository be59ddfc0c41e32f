@_spi(_Unicode) import Swift

/// Pasted bytes as text that fits into a statement.
enum PastedText {
  /// Line ends become line feeds, other control characters go, accents are composed (libedit cannot show them
  /// apart), and line ends at the end are left out, so that Enter runs what was pasted.
  static func cleaned(_ bytes: [UInt8]) -> [UInt32] {
    // Composing takes its time.
    if bytes.allSatisfy({ $0 < 0x80 }) { return cleaned(bytes.lazy.map(UInt32.init)) }
    return cleaned(String(decoding: bytes, as: UTF8.self)._nfc.lazy.map(\.value))
  }

  private static func cleaned(_ characters: some Sequence<UInt32>) -> [UInt32] {
    var result: [UInt32] = []
    var previous: UInt32 = 0
    for character in characters {
      defer { previous = character }
      switch character {
      // libedit's terminal mode swaps the two, so a pasted CR LF arrives as LF CR.
      case 0x0D where previous == 0x0A: continue
      case 0x0A, 0x0D: result.append(0x0A)
      case 0x09: result.append(0x09)
      case 0..<0x20, 0x7F..<0xA0: continue
      default: result.append(character)
      }
    }
    while result.last == 0x0A { result.removeLast() }
    return result
  }
}
