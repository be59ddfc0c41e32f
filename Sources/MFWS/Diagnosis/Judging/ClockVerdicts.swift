import FoundationEssentials
import HTTP

/// The server's clock beside this machine's: tokens and Kerberos tickets do not survive much of a difference.
enum ClockVerdicts {
  private static let wrongSeconds = 300.0
  private static let doubtfulSeconds = 60.0

  static func findings(_ facts: Facts) -> [Finding] {
    guard let seconds = (facts.fronts + facts.places).lazy.compactMap(skew).first else { return [] }
    let size = abs(seconds)
    let verdict: Finding.Verdict =
      size > wrongSeconds ? .wrong : size > doubtfulSeconds ? .doubtful : .fine
    let direction = seconds > 0 ? "ahead of" : "behind"
    let text =
      verdict == .fine
      ? "server and this computer agree"
      : "the server's clock is \(LengthOfTime.text(size)) \(direction) this computer's"
    return [
      Finding(
        .clock, verdict, text,
        remedy: verdict == .fine
          ? nil
          : "set the wrong one of the two: sessions end at once or too late, and Kerberos fails from 5 minutes on",
        data: ["server_ahead_seconds": .integer(Int64(seconds.rounded()))])
    ]
  }

  /// Seconds that the server is ahead. It wrote its time half a round trip before the answer was here, and `Date` has
  /// whole seconds.
  static func skew(_ observation: Observation) -> Double? {
    guard let response = observation.response, let date = response.headers["Date"],
      let server = HTTPDate.seconds(date)
    else { return nil }
    return server + 0.5 - (observation.ended - response.seconds / 2)
  }
}

/// Dates as HTTP writes them (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds since 1970; nil when the text is no such date.
  static func seconds(_ text: String) -> Double? {
    let parts = text.split { $0 == " " || $0 == "," || $0 == ":" }
    guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
      let month = months.firstIndex(where: { $0 == parts[2] }), let hour = Int(parts[4]),
      let minute = Int(parts[5]), let second = Int(parts[6]), (1970...9999).contains(year)
    else { return nil }
    let days = Day.number(year: year, month: month + 1, day: day)
    return Double(days * 86400 + hour * 3600 + minute * 60 + second)
  }
}

/// Days of the calendar.
enum Day {
  /// Days since 1970-01-01.
  static func number(year: Int, month: Int, day: Int) -> Int {
    // A year that begins in March has its leap day at its end.
    let year = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }

  /// `2030-01-31`.
  static func text(_ seconds: Double) -> String {
    String(Timestamp.iso8601(Date(timeIntervalSince1970: seconds)).prefix(10))
  }
}

/// Lengths of time for people.
enum LengthOfTime {
  static func text(_ seconds: Double) -> String {
    let (count, unit) =
      seconds < 120
      ? (seconds, "second") : seconds < 5400 ? (seconds / 60, "minute") : (seconds / 3600, "hour")
    let rounded = Int(count.rounded())
    return "\(rounded) \(unit)\(rounded == 1 ? "" : "s")"
  }
}
