/// What stands before the cursor: the state of the session.
enum PromptLabel {
  /// `mfsh> `; logged in `editor@Sample Vault> `; by a profile `prod:editor@Sample Vault> `; with changes locked
  /// `editor@Sample Vault locked> `; in the last five minutes of the session `editor@Sample Vault 4m> `.
  ///
  /// A production profile is red, or behind a `!` without colours. Names are cut so that half of the width is left.
  static func text(of state: PromptState, columns: Int, isColoured: Bool) -> String {
    let lock = state.isLocked ? " locked" : ""
    guard let user = state.user else { return "mfsh\(lock)> " }
    let mark = state.isProduction && !isColoured ? "!" : ""
    let rest = lock + ((state.ending ?? timeLeft(state)).map { " \($0)" } ?? "")
    // Each name with what stands in front of it.
    var names = [(mark: mark, name: user)]
    if let place = state.profile ?? state.otherHost { names = [(mark, place), (":", user)] }
    if let vault = state.vault { names.append(("@", vault)) }
    let label = fitted(names, to: columns / 2 - rest.count - 2) + rest
    return state.isProduction && isColoured ? "\u{1B}[1;31m\(label)\u{1B}[0m> " : "\(label)> "
  }

  private static func fitted(_ names: [(mark: String, name: String)], to columns: Int) -> String {
    let shown = names.map { (mark: $0.mark, name: TerminalText.line($0.name)) }
    let marks = shown.reduce(0) { $0 + $1.mark.count }
    let shares = shares(of: shown.map { TerminalText.width($0.name) }, in: max(columns - marks, shortest))
    return zip(shown, shares).map { $0.mark + TerminalText.fitted($0.name, to: $1) }.joined()
  }

  /// Columns that names have on the narrowest terminal.
  private static let shortest = 6
  /// Seconds from which on the rest of the session is told.
  static let lastMinutes = 300.0

  private static func timeLeft(_ state: PromptState) -> String? {
    guard !state.continues, let seconds = state.secondsLeft, seconds < lastMinutes else { return nil }
    return DurationText.left(seconds)
  }

  /// Divides a room among names of these widths: what a short one leaves is for the others.
  static func shares(of widths: [Int], in room: Int) -> [Int] {
    var shares = widths
    var room = room
    let order = widths.indices.sorted { widths[$0] < widths[$1] }
    for (done, index) in order.enumerated() {
      shares[index] = min(widths[index], room / (order.count - done))
      room -= shares[index]
    }
    return shares
  }
}
