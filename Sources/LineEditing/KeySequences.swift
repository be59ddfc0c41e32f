/// The escape sequences that terminals send, as far as they mean something at the prompt.
enum KeySequences {
  static let pasteStart = Array("200~".utf8)
  static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// `ESC [ X` and `ESC O X`.
  static let plain: [UInt8: EditKey] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "M"): .enter,
  ]

  /// Ctrl-X and a second key.
  static let afterControlX: [UInt8: EditKey] = [UInt8(ascii: "h"): .hint, 0x05: .editor, 0x15: .undo]

  /// `ESC [ n ~`.
  private static let numbered: [Substring: EditKey] = [
    "1": .home, "7": .home, "4": .end, "8": .end, "3": .deleteForward,
  ]

  /// With Alt or Ctrl held: `ESC [ 1 ; modifier X`.
  private static let modified: [UInt8: EditKey] = [
    UInt8(ascii: "C"): .wordRight, UInt8(ascii: "D"): .wordLeft,
  ]

  /// The key for `ESC [ parameters final`.
  static func key(parameters: [UInt8], final: UInt8) -> EditKey {
    let parts = String(decoding: parameters, as: UTF8.self).split(separator: ";")
    if final == UInt8(ascii: "~") {
      return parts.count == 1 ? numbered[parts[0]] ?? .ignored : .ignored
    }
    if final == UInt8(ascii: "M") { return .ignored }
    if parts.isEmpty { return plain[final] ?? .ignored }
    return parts.count == 2 && parts[0] == "1" ? modified[final] ?? .ignored : .ignored
  }
}
