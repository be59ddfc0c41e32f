import CLuaBridge

/// Takes pictures of Lua values: bounded in depth and size, without calling a metamethod but `__tostring`.
@safe struct LuaViewReader {
  unowned let state: LuaState
  private let luaThread: LuaThread
  private var thread: OpaquePointer { unsafe luaThread.pointer }
  private let limits: Limits
  /// How many more values are taken: tables that hold each other many times end here.
  private var left: Int

  struct Limits {
    /// Of tables in tables, of a table's entries, and of all values.
    var depth, entries, total: Int

    /// What a line may show.
    static let line = Limits(depth: 5, entries: 100, total: 500)
    /// What a screen may show.
    static let screen = Limits(depth: 5, entries: 1000, total: 20_000)
    /// What somebody asked to see whole.
    static let complete = Limits(depth: 100, entries: .max, total: 2_000_000)
  }

  init(state: LuaState, thread: LuaThread, limits: Limits) {
    self.state = state
    self.limits = limits
    luaThread = thread
    left = limits.total
  }

  mutating func view(_ index: Int32) -> LuaView { view(index, within: []) }

  private mutating func view(_ index: Int32, within outer: [UInt]) -> LuaView {
    left -= 1
    switch unsafe bridge_type_at(thread, index) {
    case BRIDGE_TYPE_NIL, BRIDGE_TYPE_NONE: return .nothing
    case BRIDGE_TYPE_BOOLEAN: return .bool(unsafe bridge_boolean_at(thread, index))
    case BRIDGE_TYPE_NUMBER: return number(index)
    case BRIDGE_TYPE_STRING: return .string(LuaReader(state: state, thread: luaThread).bytes(index) ?? [])
    case BRIDGE_TYPE_TABLE where !(unsafe bridge_has_metafield(thread, index, "__tostring")):
      return .table(table(index, within: outer))
    default: return other(index)
    }
  }

  private func number(_ index: Int32) -> LuaView {
    var integer: Int64 = 0
    let isInteger = unsafe bridge_is_integer_at(thread, index) && bridge_integer_at(thread, index, &integer)
    return isInteger ? .integer(integer) : .number(unsafe bridge_number_at(thread, index))
  }

  private func other(_ index: Int32) -> LuaView {
    if unsafe bridge_is_null_at(thread, index) { return .other(kind: "null", text: "json.null") }
    let kind = LuaReader(state: state, thread: luaThread).typeName(index)
    let succeeded = unsafe bridge_tostring(state.bridge, thread, index) == BRIDGE_OK
    let text = state.lastFailure
    return .other(kind: kind, text: succeeded ? text : "(error in __tostring: \(text))")
  }

  private mutating func table(_ index: Int32, within outer: [UInt]) -> LuaView.Table {
    let identity = unsafe UInt(bridge_identity_at(thread, index))
    var table = LuaView.Table(identity: identity)
    if outer.contains(identity) {
      table.isCycle = true
      return table
    }
    let top = unsafe bridge_top(thread)
    let index = index < 0 ? top + index + 1 : index
    defer { unsafe bridge_set_top(thread, top) }
    let length = unsafe bridge_raw_length(thread, index)
    let isTooDeep = outer.count >= limits.depth || left <= 0
    if !isTooDeep { addElements(&table, index, length, within: outer + [identity]) }
    addFields(&table, index, length: length, isTooDeep: isTooDeep, within: outer + [identity])
    return table
  }

  private mutating func addElements(
    _ table: inout LuaView.Table, _ index: Int32, _ length: Int32, within outer: [UInt]
  ) {
    for element in 0..<min(length, Int32(clamping: limits.entries)) where left > 0 {
      guard unsafe bridge_push_element(thread, index, element + 1) else { return }
      table.array.append(view(unsafe bridge_top(thread), within: outer))
      unsafe bridge_pop(thread, 1)
    }
  }

  /// The pairs that are no elements; of what is too much or too deep only the number.
  private mutating func addFields(
    _ table: inout LuaView.Table, _ index: Int32, length: Int32, isTooDeep: Bool, within outer: [UInt]
  ) {
    table.omitted += Int(length) - table.array.count
    let count = Int(unsafe bridge_field_count(thread, index, length))
    defer { table.omitted += max(0, count - table.fields.count) }
    guard !isTooDeep, unsafe bridge_push_nil(thread) else { return }
    let key = unsafe bridge_top(thread)
    while table.fields.count < limits.entries, left > 0, unsafe bridge_next_field(thread, index, length) {
      table.fields.append((view(key, within: outer), view(key + 1, within: outer)))
      unsafe bridge_pop(thread, 1)
    }
  }
}
