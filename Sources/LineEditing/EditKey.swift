/// What a key does at the prompt, however the terminal spells it.
///
/// The raw values are C1 control characters: nobody types those, and libedit can bind them in every map, which it
/// cannot do with sequences that begin with Escape without breaking vi mode.
package enum EditKey: UInt32, CaseIterable {
  case accept = 0x80
  case up, down, left, right, home, end, wordLeft, wordRight, deleteForward
  case newline, enter, interrupt, suspend, paste
  case complete, hint, search
  /// The rest of the cursor's line, or what stands before the cursor in it, is cut.
  case cutToEnd, cutToStart
  /// The text goes to the user's editor.
  case editor
  /// What is suggested, or a part of it.
  case suggestion
  /// A character that the one before the cursor and a typed accent make together.
  case replacement
  /// A character that vi takes.
  case vi
  /// Pushed by ours to leave libedit's own command mode of vi's.
  case insertMode
  /// A control character that libedit has taken into the text goes again.
  case dropControl
  /// What the next key types goes into the text as it is.
  case literal
  /// emacs's last change is taken back.
  case undo
  /// emacs's two characters around the cursor change places.
  case transpose
  /// In vi's insert mode the word before the cursor is cut.
  case cutWord
  /// What was cut comes back.
  case putBack
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
    default: nil
    }
  }

  /// Characters that act like a key of ours in both of libedit's maps.
  ///
  /// libedit swaps the two line ends on input: Enter arrives as line feed, Ctrl-J as carriage return.
  static let controls: [(character: UInt32, key: EditKey)] = [
    (0x01, .home), (0x03, .interrupt), (0x05, .end), (0x09, .complete), (0x0A, .enter),
    (0x0B, .cutToEnd), (0x0D, .newline), (0x0E, .down), (0x10, .up), (0x12, .search), (0x15, .cutToStart),
    (0x11, .literal), (0x16, .literal), (0x1A, .suspend), (0x1F, .undo),
  ]

  /// The same in vi's insert mode alone.
  static let viControls: [(character: UInt32, key: EditKey)] = [
    (0x02, .left), (0x06, .right), (0x17, .cutWord), (0x19, .putBack),
  ]

  /// The same among emacs's keys alone.
  static let emacsControls: [(character: UInt32, key: EditKey)] = [
    (0x14, .transpose), (0x19, .putBack),
  ]

  /// Characters that act like a command of libedit's in both maps.
  static let commands: [(character: UInt32, name: String)] = [(0x0C, "ed-clear-screen")]

  /// Characters that Alt is taken from among emacs's keys: Alt-X would ask for a command of libedit's own,
  /// and Alt-W copy to where Ctrl-Y does not look.
  static let withoutAlt: [UInt32] = [0x57, 0x58, 0x77, 0x78]

  /// The key for what libedit hands to our function: one of the codes, or a character bound to it.
  init?(typed character: UInt32) {
    if let key = EditKey(rawValue: character) {
      self = key
    } else if let control = (Self.controls + Self.viControls + Self.emacsControls).first(where: {
      $0.character == character
    }) {
      self = control.key
    } else {
      return nil
    }
  }
}
