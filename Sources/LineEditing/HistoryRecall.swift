/// Walking through earlier statements while one is being typed. What was changed on the way is there again on the way
/// back.
struct HistoryRecall {
  /// The oldest one first.
  let statements: [String]
  private let recalled: (String) -> String
  private var position: Int
  /// By place what has been shown there, as it was left; behind the last statement what is typed anew.
  private var left: [Int: String] = [:]

  /// What was typed is shown, and no statement yet.
  ///
  /// - Parameter recalled: what of a statement may be shown.
  init(_ statements: [String], recalled: @escaping (String) -> String) {
    self.statements = statements
    self.recalled = recalled
    position = statements.count
  }

  /// Notes that the statement at a place is shown now, which was found, and no longer `text`.
  mutating func jump(to next: Int, from text: String) {
    left[position] = text
    position = next
  }

  /// The statement before the shown one, which is `text` by now; nil at the oldest.
  mutating func older(than text: String) -> String? { position > 0 ? leave(text, for: position - 1) : nil }

  /// The statement after the shown one, which is `text` by now, at last what had been typed; nil when that is shown
  /// already.
  mutating func newer(than text: String) -> String? {
    position < statements.count ? leave(text, for: position + 1) : nil
  }

  private mutating func leave(_ text: String, for next: Int) -> String {
    left[position] = text
    position = next
    return left[next] ?? recalled(statements[next])
  }
}
