/// So many requests a second, and as many at once after a second of rest (a token bucket).
struct RateLimit: Sendable {
  private let perSecond: Double
  private var left: Double
  private var looked = -Double.infinity

  init(perSecond: Int) {
    self.perSecond = Double(perSecond)
    left = self.perSecond
  }

  /// Takes a request in at `now`, in seconds. One too many is not: then the whole seconds after which one would be.
  mutating func excess(at now: Double) -> Int? {
    // The clock may be set back, which must not cost anybody a request.
    left = min(perSecond, left + max(0, now - looked) * perSecond)
    looked = now
    guard left < 1 else {
      left -= 1
      return nil
    }
    return max(1, Int(((1 - left) / perSecond).rounded(.up)))
  }
}

extension WebResponse {
  /// What a gateway in front of the service answers.
  static func tooManyRequests(retryAfter seconds: Int) -> WebResponse {
    .page("Too Many Requests", status: 429).adding("Retry-After", "\(seconds)")
  }
}
