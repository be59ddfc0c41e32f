package import LuaKit

/// Shows values: lists of records as tables, records as keys and values, all else as Lua.
package enum ValueRenderer {
  /// How many rows, fields or list items are shown.
  package static let entryLimit = 100

  /// The lines for all values, each value on lines of its own, without a line end at the end.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal.
  ///   - limit: how many rows or fields are shown; `Int.max` for all there is, in as many columns as it takes.
  ///   - nestedWidth: columns of a record's line, or of a cell, into which a table in it must fit, or its size is shown
  ///     instead; nil: `width`, and what is shown whole is written out.
  ///   - showsNestedColumns: whether a list of records has a column for tables none of which is small.
  ///   - splitsWideTables: whether a list of records that is wider than the terminal is shown one record below the
  ///     other.
  ///   - remedy: how to see what is left out, said where something is.
  package static func render(
    _ values: [LuaView], width: Int, limit: Int = entryLimit, nestedWidth: Int? = nil,
    showsNestedColumns: Bool = false, splitsWideTables: Bool = false, remedy: String? = nil
  ) -> String {
    var rendering = Rendering(
      width: max(width, 20), limit: limit, nestedWidth: nestedWidth, showsNestedColumns: showsNestedColumns,
      splitsWideTables: splitsWideTables)
    var lines = values.map { rendering.text($0) }.joined(separator: "\n")
    guard rendering.isCut, let remedy else { return lines }
    let last = lines.lastIndex(of: "\n").map(lines.index(after:)) ?? lines.startIndex
    lines += lines[last...].hasPrefix("… ") ? ": \(remedy)" : "\n… \(remedy)"
    return lines
  }

  /// What is left out, as the last line.
  static func hint(_ count: Int) -> String { "… \(count) more" }

  /// A table inside another in a few characters.
  static func summary(_ value: LuaView) -> String {
    guard case .table(let table) = value else { return "" }
    if table.isCycle { return "<cycle>" }
    if table.count == 0 { return "{}" }
    let unit = table.fields.isEmpty ? "item" : "field"
    return "{…\(table.count) \(unit)\(table.count == 1 ? "" : "s")}"
  }
}

private struct Rendering {
  let width: Int
  let limit: Int
  let nestedWidth: Int?
  let showsNestedColumns: Bool
  let splitsWideTables: Bool
  /// Whether something was left out.
  private(set) var isCut = false

  init(width: Int, limit: Int, nestedWidth: Int?, showsNestedColumns: Bool, splitsWideTables: Bool) {
    self.width = width
    self.limit = limit
    self.nestedWidth = nestedWidth
    self.showsNestedColumns = showsNestedColumns
    self.splitsWideTables = splitsWideTables
  }

  private var isComplete: Bool { limit == .max }

  mutating func text(_ value: LuaView) -> String {
    if case .table(let table) = value {
      if let records = Self.records(of: table), let text = text(records, of: table) {
        return text
      }
      if let record = LuaRecord(value), let text = text(record) { return text }
    }
    return source(value, width: width)
  }

  private mutating func source(_ value: LuaView, width: Int) -> String {
    var source = LuaSource(width: width, isComplete: isComplete)
    defer { isCut = isCut || source.isCut }
    return source.text(value)
  }

  // MARK: lists of records

  /// The records of a list that have most of their fields in common.
  private static func records(of table: LuaView.Table) -> [LuaRecord]? {
    guard table.fields.isEmpty, !table.array.isEmpty else { return nil }
    let records = table.array.compactMap { LuaRecord($0) }
    guard records.count == table.array.count else { return nil }
    let cells = names(of: records).count * records.count
    return records.reduce(0) { $0 + $1.fields.count } * 2 >= cells ? records : nil
  }

  private static func names(of records: [LuaRecord]) -> [String] {
    records.reduce(into: Set()) { $0.formUnion($1.fields.map(\.name)) }.sorted(by: LuaRecord.precedes)
  }

  /// Columns of the width that a small table takes.
  private static let smallTable = 20

  /// The fields of which at least one value can be read in a cell.
  private static func readable(_ names: [String], in records: [LuaRecord]) -> [String] {
    let readable = Set(
      records.flatMap { $0.fields.lazy.filter { isReadable($0.value) }.map(\.name) })
    return names.filter { readable.contains($0) }
  }

  private static func isReadable(_ value: LuaView) -> Bool {
    guard LuaLiteral.scalar(value) == nil else { return true }
    var source = LuaSource(width: smallTable, isComplete: false)
    let text = source.text(value)
    return !text.contains("\n") && TerminalText.width(text) <= smallTable && !source.isCut
  }

  /// Nil when no field is a scalar, or they cannot fit side by side.
  private mutating func text(_ records: [LuaRecord], of list: LuaView.Table) -> String? {
    let hasScalar = records.contains { $0.fields.contains { LuaLiteral.scalar($0.value) != nil } }
    let all = Self.names(of: records)
    guard hasScalar, isComplete || all.count <= 100 else { return nil }
    let shown = Array(records.prefix(limit))
    let table = wideTable(all, of: shown) ?? narrowTable(all, of: shown)
    if splitsWideTables, table.naturalWidth > width { return split(list) }
    let columns = isComplete ? Array(table.headers.indices) : table.columns(fitting: width)
    let kept = Set(columns.map { table.headers[$0] })
    let left = isComplete ? [] : all.filter { !kept.contains($0) }
    let chosen = table.selecting(columns)
    isCut = isCut || !isComplete && chosen.naturalWidth > width
    return chosen.render(width: isComplete ? .max : width)
      + rest(hidden: records.count - shown.count + list.omitted, without: left)
  }

  /// Each with its index and its fields in lines of their own.
  private mutating func split(_ list: LuaView.Table) -> String {
    var parts: [String] = []
    for (index, value) in list.array.enumerated() { parts.append("[\(index + 1)]\n\(text(value))") }
    return parts.joined(separator: "\n\n")
  }

  /// With all that the tables in the records hold; nil: there is no room for it.
  private func wideTable(_ names: [String], of records: [LuaRecord]) -> TextTable? {
    guard !isComplete else { return nil }
    var rendering = self
    rendering.isCut = false
    let table = rendering.table(names, of: records, room: width)
    return !rendering.isCut && table.naturalWidth <= width ? table : nil
  }

  /// With small tables alone in it.
  private mutating func narrowTable(_ names: [String], of records: [LuaRecord]) -> TextTable {
    table(
      showsNestedColumns ? names : Self.readable(names, in: records), of: records,
      room: isComplete ? nestedWidth ?? .max : Self.smallTable)
  }

  private mutating func table(_ names: [String], of records: [LuaRecord], room: Int) -> TextTable {
    let rows = records.map { record in
      let values = Dictionary(record.fields.map { ($0.name, $0.value) }) { $1 }
      return names.map { values[$0].map { cell($0, room: room) } ?? "" }
    }
    return TextTable(headers: names, rows: rows)
  }

  /// In a table text needs no quotes.
  private mutating func cell(_ value: LuaView, room: Int) -> String {
    if case .string(let bytes) = value { return String(decoding: bytes, as: UTF8.self) }
    return LuaLiteral.scalar(value) ?? nested(value, room: room)
  }

  private mutating func rest(hidden: Int, without columns: [String]) -> String {
    let parts =
      (hidden > 0 ? ["\(hidden) more"] : [])
      + (columns.isEmpty ? [] : ["without \(columns.map { TerminalText.line($0) }.joined(separator: ", "))"])
    guard !parts.isEmpty else { return "" }
    isCut = true
    return "\n" + TerminalText.fitted("… " + parts.joined(separator: ", "), to: isComplete ? .max : width)
  }

  // MARK: one record

  /// Nil for one that is to be shown whole, but has what takes several lines.
  private mutating func text(_ record: LuaRecord) -> String? {
    let shown = record.fields.prefix(limit)
    let column = shown.map { TerminalText.width(TerminalText.line($0.name)) }.max() ?? 0
    let room = max((nestedWidth ?? width) - column - 2, 10)
    var pairs: [(key: String, value: String)] = []
    for field in shown {
      let text = LuaLiteral.scalar(field.value) ?? nested(field.value, room: room)
      if isComplete, nestedWidth == nil, TerminalText.width(text) > room, case .table = field.value {
        return nil
      }
      isCut = isCut || !isComplete && TerminalText.width(TerminalText.line(text)) > room
      pairs.append((field.name, text))
    }
    let hidden = record.fields.count - shown.count + record.omitted
    return TextRecord(pairs).render(width: isComplete ? .max : width) + rest(hidden: hidden, without: [])
  }

  /// A table inside another, on one line where there is room for it.
  private mutating func nested(_ value: LuaView, room: Int) -> String {
    var source = LuaSource(width: room, isComplete: isComplete)
    let text = source.text(value)
    if !text.contains("\n"), TerminalText.width(text) <= room, !source.isCut { return text }
    if isComplete, nestedWidth == nil { return text.replacing("\n", with: " ") }
    isCut = true
    return ValueRenderer.summary(value)
  }
}
