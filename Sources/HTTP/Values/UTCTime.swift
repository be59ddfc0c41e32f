// Which of the two defines `tm` depends on the order in which the compiler meets them.
import CCurl
import Glibc

/// A moment as ISO 8601 and RFC 3339 write it: `2030-01-31T12:00:00.000Z`.
package enum UTCTime {
  /// - Parameter seconds: since 1970.
  package static func text(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded(.down))
    var time = milliseconds / 1000
    var parts = unsafe tm()
    unsafe gmtime_r(&time, &parts)
    let date = unsafe [(Int(parts.tm_year) + 1900, 4), (Int(parts.tm_mon) + 1, 2), (Int(parts.tm_mday), 2)]
    let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { digits(Int($0), 2) }
    return date.map { digits($0, $1) }.joined(separator: "-") + "T" + clock.joined(separator: ":")
      + ".\(digits(milliseconds % 1000, 3))Z"
  }

  private static func digits(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
