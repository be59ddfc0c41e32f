import LuaKit

/// Shows what a statement gave, and keeps it: the first value in `_` and `_1`, the others in `_2`, `_3` and so on.
struct ResultDisplay {
  /// How many values have names.
  private static let namedLimit = 20
  private var named = 0

  /// Takes in the results while they can be read. A statement without any leaves the former ones.
  mutating func take(_ results: LuaResults, from scheduler: Scheduler) throws -> [LuaView] {
    guard results.count > 0 else { return [] }
    scheduler.keepResults()
    try results.keep(1, as: "_")
    let count = min(results.count, Self.namedLimit)
    for index in 1...max(count, named) { try results.keep(index <= count ? index : 0, as: "_\(index)") }
    named = count
    return (1...results.count).map { results.view($0) }
  }

  /// Shows values as far as a screen may hold them.
  static func show(_ values: [LuaView]) {
    guard !values.isEmpty else { return }
    Pager.show(
      ValueRenderer.render(values, width: OutputStream.width, remedy: "\\page shows all") + "\n")
  }

  /// Shows the last results whole, without a new request.
  static func showAgain(_ state: LuaState, as format: ResultFormat?) throws(LuaError) {
    guard let results = state.keptResults else {
      throw .usage("there is no result yet: type an expression first, such as session.info()")
    }
    Pager.show(try ResultFormat.text(of: results, as: format, width: OutputStream.width))
  }
}
