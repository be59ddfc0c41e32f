import Glibc
import LuaKit

/// The signals that end a run.
enum RunSignals {
  /// The status of the strongest of those that came since the last call; nil: none did.
  static func take() -> CheckStatus? {
    let signals = Signals.take()
    let statuses: [(Int32, CheckStatus)] = [
      (SIGTERM, .terminated), (SIGHUP, .hangUp), (SIGINT, .interrupted),
    ]
    return statuses.first { signals.contains($0.0) }?.1
  }

  /// Ends what goes on before the first login.
  ///
  /// - Throws: `CheckFailure` when a signal has come.
  static func check() throws(CheckFailure) {
    guard let status = take() else { return }
    throw CheckFailure(status: status, description: "\(status.word) before anybody was logged in")
  }
}

extension CheckStatus {
  /// For a status that a signal brings.
  var word: String { self == .interrupted ? "interrupted" : "terminated" }
}
