/// A picture of a Lua value, taken without running any Lua code, for showing it.
package indirect enum LuaView: Sendable, Equatable {
  /// nil
  case nothing
  /// true or false
  case bool(Bool)
  /// An integer.
  case integer(Int64)
  /// A float.
  case number(Double)
  /// A string's bytes.
  case string([UInt8])
  /// A table, as far as it was captured.
  case table(Table)
  /// Anything else: its type, and what it says of itself.
  case other(kind: String, text: String)

  /// A table's entries as far as they were captured.
  package struct Table: Sendable, Equatable {
    /// The same number for the same table.
    package var identity: UInt
    /// The values at 1, 2, 3 and so on.
    package var array: [LuaView]
    /// All other entries.
    package var fields: [(key: LuaView, value: LuaView)]
    /// How many entries were not captured.
    package var omitted: Int
    /// Whether this table contains itself and its entries were left out for that.
    package var isCycle: Bool

    /// A table of these entries.
    package init(
      identity: UInt = 0, array: [LuaView] = [], fields: [(key: LuaView, value: LuaView)] = [],
      omitted: Int = 0,
      isCycle: Bool = false
    ) {
      self.identity = identity
      self.array = array
      self.fields = fields
      self.omitted = omitted
      self.isCycle = isCycle
    }

    /// How many entries the table has, captured or not.
    package var count: Int { array.count + fields.count + omitted }

    /// By all parts; the order of the fields counts.
    package static func == (one: Table, other: Table) -> Bool {
      one.identity == other.identity && one.array == other.array && one.omitted == other.omitted
        && one.isCycle == other.isCycle
        && one.fields.elementsEqual(other.fields) { $0.key == $1.key && $0.value == $1.value }
    }
  }
}
