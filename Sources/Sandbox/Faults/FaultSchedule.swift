import MFWS

/// The faults in force, and how often each struck.
struct FaultSchedule: Sendable {
  private struct Entry: Sendable {
    let fault: Fault
    var met = 0
    var fired = 0
  }
  private var entries: [Entry] = []

  init(_ faults: [Fault] = []) { entries = faults.map { Entry(fault: $0) } }

  /// What happens to one request: the delays that fit, and the first other fault.
  mutating func next(method: String, path: String) -> (delay: Double, kind: Fault.Kind?) {
    var delay = 0.0
    for index in entries.indices where entries[index].fault.fits(method: method, path: path) {
      guard strikes(index) else { continue }
      guard case .delay(let seconds) = entries[index].fault.kind else {
        return (delay, entries[index].fault.kind)
      }
      delay += seconds
    }
    return (delay, nil)
  }

  private mutating func strikes(_ index: Int) -> Bool {
    let fault = entries[index].fault
    entries[index].met += 1
    guard entries[index].met > fault.after, entries[index].fired < fault.count ?? .max else { return false }
    guard fault.probability >= 1 || Double.random(in: 0..<1) < fault.probability else { return false }
    entries[index].fired += 1
    return true
  }

  /// Each fault with how often it struck.
  var strikes: [(fault: Fault, fired: Int)] { entries.map { ($0.fault, $0.fired) } }
}

extension Fault {
  /// The fault as it would be written, and how often it struck.
  func description(fired: Int) -> JSONText {
    var fields = kind.fields
    if let path { fields.append(("path", .string(path))) }
    if isExact { fields.append(("exact", true)) }
    if let method { fields.append(("method", .string(method))) }
    if probability < 1 { fields.append(("probability", .number(probability))) }
    if let count { fields.append(("count", .integer(Int64(count)))) }
    if after > 0 { fields.append(("after", .integer(Int64(after)))) }
    return .object(fields + [("fired", .integer(Int64(fired)))])
  }
}

extension Fault.Kind {
  fileprivate var fields: [(String, JSONText)] {
    switch self {
    case .delay(let seconds): [("delay", .number(seconds))]
    case .stall(let afterHead): [("stall", .string(afterHead ? "head" : "nothing"))]
    case .reset: [("reset", true)]
    case .resetMidway: [("reset_midway", true)]
    case .truncate: [("truncate", true)]
    case .status(let status, let content): [("status", .integer(Int64(status)))] + content.fields
    case .html(let title): [("html", .string(title))]
    case .badJSON: [("bad_json", true)]
    case .huge(let bytes): [("huge", .integer(Int64(bytes)))]
    case .wrongNode: [("wrong_node", true)]
    case .expire: [("expire", true)]
    case .loseCookie: [("lose_cookie", true)]
    case .retryAfter(let seconds, let status, let asDate):
      [
        ("retry_after", .integer(Int64(seconds))), ("status_code", .integer(Int64(status))),
        ("as_date", .bool(asDate)),
      ]
    case .empty: [("empty", true)]
    case .control: [("control", true)]
    case .garbage: [("garbage", true)]
    }
  }
}

extension Fault.Content {
  fileprivate var fields: [(String, JSONText)] {
    switch self {
    case .error: []
    case .page(let title): [("page", .string(title))]
    case .text(let text): [("body", .string(text))]
    }
  }
}
