/// Why a check cannot be run, or not to its end: what stands on standard error, and the exit status.
struct CheckFailure: Error, Equatable, CustomStringConvertible {
  let status: CheckStatus
  /// One line that says what to do next; never a secret.
  let description: String

  /// A bad configuration, secret, folder or path of a report.
  static func configuration(_ message: String) -> CheckFailure {
    CheckFailure(status: .configuration, description: message)
  }

  /// Rosters, or runs to be merged, that are wrong.
  static func roster(_ message: String) -> CheckFailure {
    CheckFailure(status: .badRoster, description: message)
  }

  /// The disk failed, or mfsh itself.
  static func failed(_ message: String) -> CheckFailure {
    CheckFailure(status: .internalError, description: message)
  }
}
