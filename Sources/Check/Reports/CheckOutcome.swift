/// How a check as a whole came out.
package enum CheckOutcome: Sendable {
  /// All rows are as ordered.
  case asOrdered
  /// A row differs.
  case differences
  /// No row differs, but some are inconclusive, unproved, not run or without a result.
  case inconclusive
  /// There was no row to check.
  case nothingSelected
  /// The run was aborted.
  case aborted

  /// - Parameters:
  ///   - summary: of a run that no signal ended; such a run has the signal's exit status.
  ///   - selectedRows: how many rows should have a result.
  package init(_ summary: RunSummary, selectedRows: Int, acceptsUnproved: Bool) {
    let missing = max(0, selectedRows - summary.rows)
    let open =
      summary[.inconclusive] + summary[.notRun] + (acceptsUnproved ? 0 : summary[.unproved]) + missing
    if summary.ending == .aborted {
      self = .aborted
    } else if summary.rows == 0, missing == 0 {
      self = .nothingSelected
    } else if summary[.diff] > 0 {
      self = .differences
    } else {
      self = open > 0 ? .inconclusive : .asOrdered
    }
  }
}
