/// What a key does at the prompt, however the terminal spells it.
///
/// The raw values are C1 control characters: nobody types those, and libedit can bind them in every map, which it
/// cannot do with sequences that begin with Escape without breaking vi mode.
package enum EditKey: UInt32, CaseIterable {
  case accept = 0x80
  case up, down, left, right, home, end, wordLeft, wordRight, deleteForward
  case newline, enter, interrupt, suspend, paste
  case complete, hint, search
  /// The rest of the cursor's line, or what stands before the cursor in it, goes to the kill buffer.
  case cutToEnd, cutToStart
  /// The text goes to the user's editor.
  case editor
  /// What is suggested, or a part of it.
  case suggestion
  /// A character that the one before the cursor and a typed accent make together.
  case composition
  /// Pushed by ours to have libedit do what vi's `i`, `a`, Escape, `c` and `y` do.
  case insertMode, append, commandMode, change, yank
  /// Pushed by ours between the two modes: whole lines go below the cursor's line, or above it.
  case putBelow, putAbove
  /// Pushed by ours behind Escape at the start of a line, from which libedit goes back to the line before.
  case nextCharacter
  /// A key without a meaning here, such as F5: it must not leave its bytes in the text.
  case ignored
}

extension EditKey {
  /// The keys that libedit's own commands serve.
  var builtIn: String? {
    switch self {
    case .accept: "ed-newline"
    case .left: "ed-prev-char"
    case .right: "ed-next-char"
    case .wordLeft: "ed-prev-word"
    case .wordRight: "em-next-word"
    case .deleteForward: "ed-delete-next-char"
    case .insertMode: "vi-insert"
    case .append: "vi-add"
    case .commandMode: "vi-command-mode"
    case .change: ViOperator.change.name
    case .yank: ViOperator.yank.name
    default: nil
    }
  }

  /// Characters that act like a key of ours in both of libedit's maps.
  ///
  /// libedit swaps the two line ends on input: Enter arrives as line feed, Ctrl-J as carriage return.
  static let controls: [(character: UInt32, key: EditKey)] = [
    (0x01, .home), (0x03, .interrupt), (0x05, .end), (0x09, .complete), (0x0A, .enter),
    (0x0B, .cutToEnd), (0x0D, .newline), (0x0E, .down), (0x10, .up), (0x12, .search), (0x15, .cutToStart),
    (0x1A, .suspend),
  ]

  /// What vi's command mode has for earlier statements, of which libedit's own commands know none, and for the user's
  /// editor, whose text libedit would run at once.
  static let viCommands: [(character: UInt32, key: EditKey)] = [
    (0x6B, .up), (0x2D, .up), (0x6A, .down), (0x2B, .down), (0x2F, .search), (0x3F, .search),
    (0x76, .editor),
  ]

  /// Characters that act like a command of libedit's in both maps.
  static let commands: [(character: UInt32, name: String)] = [(0x0C, "ed-clear-screen")]

  /// In vi's command mode `#` would run the line as a comment of a shell's, and `:` ask for a command of libedit's own.
  static let viCommandNames: [(character: UInt32, name: String)] = [
    (0x23, "ed-unassigned"), (0x3A, "ed-unassigned"),
  ]

  /// Characters that Alt is taken from among emacs's keys: Alt-X and its kin would ask for a command of libedit's own.
  static let withoutAlt: [UInt32] = [0x58, 0x78]

  /// The key for what libedit hands to our function: one of the codes, or a character bound to it.
  init?(typed character: UInt32) {
    if let key = EditKey(rawValue: character) {
      self = key
    } else if let control = Self.controls.first(where: { $0.character == character }) {
      self = control.key
    } else {
      return nil
    }
  }
  /// The key for a character that libedit hands to our function in vi's command mode.
  init?(viCommand character: UInt32) {
    guard let command = Self.viCommands.first(where: { $0.character == character }) else { return nil }
    self = command.key
  }
}
