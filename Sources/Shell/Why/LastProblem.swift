import HTTP
import LuaKit
import MFWS

/// What went wrong last.
///
/// Used on the main thread only, where the loop's jobs run too.
final class LastProblem: @unchecked Sendable {
  enum Kind: Sendable {
    /// An error of mfsh, with the exchange that it is about.
    case refused(MFWSError, Exchange?)
    /// An error of Lua code, as it was shown.
    case code(String)
    /// Somebody pressed Ctrl-C.
    case interrupted
  }

  private(set) var kind: Kind?
  /// When, in seconds since 1970.
  private(set) var time = 0.0

  /// A binding raised an error, which the code may catch.
  func noteRaised(_ error: LuaError, _ original: any Error, _ recent: LastExchange) {
    let known = original as? MFWSError
    guard let error = known ?? MFWSError.Code(rawValue: error.code).map({ MFWSError($0, error.message) })
    else { return }
    note(.refused(error, known.flatMap { Self.exchange(of: $0, recent) }))
  }

  /// A statement failed.
  func noteFailure(_ failure: LuaFailure) {
    if failure.kind == .stopped { return note(.interrupted) }
    // What mfsh itself raised is noted already, with more than Lua knows of it.
    if case .refused(let error, _)? = kind, failure.code == error.code.rawValue { return }
    note(.code(failure.report))
  }

  private func note(_ kind: Kind) {
    self.kind = kind
    time = Clock.secondsSince1970
  }

  /// The exchange that an error speaks of: a logout may have followed it.
  private static func exchange(of error: MFWSError, _ recent: LastExchange) -> Exchange? {
    guard let request = error.request, error.code != .clientLocked else { return nil }
    let path = request.drop { $0 != "/" }.dropFirst()
    return recent.newest { exchange in
      exchange.request.url.contains(path)
        && (error.status == nil || error.status == (try? exchange.result.get().status))
    }
  }
}
