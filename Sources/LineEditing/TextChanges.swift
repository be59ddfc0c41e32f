/// The texts that were, to be brought back.
struct TextChanges {
  private var before: [EditBuffer] = []
  private var undone: [EditBuffer] = []
  private var size = 0

  /// Whether something undone can come back.
  var canRedo: Bool { !undone.isEmpty }

  /// Takes a text that is about to change.
  mutating func note(_ buffer: EditBuffer) {
    undone = []
    before.append(buffer)
    size += buffer.text.count
    while size > Self.mostCharacters || before.count > Self.mostChanges, before.count > 1 {
      size -= before.removeFirst().text.count
    }
  }

  /// nil: there is nothing to undo.
  mutating func undo(_ buffer: EditBuffer, times: Int) -> EditBuffer? {
    var result = buffer
    var missing = times
    while missing > 0, let last = before.popLast() {
      size -= last.text.count
      guard last.text != result.text else { continue }
      undone.append(result)
      (result, missing) = (last, missing - 1)
    }
    return result.text == buffer.text ? nil : result
  }

  mutating func redo(_ buffer: EditBuffer) -> EditBuffer? {
    guard let next = undone.popLast() else { return nil }
    before.append(buffer)
    size += buffer.text.count
    return next
  }

  private static let mostChanges = 1_000
  private static let mostCharacters = 4 << 20
}
