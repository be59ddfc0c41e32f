/// Lengths of time for people.
enum DurationText {
  /// `0.7 s`, `12 s`, `1 min 5 s`, `2 h 3 min`.
  static func exact(_ seconds: Double) -> String {
    guard seconds >= 9.95 else {
      let tenths = Int((max(0, seconds) * 10).rounded())
      return "\(tenths / 10).\(tenths % 10) s"
    }
    return whole(Int(seconds.rounded()))
  }

  /// The same in whole seconds.
  static func whole(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "\(max(0, seconds)) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }

  /// What is left of something, in one unit: `4m`, `45s`.
  static func left(_ seconds: Double) -> String {
    seconds >= 60 ? "\(Int(seconds / 60))m" : "\(max(0, Int(seconds)))s"
  }
}
