/// ISO 8601 dates and times as .NET writes them: `2025-08-01T15:32:58`, with any fraction, `Z`, an offset or none.
enum Timestamp {
  /// Seconds since 1970, nil when `text` is no such date. Without an offset it is UTC.
  static func parse(_ text: String) -> Double? {
    var reader = Reader(rest: text.utf8[...])
    guard let date = reader.date(), reader.take("T") || reader.take("t") || reader.take(" "),
      let time = reader.time(), let offset = reader.offset(), reader.rest.isEmpty
    else { return nil }
    return date + time - offset
  }

  private struct Reader {
    var rest: Substring.UTF8View

    mutating func take(_ character: Character) -> Bool {
      guard let first = rest.first, first == character.asciiValue else { return false }
      rest.removeFirst()
      return true
    }

    mutating func digits(_ count: Int, in range: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      rest = rest.dropFirst(count)
      let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return range.contains(number) ? number : nil
    }

    mutating func date() -> Double? {
      guard let year = digits(4, in: 1...9999), take("-"), let month = digits(2, in: 1...12), take("-"),
        let day = digits(2, in: 1...31)
      else { return nil }
      // Days since 1970 in the Gregorian calendar, with years that begin in March so that leap days come last.
      let shifted = month <= 2 ? year - 1 : year
      let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
      let leapDays = shifted / 4 - shifted / 100 + shifted / 400
      return Double(365 * shifted + leapDays + dayOfYear - 719_468) * 86_400
    }

    mutating func time() -> Double? {
      guard let hour = digits(2, in: 0...23), take(":"), let minute = digits(2, in: 0...59) else {
        return nil
      }
      var seconds = Double(hour * 3600 + minute * 60)
      guard take(":") else { return seconds }
      guard let second = digits(2, in: 0...60) else { return nil }
      seconds += Double(second)
      guard take(".") || take(",") else { return seconds }
      let fraction = rest.prefix { (0x30...0x39).contains($0) }
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count)
      return seconds + (Double("0." + String(decoding: fraction, as: UTF8.self)) ?? 0)
    }

    /// Seconds east of Greenwich.
    mutating func offset() -> Double? {
      if rest.isEmpty || take("Z") || take("z") { return 0 }
      let sign: Double = take("-") ? -1 : 1
      if sign > 0, !take("+") { return nil }
      guard let hours = digits(2, in: 0...14) else { return nil }
      guard take(":") || !rest.isEmpty else { return sign * Double(hours * 3600) }
      guard let minutes = digits(2, in: 0...59) else { return nil }
      return sign * Double(hours * 3600 + minutes * 60)
    }
  }
}
