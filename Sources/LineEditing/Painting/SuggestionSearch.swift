/// Finds the newest earlier statement that begins with what is typed.
struct SuggestionSearch {
  /// Longer texts get no suggestion: whoever types them goes their own way.
  static let limit = 2_000

  private let statements: [String]
  private let recalled: (String) -> String
  private var typed: [UInt8] = []
  /// Older ones are still to be looked at for `typed`, and for what begins with it.
  private var position: Int
  private var found: [UInt8] = []

  /// - Parameters:
  ///   - statements: oldest first.
  ///   - recalled: what of a statement may be shown.
  init(_ statements: [String], recalled: @escaping (String) -> String) {
    self.statements = statements
    self.recalled = recalled
    position = statements.count
  }

  /// What such a statement goes on with; nil: there is none.
  mutating func rest(of text: [UInt32]) -> [UInt32]? {
    guard text.count <= Self.limit, text.contains(where: { $0 > 0x20 }) else { return nil }
    let bytes = Array(EditBuffer.string(text).utf8)
    if !bytes.starts(with: typed) { (position, found) = (statements.count, []) }
    typed = bytes
    while !isContinuation(found) {
      guard position > 0 else { return nil }
      position -= 1
      guard statements[position].utf8.starts(with: bytes) else { continue }
      found = Array(recalled(statements[position]).utf8)
    }
    return String(decoding: found.dropFirst(bytes.count), as: UTF8.self).unicodeScalars.map(\.value)
  }

  private func isContinuation(_ statement: [UInt8]) -> Bool {
    statement.count > typed.count && statement.starts(with: typed)
  }
}
