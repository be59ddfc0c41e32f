/// Decides whether a request is sent again, and after how long.
struct RetryPause {
  /// A server that wants to be left alone for longer is left alone: the caller is told.
  static let longest = 5.0
  private let limit: Int
  private var count = 0

  init(limit: Int) { self.limit = limit }

  /// Seconds to wait before the next attempt; nil: there is none.
  mutating func next(after error: MFWSError, _ request: ResourceRequest, _ step: Step) -> Double? {
    guard count < limit, Self.mayBeRepeated(error, request, step) else { return nil }
    count += 1
    let backOff = 0.2 * Double(1 << (2 * min(count - 1, 4))) * Double.random(in: 0.8...1.2)
    let seconds = error.retryAfter ?? backOff
    return seconds <= Self.longest ? seconds : nil
  }

  private static func mayBeRepeated(_ error: MFWSError, _ request: ResourceRequest, _ step: Step) -> Bool {
    switch error.code {
    // The server says itself that it did nothing. A login that is put off may have been one too many.
    case .serverBusy where error.status == 429: request.isRepeatable || step.isProved
    case .serverBusy, .networkReset: request.isRepeatable
    // Before the first answer an address is more likely to be wrong than to be away for a moment.
    case .networkConnect: step.isProved && request.isRepeatable
    default: false
    }
  }
}
