import LuaKit

/// A table whose keys are all strings, such as what a server sends for a vault or a session.
struct LuaRecord {
  /// Names and values, `Name` and `GUID` first, then by the alphabet.
  let fields: [(name: String, value: LuaView)]
  /// How many fields were not captured.
  let omitted: Int

  /// Nil when the value is something else, or empty.
  init?(_ value: LuaView) {
    guard case .table(let table) = value, table.array.isEmpty, !table.fields.isEmpty, !table.isCycle else {
      return nil
    }
    let fields = table.fields.compactMap { field -> (name: String, value: LuaView)? in
      guard case .string(let bytes) = field.key else { return nil }
      return (String(decoding: bytes, as: UTF8.self), field.value)
    }
    guard fields.count == table.fields.count else { return nil }
    self.fields = fields.sorted { Self.precedes($0.name, $1.name) }
    omitted = table.omitted
  }

  subscript(name: String) -> LuaView? { fields.first { $0.name == name }?.value }

  /// The order of fields and columns.
  static func precedes(_ one: String, _ other: String) -> Bool {
    let first = ["Name", "GUID"]
    let ranks = [one, other].map { first.firstIndex(of: $0) ?? first.count }
    return ranks[0] == ranks[1] ? one < other : ranks[0] < ranks[1]
  }
}
