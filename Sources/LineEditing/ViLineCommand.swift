/// The commands of vi's command mode that act on a line, by the characters that are typed. libedit's own take all of the
/// text for one line.
enum ViLineCommand: UInt32, CaseIterable {
  case start = 0x30, firstWord = 0x5E, end = 0x24
  case deleteToEnd = 0x44, changeToEnd = 0x43, yankToEnd = 0x59
  case insertAtStart = 0x49, appendAtEnd = 0x41, substitute = 0x53
  /// Of these the second of two; the first is libedit's, which waits for a movement.
  case delete = 0x64, change = 0x63, yank = 0x79

  /// What libedit does with the character where it is no command of ours.
  var otherwise: String? {
    switch self {
    case .start: "vi-zero"
    case .delete: ViOperator.delete.name
    case .change: ViOperator.change.name
    case .yank: ViOperator.yank.name
    default: nil
    }
  }
}

/// A command of vi's that is followed by a movement.
enum ViOperator: UInt32 {
  case delete = 0x64, change = 0x63, yank = 0x79

  /// libedit's name.
  var name: String {
    switch self {
    case .delete: "vi-delete-meta"
    case .change: "vi-change-meta"
    case .yank: "vi-yank"
    }
  }
}

/// What the characters typed last mean to the next one in vi's command mode, which libedit does not tell. In insert mode
/// it means nothing.
struct ViKeys {
  /// The operator that the last character moves for.
  private(set) var operation: ViOperator?
  private var pending: ViOperator?
  private var former: ViOperator?
  private var isCounting = false
  private var awaitsCharacter = false

  private static let withCharacter = Set("fFtTr".unicodeScalars.map(\.value))

  /// Takes a typed character.
  ///
  /// - Returns: false: though it looks like a command of a line, it is none.
  mutating func take(_ character: UInt32) -> Bool {
    if awaitsCharacter {
      self = ViKeys(former: former)
      return false
    }
    if (0x31...0x39).contains(character) || isCounting && character == 0x30 {
      (operation, isCounting) = (nil, true)
      return false
    }
    let (waiting, typed) = (pending, ViOperator(rawValue: character))
    let isLine = typed == nil || typed == waiting
    // The same again, with the operator of then.
    let operation = character == 0x2E ? former : isLine ? waiting : nil
    self = ViKeys(former: operation ?? former)
    self.operation = operation
    if Self.withCharacter.contains(character) { awaitsCharacter = true }
    if waiting == nil { pending = typed }
    return isLine
  }

  /// A key that is no character ends what was begun.
  mutating func takeKey() { self = ViKeys(former: former) }

  init(former: ViOperator? = nil) { self.former = former }
}
