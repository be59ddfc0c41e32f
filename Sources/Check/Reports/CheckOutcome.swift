/// How a check as a whole came out.
package enum CheckOutcome: Sendable {
  /// All rows are as ordered.
  case asOrdered
  /// A row differs.
  case differences
  /// No row differs, but some are inconclusive, unproved or not run.
  case inconclusive
  /// There was no row to check.
  case nothingSelected
  /// The run was aborted.
  case aborted

  /// - Parameter summary: of a run that no signal ended; such a run has the signal's exit status.
  package init(_ summary: RunSummary, acceptsUnproved: Bool) {
    let open = summary[.inconclusive] + summary[.notRun] + (acceptsUnproved ? 0 : summary[.unproved])
    if summary.ending == .aborted {
      self = .aborted
    } else if summary.counts.values.allSatisfy({ $0 == 0 }) {
      self = .nothingSelected
    } else if summary[.diff] > 0 {
      self = .differences
    } else {
      self = open > 0 ? .inconclusive : .asOrdered
    }
  }
}
