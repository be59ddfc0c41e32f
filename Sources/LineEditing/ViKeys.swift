/// What the characters typed last mean to the next one in vi's command mode, which libedit does not tell. Nor does it tell
/// the mode: whatever begins an insertion is taken to have done so until Escape.
struct ViKeys {
  /// What `.` does again.
  private struct Change {
    var operation: ViOperator?
    var count = 1
    var isPut = false
  }

  /// The operator that the last character moves for.
  private(set) var operation: ViOperator?
  /// How often the command runs, or over how many lines.
  private(set) var count = 1
  /// Whether the last character may have libedit cut or copy something.
  private(set) var mayCut = false
  private var pending: ViOperator?
  /// The numbers before the operator and the command.
  private var numbers: (operator: Int?, command: Int?)
  private var awaitsCharacter = false
  private var former: Change?
  private var isInserting = true

  /// What was typed before does not matter any more.
  private func finished() -> ViKeys {
    var keys = ViKeys()
    (keys.former, keys.isInserting) = (former, isInserting)
    return keys
  }

  /// A key that is no character ends what was begun.
  mutating func takeKey(_ key: EditKey?) {
    self = finished()
    mayCut = key == .deleteForward
  }

  /// Takes a typed character.
  ///
  /// - Returns: false: though it looks like a command of a line, it is none.
  mutating func take(_ character: UInt32) -> Bool {
    let before = self
    self = before.finished()
    mayCut = before.cuts(with: character)
    if character == Self.escape { leaveInsertion() }
    if character == Self.escape || before.awaitsCharacter { return false }
    if let number = before.number(with: character) {
      (pending, numbers) = (before.pending, (before.numbers.operator, number))
      return false
    }
    let (waiting, typed) = (before.pending, ViOperator(rawValue: character))
    awaitsCharacter = Self.withCharacter.contains(character)
    if waiting == nil, typed != nil { (pending, numbers.operator) = (typed, before.numbers.command) }
    let isLine = typed == nil || typed == waiting
    conclude(character, isLine ? waiting : nil, after: before)
    return isLine
  }

  private mutating func conclude(_ character: UInt32, _ operation: ViOperator?, after before: ViKeys) {
    self.operation = operation
    let numbers = [before.numbers.operator, before.numbers.command].compactMap(\.self)
    count = min(max(numbers.reduce(1, *), 1), Self.most)
    if character == Self.again {
      // The same again, with the operator of then.
      self.operation = former?.operation
      if numbers.isEmpty { count = former?.count ?? 1 } else { former?.count = count }
    } else if before.changes(with: character) {
      former = Change(operation: operation, count: count, isPut: Self.puts.contains(character))
      if operation == .change || Self.insertions.contains(character) { isInserting = true }
    }
  }

  /// A command of ours runs that leaves command mode alone: what was taken for the beginning of an insertion was none.
  mutating func noteCommandMode() { isInserting = false }

  /// Whether the character would end an insertion.
  func leavesInsertion(with character: UInt32) -> Bool { isInserting && character == Self.escape }

  private mutating func leaveInsertion() {
    // `.` would insert again.
    if isInserting { former = nil }
    isInserting = false
  }

  private func number(with character: UInt32) -> Int? {
    guard (0x31...0x39).contains(character) || character == 0x30 && numbers.command != nil else { return nil }
    return min((numbers.command ?? 0) * 10 + Int(character - 0x30), Self.most)
  }

  /// Whether `.` does again what the character completes.
  private func changes(with character: UInt32) -> Bool {
    switch pending {
    case .delete, .change: true
    case .yank: false
    case nil:
      character > Self.lastControl && !Self.harmless.contains(character)
        && ViOperator(rawValue: character) == nil
    }
  }

  private func cuts(with character: UInt32) -> Bool {
    if character <= Self.lastControl || character == Self.backspace {
      return !(isInserting && character == Self.backspace) && !Self.harmlessControls.contains(character)
    }
    if isInserting || awaitsCharacter || number(with: character) != nil { return false }
    if pending != nil { return true }
    if character == Self.again { return former?.isPut != true }
    return changes(with: character) && !Self.insertionsThatKeep.contains(character)
      && !Self.puts.contains(character)
  }

  private static func set(_ characters: String) -> Set<UInt32> { Set(characters.unicodeScalars.map(\.value)) }

  private static let escape: UInt32 = 0x1B
  private static let backspace: UInt32 = 0x7F
  private static let lastControl: UInt32 = 0x1F
  private static let again: UInt32 = 0x2E
  /// The highest number.
  private static let most = 9_999
  private static let withCharacter = set("fFtTr")
  private static let puts = set("pP")
  private static let insertions = set("iaIAsSCR")
  /// What changes the text and cuts nothing.
  private static let insertionsThatKeep = set("iaIARr~")
  /// Movements, and what else neither cuts nor changes.
  private static let harmless = set("hjkl0123456789^$wbeWBE;,GfFtT%|nN+-/? uUv.")
  private static let harmlessControls = Set(
    EditKey.controls.map(\.character) + EditKey.commands.map(\.character)
  )
  .union([escape])
}
