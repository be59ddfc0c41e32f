import FoundationEssentials
import MFWS

/// Tells once each when five minutes and one minute are left of a session that does not log in again by itself, and when
/// it has ended.
struct ExpiryNotice {
  private static let moments = [300.0, 60.0, 0.0]

  private var session: ObjectIdentifier?
  /// Seconds that were left when it was looked at last.
  private var left = 0.0
  /// The longest wait until it has to be looked at again.
  private(set) var secondsToNext = 60.0

  /// What has to be told now of the prompt's session.
  mutating func next(of session: Session?) -> String? {
    guard let session, session.isOpen, !session.continues, let expires = session.expires else {
      self.session = nil
      secondsToNext = 60
      return nil
    }
    return next(of: ObjectIdentifier(session), secondsLeft: expires.timeIntervalSinceNow)
  }

  mutating func next(of session: ObjectIdentifier, secondsLeft: Double) -> String? {
    let before = session == self.session ? left : secondsLeft
    self.session = session
    left = secondsLeft
    // A little behind the moment, so that it has passed.
    secondsToNext = Self.moments.filter { $0 < secondsLeft }.map { secondsLeft - $0 + 0.05 }.min() ?? 60
    secondsToNext = min(secondsToNext, 60)
    guard let moment = Self.moments.last(where: { secondsLeft <= $0 && $0 < before }) else { return nil }
    let news = moment > 0 ? "ends in \(Int(moment / 60)) min" : "has ended"
    return "this session \(news): session.login() logs in again"
  }
}
