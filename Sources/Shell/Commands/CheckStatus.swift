/// How `mfsh check` ends.
package enum CheckStatus: Int32, Sendable, CaseIterable {
  /// All rows are as ordered.
  case asOrdered = 0
  /// A row differs.
  case differences = 1
  /// No row differs, but some are inconclusive or unproved.
  case inconclusive = 2
  /// No row was selected.
  case nothingSelected = 4
  /// Ended by `--abort-refused`, `--fail-fast` or `--max-time`.
  case aborted = 5
  /// Wrong usage of the command line.
  case usage = 64
  /// The roster, or the runs to be merged, are wrong.
  case badRoster = 65
  /// A fault of mfsh itself, or of the disk.
  case internalError = 70
  /// A bad configuration, profile or secret.
  case configuration = 78
  /// Ended by SIGHUP: the terminal was closed.
  case hangUp = 129
  /// Ended by Ctrl-C.
  case interrupted = 130
  /// Ended by SIGTERM.
  case terminated = 143

  /// One line for the help text.
  package var meaning: String {
    switch self {
    case .asOrdered: "all as ordered"
    case .differences: "differences"
    case .inconclusive: "no difference, but inconclusive or unproved rows"
    case .nothingSelected: "no row was selected"
    case .aborted: "aborted by --abort-refused, --fail-fast or --max-time"
    case .usage: "wrong usage"
    case .badRoster: "the roster is wrong; or runs that cannot be merged"
    case .internalError: "mfsh or the disk failed"
    case .configuration: "bad configuration, secret or report path"
    case .hangUp: "the terminal was closed; the reports are valid"
    case .interrupted: "interrupted by Ctrl-C; the reports are valid"
    case .terminated: "terminated; the reports are valid"
    }
  }
}
