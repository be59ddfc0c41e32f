/// What emacs's keys have done to the text, which libedit acts on without telling: to undo it, and to put together what
/// is cut one after the other.
struct EmacsKeys {
  /// What the key typed last does.
  enum Kind: Equatable {
    case types, cuts, lastWord, other
  }

  /// The text before the key.
  private var before = EditBuffer(text: [], cursor: 0)
  private(set) var kind = Kind.other
  /// What the key before it did.
  private(set) var formerKind = Kind.other
  private var isEscaped = false
  /// Whether the key goes on with what the ones before it typed.
  private var goesOnTyping = false
  private var changes = TextChanges()

  /// Whether a character only adds to what is being typed: then the text is not looked at, however long it is.
  func goesOn(with character: UInt32) -> Bool {
    goesOnTyping && kind == .types && !isEscaped && Self.kind(character) == .types
  }

  /// Takes a character.
  mutating func take(_ character: UInt32) {
    if character == 0x1B, !isEscaped {
      isEscaped = true
    } else {
      note(isEscaped ? Self.kindBehindEscape(character) : Self.kind(character))
    }
  }

  /// Takes a key that is no character.
  mutating func takeKey() { note(.other) }

  private mutating func note(_ new: Kind) {
    (formerKind, kind, isEscaped) = (kind, new, false)
  }

  private static func kind(_ character: UInt32) -> Kind {
    switch character {
    case 0x17: .cuts
    case 0..<0x20, 0x7F: .other
    default: .types
    }
  }

  private static func kindBehindEscape(_ character: UInt32) -> Kind {
    switch character {
    case 0x44, 0x64, 0x08, 0x7F: .cuts
    case Self.fullStop, Self.underscore: .lastWord
    default: .other
    }
  }

  static let fullStop: UInt32 = 0x2E
  static let underscore: UInt32 = 0x5F

  /// Whether the key has half been typed, or adds to what was cut.
  var keepsCut: Bool { isEscaped || kind == .cuts }

  /// Takes the text behind the key.
  ///
  /// - Returns: what libedit has cut, and whether it stood before the cursor.
  mutating func settle(_ now: EditBuffer) -> (cut: [UInt32], isBackward: Bool)? {
    defer { before = now }
    guard now.text != before.text else {
      if kind != .types { goesOnTyping = false }
      return nil
    }
    if kind != .types || !goesOnTyping { changes.note(before) }
    goesOnTyping = kind == .types
    let missing = before.text.count - now.text.count
    guard kind == .cuts, missing > 0 else { return nil }
    let start = min(now.cursor, before.cursor)
    return (Array(before.text[start..<(start + missing)]), now.cursor < before.cursor)
  }

  /// nil: there is nothing to undo.
  mutating func undo(_ now: EditBuffer) -> EditBuffer? {
    guard let result = changes.undo(now, times: 1) else { return nil }
    before = result
    return result
  }

  /// Another statement stands there: that is not undone.
  mutating func adopt(_ buffer: EditBuffer) {
    changes = TextChanges()
    (before, goesOnTyping) = (buffer, false)
  }
}
