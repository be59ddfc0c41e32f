import FoundationEssentials
import HTTP

/// The header field Retry-After (RFC 9110, 10.2.3).
enum RetryAfter {
  /// Nobody waits a year; a number that fits an Int whatever is done to it.
  private static let longest = 31_536_000.0

  /// Seconds from now; nil for what is neither a number nor a date. A moment that has passed is 0.
  static func seconds(_ text: String) -> Double? { seconds(text, now: Date().timeIntervalSince1970) }

  static func seconds(_ text: String, now: Double) -> Double? {
    let text = String(text.drop { $0 == " " })
    if let seconds = Int(text) { return seconds >= 0 ? min(Double(seconds), longest) : nil }
    return HTTPDate.seconds(text).map { min(max(0, $0 - now), longest) }
  }
}
