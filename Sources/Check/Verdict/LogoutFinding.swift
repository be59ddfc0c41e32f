import MFWS

/// What `--prove-logout` finds when the end of a session was not seen.
enum LogoutFinding {
  static let check = "logout"

  /// Nil: there was no session, or the server has shown that it is over.
  static func finding(_ observation: RowObservation) -> RowResult.Finding? {
    guard observation.answer != .none, observation.logout == .ok || observation.logout == .failed else {
      return nil
    }
    return RowResult.Finding(
      check, .unknown, expected: .string(RowResult.Logout.proved.rawValue),
      actual: .string(observation.logout.rawValue))
  }
}
