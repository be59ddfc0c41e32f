import Check

/// What is told of a run while it goes on. Results and moments in, lines out.
struct ProgressMeter {
  /// How it is told.
  enum Style {
    /// One line that is redrawn.
    case redrawn
    /// A line every 30 s or 5 %, whichever is later.
    case plain
  }

  private let style: Style
  private let total: Int
  private let start: Double
  private var counts: [RowResult.Status: Int] = [:]
  private var done = 0
  private var lastTime: Double
  private var lastDone = 0

  /// - Parameters:
  ///   - total: how many rows there are to run.
  ///   - now: seconds, from anywhere.
  init(_ style: Style, total: Int, now: Double) {
    self.style = style
    self.total = total
    start = now
    lastTime = style == .redrawn ? -.infinity : now
  }

  /// A row has ended.
  mutating func add(_ status: RowResult.Status) {
    counts[status, default: 0] += 1
    done += 1
  }

  /// The line that is due; nil: none is.
  mutating func line(now: Double) -> String? {
    guard isDue(now) else { return nil }
    lastTime = now
    lastDone = done
    return text(now)
  }

  /// Seconds until a line may be due.
  func pause(now: Double) -> Double { max(0.02, min(interval, lastTime + interval - now)) }

  private var interval: Double { style == .redrawn ? 0.2 : 30 }

  private func isDue(_ now: Double) -> Bool {
    guard now - lastTime >= interval else { return false }
    return style == .redrawn || (done - lastDone) * 20 >= total && done < total
  }

  private func text(_ now: Double) -> String {
    let seconds = max(now - start, 0.001)
    let rate = Double(done) / seconds
    var parts = ["\(done)/\(total)", "\(Self.shown(rate))/s"]
    parts += Self.words.compactMap { status, word, isAlways in
      let count = counts[status] ?? 0
      return isAlways || count > 0 ? "\(count) \(word)" : nil
    }
    if done > 0, done < total {
      parts.append("\(DurationText.whole(Int((Double(total - done) / rate).rounded(.up)))) left")
    }
    return parts.joined(separator: ", ")
  }

  private static let words: [(RowResult.Status, String, Bool)] = [
    (.pass, "pass", true), (.diff, "diff", true), (.inconclusive, "inconclusive", true),
    (.unproved, "unproved", false), (.waived, "waived", false), (.notRun, "not run", false),
  ]

  private static func shown(_ rate: Double) -> String {
    if rate >= 10 { return "\(Int(rate.rounded()))" }
    let tenths = Int((rate * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
