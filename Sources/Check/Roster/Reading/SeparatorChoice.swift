/// What stands between the cells.
enum SeparatorChoice {
  /// How much of a roster is looked at.
  static let lookahead = 65536

  private static let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

  /// The one by which the first line has the most names of columns that we know; of equals the one with the most cells.
  static func best(for text: ArraySlice<UInt8>) -> UInt8 {
    var best = (separator: UInt8(ascii: ","), known: 0, count: 0)
    for separator in candidates {
      let names = names(text, separator)
      let known = names.count { RosterColumn(rawValue: $0.lowercased()) != nil }
      if known > 0, (known, names.count) > (best.known, best.count) { best = (separator, known, names.count) }
    }
    return best.separator
  }

  private static func names(_ text: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
    var cells = DelimitedCells(RosterInput(Array(text)))
    cells.separator = separator
    return (try? cells.next())?.cells.map(\.text) ?? []
  }
}
