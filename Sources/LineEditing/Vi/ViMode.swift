/// The keys of vi: characters in, text and cursor out. libedit is always in its insert mode, since its command mode takes
/// all of the text for one line.
struct ViMode {
  enum Mode { case insert, replace, command }

  /// What becomes of the text with a character.
  enum Outcome: Equatable {
    case nothing, beep
    case edits(EditBuffer)
    case asks(Request)
  }

  /// What lies outside the text.
  enum Request: Equatable {
    case up(Int), down(Int), search, searchAgain(isBack: Bool), editor, lastWord
  }

  var mode = Mode.insert
  /// What was cut or copied, by the letter of its register; the quote is for what has none.
  var registers: [Unicode.Scalar: ViRegister] = [:]
  var insertion = ViInsertion()
  var overwritten = ViOverwriting()
  var changes = TextChanges()
  /// Whether the last command took a change back, or brought it back.
  private(set) var hasJustUndone = false
  /// The command that `.` does again.
  var repeatable: ViRepeatable?
  var find: ViFind?
  /// The column that `j` and `k` keep to.
  var wantedColumn: Int?
  /// What the lines below this text begin with.
  var indentation: (EditBuffer) -> [UInt32] = { $0.moved(to: $0.firstWord).indentation }
  /// What was typed of a command.
  private var typed: [Unicode.Scalar] = []

  /// Whether the characters are commands.
  var isCommanding: Bool { mode == .command }

  /// Whether a command has begun.
  var awaitsMore: Bool { !typed.isEmpty }

  /// Whether whatever character comes next belongs to it.
  var lacksArgument: Bool { isCommanding && ViCommand.read(typed) == .lacksArgument }

  /// A key that is none of vi's ends what was begun.
  mutating func forgetTyped() {
    typed = []
    wantedColumn = nil
    hasJustUndone = false
  }

  /// Begins a statement. What was typed in the one before, which may have been a password, is not done again.
  mutating func begin() {
    forgetTyped()
    mode = .insert
    repeatable = nil
    insertion = ViInsertion()
    changes = TextChanges()
    changes.note(EditBuffer(text: [], cursor: 0))
  }

  /// Another text has come in place of what was typed: that is not undone.
  mutating func adopt(_ buffer: EditBuffer) {
    changes = TextChanges()
    insertion = ViInsertion(at: buffer)
    if !isCommanding { changes.note(buffer) }
  }

  /// Another key is about to change the text, or has changed it.
  mutating func note(_ before: EditBuffer) { changes.note(before) }

  /// What `u` has undone comes back; nil: there is none.
  mutating func redo(_ buffer: EditBuffer) -> EditBuffer? {
    hasJustUndone = true
    return changes.redo(buffer)?.inCommandMode
  }

  mutating func take(_ character: Unicode.Scalar, in buffer: EditBuffer) -> Outcome {
    switch mode {
    case .insert: return character == Self.escape ? .edits(endInsertion(buffer)) : .beep
    case .replace:
      if character == Self.escape { return .edits(endInsertion(buffer)) }
      return overwritten.take(character, in: buffer).map { .edits($0) } ?? .beep
    case .command: break
    }
    if character == Self.escape {
      forgetTyped()
      return .nothing
    }
    typed.append(character)
    switch ViCommand.read(typed) {
    case .incomplete, .lacksArgument: return .nothing
    case .unknown:
      forgetTyped()
      return .beep
    case .command(let command):
      typed = []
      return run(command, buffer.inCommandMode)
    }
  }

  private mutating func run(_ command: ViCommand, _ buffer: EditBuffer) -> Outcome {
    if command.name != "j", command.name != "k" { wantedColumn = nil }
    hasJustUndone = command.operation == nil && (command.name == "u" || command.name == "U")
    if let request = request(command, buffer) {
      wantedColumn = nil
      return .asks(request)
    }
    let result: EditBuffer?
    switch command.name {
    case "." where command.operation == nil: return again(command, buffer)
    case "u" where command.operation == nil: result = changes.undo(buffer, times: command.times)
    case "U" where command.operation == nil: result = changes.undo(buffer, times: .max)
    default: result = change(command, buffer)
    }
    guard let result else { return .beep }
    return .edits(isCommanding ? result.inCommandMode : result)
  }

  private func request(_ command: ViCommand, _ buffer: EditBuffer) -> Request? {
    guard command.operation == nil, !command.isBehindG else { return nil }
    switch command.name {
    case "k", "-": return buffer.lineStart == 0 ? .up(command.times) : nil
    case "j", "+": return buffer.lineEnd == buffer.text.count ? .down(command.times) : nil
    case "/", "?": return .search
    case "n", "N": return .searchAgain(isBack: command.name == "N")
    case "v": return .editor
    case "_": return .lastWord
    default: return nil
    }
  }

  /// Runs a command, and notes it where it changes the text.
  private mutating func change(_ command: ViCommand, _ buffer: EditBuffer) -> EditBuffer? {
    guard let result = perform(command, buffer) else { return nil }
    if result.text != buffer.text || !isCommanding {
      changes.note(buffer)
      repeatable = ViRepeatable(command: command)
    } else if command.operation != nil && command.operation != .yank {
      repeatable = ViRepeatable(command: command)
    }
    return result
  }

  private mutating func again(_ command: ViCommand, _ buffer: EditBuffer) -> Outcome {
    guard var former = repeatable else { return .beep }
    if let count = command.count { former.command.count = count }
    guard let result = change(former.command, buffer) else { return .beep }
    repeatable = former
    guard !isCommanding else { return .edits(result.inCommandMode) }
    let erased = min(former.typed.erased, result.cursor - result.lineStart)
    let rest = result.removing((result.cursor - erased)..<result.cursor)
    return .edits(endInsertion(typing(former.typed.text, into: rest)))
  }

  static let escape: Unicode.Scalar = "\u{1B}"
  /// Characters that one command may insert.
  static let mostInserted = 1 << 20
}

/// What was cut or copied.
struct ViRegister: Equatable {
  var text: [UInt32]
  /// Whether `p` puts it between the lines. There is no line feed at its end then.
  var isLines = false
}

/// A command to be done again, and what was typed behind it.
struct ViRepeatable {
  var command: ViCommand
  var typed = ViTyped()
}
