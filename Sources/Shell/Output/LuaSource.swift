import LuaKit

/// A value as Lua source: on one line where it fits, else an entry per line; bounded in depth and size unless it is to
/// be complete.
struct LuaSource {
  private static let depthLimit = 4
  /// How many entries are shown altogether.
  private static let totalLimit = 1_000

  private let width: Int
  private let isComplete: Bool
  private var shownEntries = 0
  /// Whether something was left out.
  private(set) var isCut = false
  /// Whether a table contains itself.
  private(set) var hasCycle = false

  init(width: Int, isComplete: Bool = false) {
    self.width = width
    self.isComplete = isComplete
  }

  mutating func text(_ value: LuaView) -> String { text(value, depth: 0) }

  private mutating func text(_ value: LuaView, depth: Int) -> String {
    guard case .table(let table) = value else { return scalar(value) }
    if table.isCycle {
      hasCycle = true
      return "<cycle>"
    }
    if table.count == 0 { return "{}" }
    let isTooDeep = !isComplete && depth >= Self.depthLimit || table.count == table.omitted
    guard !isTooDeep, isComplete || shownEntries < Self.totalLimit else {
      isCut = true
      return ValueRenderer.summary(value)
    }
    let entries = entries(of: table, depth: depth)
    let hidden = table.count - entries.count
    isCut = isCut || hidden > 0
    let all = hidden > 0 ? entries + [ValueRenderer.hint(hidden)] : entries
    let isPlain = table.fields.isEmpty && table.array.allSatisfy { LuaLiteral.scalar($0) != nil }
    return isPlain ? Self.wrapped(all, to: width - 2 * depth) : Self.laidOut(all, width: width - 2 * depth)
  }

  private mutating func scalar(_ value: LuaView) -> String {
    guard case .string(let bytes) = value else { return LuaLiteral.scalar(value) ?? "" }
    isCut = isCut || !isComplete && bytes.count > LuaLiteral.stringLimit
    return LuaLiteral.string(bytes, limit: isComplete ? .max : LuaLiteral.stringLimit)
  }

  private mutating func entries(of table: LuaView.Table, depth: Int) -> [String] {
    var result: [String] = []
    for item in table.array where hasRoom(result) {
      shownEntries += 1
      result.append(text(item, depth: depth + 1))
    }
    for field in table.fields.sorted(by: { Self.precedes($0.key, $1.key) }) where hasRoom(result) {
      shownEntries += 1
      result.append("\(LuaLiteral.key(field.key)) = \(text(field.value, depth: depth + 1))")
    }
    return result
  }

  private func hasRoom(_ entries: [String]) -> Bool {
    isComplete || entries.count < ValueRenderer.entryLimit && shownEntries < Self.totalLimit
  }

  /// Names by the alphabet, then numbers by size, then the rest.
  private static func precedes(_ one: LuaView, _ other: LuaView) -> Bool {
    switch (one, other) {
    case (.string(let one), .string(let other)):
      LuaRecord.precedes(String(decoding: one, as: UTF8.self), String(decoding: other, as: UTF8.self))
    case (.integer(let one), .integer(let other)): one < other
    case (.string, _): true
    case (_, .string): false
    case (.integer, _): true
    default: false
    }
  }

  /// `{1, 2, 3}`, broken where the width ends.
  private static func wrapped(_ entries: [String], to width: Int) -> String {
    var lines = ["{"]
    var used = 1
    for (index, entry) in entries.enumerated() {
      let text = entry + (index == entries.count - 1 ? "}" : ",")
      let columns = TerminalText.width(text)
      if used > 1, used + 1 + columns > width {
        lines.append(" " + text)
        used = 1 + columns
      } else {
        lines[lines.count - 1] += (used > 1 ? " " : "") + text
        used += (used > 1 ? 1 : 0) + columns
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func laidOut(_ entries: [String], width: Int) -> String {
    let line = "{" + entries.joined(separator: ", ") + "}"
    if !line.contains("\n"), TerminalText.width(line) <= width { return line }
    let lines = entries.map { entry in
      "  " + entry.replacing("\n", with: "\n  ") + (entry.hasPrefix("… ") ? "" : ",")
    }
    return "{\n" + lines.joined(separator: "\n") + "\n}"
  }
}
