/// Times as reports write them.
enum Seconds {
  /// `1.250`.
  static func text(milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }

  /// The same for seconds.
  static func text(_ seconds: Double) -> String {
    text(milliseconds: seconds.isFinite ? Int(max(0, min((seconds * 1000).rounded(), 1e15))) : 0)
  }

  /// For people: `0.4 s`, `12.5 s`, `3 min 20 s`, `2 h 5 min`.
  static func duration(_ seconds: Double) -> String {
    let tenths = seconds.isFinite ? Int(max(0, min((seconds * 10).rounded(), 1e12))) : 0
    let whole = tenths / 10
    if whole < 60 { return "\(whole).\(tenths % 10) s" }
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
