package import LuaKit

/// Shows the results of a statement: lists of records as tables, records as keys and values, all else as Lua.
package enum ValueRenderer {
  /// How many rows, fields or list items are shown.
  package static let entryLimit = 100

  /// The lines for all values, each value on lines of its own, without a line end at the end.
  ///
  /// - Parameter limit: how many rows or fields are shown.
  package static func render(_ values: [LuaView], width: Int, limit: Int = entryLimit) -> String {
    values.map { render($0, width: max(width, 20), limit: limit) }.joined(separator: "\n")
  }

  private static func render(_ value: LuaView, width: Int, limit: Int) -> String {
    guard case .table(let table) = value else { return LuaLiteral.scalar(value) ?? "" }
    if let records = records(of: table),
      let text = text(records, omitted: table.omitted, width: width, limit: limit)
    {
      return text
    }
    if let record = LuaRecord(value) { return text(record, width: width, limit: limit) }
    var source = LuaSource(width: width)
    return source.text(value)
  }

  /// What is left out, as the last line.
  static func hint(_ count: Int) -> String { "… \(count) more" }

  private static func records(of table: LuaView.Table) -> [LuaRecord]? {
    guard table.fields.isEmpty, !table.array.isEmpty else { return nil }
    let records = table.array.compactMap { LuaRecord($0) }
    guard records.count == table.array.count, let first = records.first else { return nil }
    let names = first.fields.map(\.name)
    return records.allSatisfy { $0.fields.map(\.name) == names } ? records : nil
  }

  /// A table of the fields that are scalars in all records; nil when there is none or they cannot fit side by side.
  private static func text(_ records: [LuaRecord], omitted: Int, width: Int, limit: Int) -> String? {
    let columns = records[0].fields.map(\.name).filter { name in
      records.allSatisfy { $0[name].flatMap(LuaLiteral.scalar) != nil }
    }
    guard !columns.isEmpty, columns.count * 6 <= width + 2 else { return nil }
    let rows = records.prefix(limit).map { record in columns.map { cell(record[$0] ?? .nothing) } }
    let table = TextTable(headers: columns, rows: rows).render(width: width)
    let hidden = records.count - rows.count + omitted
    return hidden > 0 ? table + "\n" + hint(hidden) : table
  }

  /// In a table text needs no quotes.
  private static func cell(_ value: LuaView) -> String {
    if case .string(let bytes) = value { return String(decoding: bytes, as: UTF8.self) }
    return LuaLiteral.scalar(value) ?? ""
  }

  private static func text(_ record: LuaRecord, width: Int, limit: Int) -> String {
    let shown = record.fields.prefix(limit).map { field in
      (key: field.name, value: LuaLiteral.scalar(field.value) ?? summary(field.value))
    }
    let text = TextRecord(shown).render(width: width)
    let hidden = record.fields.count - shown.count + record.omitted
    return hidden > 0 ? text + "\n" + hint(hidden) : text
  }

  /// A table inside another in a few characters.
  static func summary(_ value: LuaView) -> String {
    guard case .table(let table) = value else { return "" }
    if table.isCycle { return "<cycle>" }
    if table.count == 0 { return "{}" }
    let unit = table.fields.isEmpty ? "item" : "field"
    return "{…\(table.count) \(unit)\(table.count == 1 ? "" : "s")}"
  }
}
