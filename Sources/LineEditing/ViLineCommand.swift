/// The commands of vi's command mode that act on a line, by the characters that are typed. libedit's own take all of the
/// text for one line.
enum ViLineCommand: UInt32, CaseIterable {
  case start = 0x30, firstWord = 0x5E, end = 0x24
  case deleteToEnd = 0x44, changeToEnd = 0x43, yankToEnd = 0x59
  case insertAtStart = 0x49, appendAtEnd = 0x41, substitute = 0x53
  /// Of these the second of two; the first is libedit's, which waits for a movement.
  case delete = 0x64, change = 0x63, yank = 0x79
  /// These where whole lines were cut last; libedit's put anything else back.
  case putBelow = 0x70, putAbove = 0x50

  /// What libedit does with the character where it is no command of ours.
  var otherwise: String? {
    switch self {
    case .start: "vi-zero"
    case .delete: ViOperator.delete.name
    case .change: ViOperator.change.name
    case .yank: ViOperator.yank.name
    case .putBelow: "vi-paste-next"
    case .putAbove: "vi-paste-prev"
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
