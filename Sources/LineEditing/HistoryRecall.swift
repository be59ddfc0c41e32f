/// Walking through earlier statements while one is being typed.
struct HistoryRecall {
  private let statements: [String]
  private var position: Int
  private var live = ""

  init(_ statements: [String]) {
    self.statements = statements
    position = statements.count
  }

  /// Goes on from where a search ended.
  ///
  /// - Parameter position: the place of the shown statement; nil: what was typed is shown.
  init(_ statements: [String], at position: Int?, typed: String) {
    self.init(statements)
    live = typed
    if let position { self.position = position }
  }

  /// The statement before the shown one; nil at the oldest. The first step puts `typed` aside.
  mutating func older(than typed: String) -> String? {
    guard position > 0 else { return nil }
    if position == statements.count { live = typed }
    position -= 1
    return statements[position]
  }

  /// The statement after the shown one, at last what had been typed; nil when that is shown already.
  mutating func newer() -> String? {
    guard position < statements.count else { return nil }
    position += 1
    return position == statements.count ? live : statements[position]
  }
}
