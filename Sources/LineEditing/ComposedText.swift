@_spi(_Unicode) import Swift

/// Characters that are made of several, in Unicode's composed form (NFC).
enum ComposedText {
  /// No lower character goes together with the one before it.
  static let firstMark: UInt32 = 0x300

  /// The one character that two make together; nil: they stay two.
  static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
    var text = String.UnicodeScalarView()
    for character in [first, second] {
      guard let scalar = Unicode.Scalar(character) else { return nil }
      text.append(scalar)
    }
    let composed = Array(String(text)._nfc)
    return composed.count == 1 ? composed[0].value : nil
  }
}

extension EditBuffer {
  /// The one character that the one before the cursor and a typed accent make; nil: they stay two.
  func composed(with character: UInt32) -> UInt32? {
    before.flatMap { ComposedText.composed($0, character) }
  }
}
