import CLuaBridge

/// Takes pictures of Lua values: bounded in depth and size, without calling a metamethod but `__tostring`.
@safe struct LuaViewReader {
  unowned let state: LuaState
  private let luaThread: LuaThread
  private var thread: OpaquePointer { unsafe luaThread.pointer }
  private static let depthLimit = 5
  private static let entryLimit = 1000

  init(state: LuaState, thread: LuaThread) {
    self.state = state
    luaThread = thread
  }

  func view(_ index: Int32) -> LuaView { view(index, within: []) }

  private func view(_ index: Int32, within outer: [UInt]) -> LuaView {
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

  private func table(_ index: Int32, within outer: [UInt]) -> LuaView.Table {
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
    let isTooDeep = outer.count >= Self.depthLimit
    if !isTooDeep { addElements(&table, index, length, within: outer + [identity]) }
    addFields(&table, index, length: length, isTooDeep: isTooDeep, within: outer + [identity])
    return table
  }

  private func addElements(
    _ table: inout LuaView.Table, _ index: Int32, _ length: Int32, within outer: [UInt]
  ) {
    for element in 0..<min(length, Int32(Self.entryLimit)) {
      guard unsafe bridge_push_element(thread, index, element + 1) else { return }
      table.array.append(view(unsafe bridge_top(thread), within: outer))
      unsafe bridge_pop(thread, 1)
    }
  }

  /// The pairs that are no elements; of what is too much or too deep only the number.
  private func addFields(
    _ table: inout LuaView.Table, _ index: Int32, length: Int32, isTooDeep: Bool, within outer: [UInt]
  ) {
    guard unsafe bridge_push_nil(thread) else { return }
    let key = unsafe bridge_top(thread)
    table.omitted += Int(length) - table.array.count
    while unsafe bridge_next(thread, index) {
      if !isElement(key, length) {
        if isTooDeep || table.fields.count >= Self.entryLimit {
          table.omitted += 1
        } else {
          table.fields.append((view(key, within: outer), view(key + 1, within: outer)))
        }
      }
      unsafe bridge_pop(thread, 1)
    }
  }

  private func isElement(_ key: Int32, _ length: Int32) -> Bool {
    var number: Int64 = 0
    let isInteger = unsafe bridge_is_integer_at(thread, key) && bridge_integer_at(thread, key, &number)
    return isInteger && number >= 1 && number <= Int64(length)
  }
}
