import CLuaBridge

/// Reads values of one Lua thread. Safe: nothing here converts, allocates in Lua or calls a metamethod.
@safe struct LuaReader {
  unowned let state: LuaState
  let luaThread: LuaThread
  private var thread: OpaquePointer { unsafe luaThread.pointer }
  /// Deeper tables are refused: they may be cyclic.
  static let depthLimit = 64

  init(state: LuaState, thread: LuaThread) {
    self.state = state
    luaThread = thread
  }

  func bytes(_ index: Int32) -> [UInt8]? {
    var length = 0
    guard let text = unsafe bridge_string_at(thread, index, &length) else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: length))
  }

  func value(_ index: Int32, depth: Int) throws(LuaError) -> LuaValue {
    switch unsafe bridge_type_at(thread, index) {
    case BRIDGE_TYPE_NIL, BRIDGE_TYPE_NONE: return .nil
    case BRIDGE_TYPE_BOOLEAN: return .bool(unsafe bridge_boolean_at(thread, index))
    case BRIDGE_TYPE_NUMBER: return number(index)
    case BRIDGE_TYPE_STRING: return text(index)
    case BRIDGE_TYPE_TABLE: return try table(index, depth: depth)
    case BRIDGE_TYPE_USERDATA:
      return state.object(in: luaThread, at: index).map(LuaValue.object) ?? .other("userdata")
    case BRIDGE_TYPE_LIGHT_USERDATA:
      return unsafe bridge_is_null_at(thread, index) ? .null : .other("userdata")
    default: return .other(typeName(index))
    }
  }

  /// The string keys of a table with their values; other keys are a mistake of the caller.
  func fields(_ index: Int32, depth: Int = 0) throws(LuaError) -> [String: LuaValue] {
    var fields: [String: LuaValue] = [:]
    try eachPair(index) { key, value throws(LuaError) in
      guard let name = bytes(key) else {
        throw .usage(
          "an argument table has a key that is no name: write {name = value}",
          depth == 0 ? .namelessKey : nil)
      }
      fields[String(decoding: name, as: UTF8.self)] = try self.value(value, depth: depth + 1)
    }
    return fields
  }

  func eachPair(
    _ index: Int32, _ body: (_ key: Int32, _ value: Int32) throws(LuaError) -> Void
  ) throws(LuaError) {
    let top = unsafe bridge_top(thread)
    let table = index < 0 ? top + index + 1 : index
    defer { unsafe bridge_set_top(thread, top) }
    guard unsafe bridge_push_nil(thread) else { return }
    while unsafe bridge_next(thread, table) {
      try body(top + 1, top + 2)
      unsafe bridge_pop(thread, 1)
    }
  }

  func typeName(_ index: Int32) -> String {
    switch unsafe bridge_type_at(thread, index) {
    case BRIDGE_TYPE_NIL, BRIDGE_TYPE_NONE: "nil"
    case BRIDGE_TYPE_BOOLEAN: "boolean"
    case BRIDGE_TYPE_NUMBER: "number"
    case BRIDGE_TYPE_STRING: "string"
    case BRIDGE_TYPE_TABLE: "table"
    case BRIDGE_TYPE_FUNCTION: "function"
    case BRIDGE_TYPE_THREAD: "coroutine"
    default: state.object(in: luaThread, at: index).map { type(of: $0).luaClass } ?? "userdata"
    }
  }

  private func number(_ index: Int32) -> LuaValue {
    var integer: Int64 = 0
    if unsafe bridge_is_integer_at(thread, index), unsafe bridge_integer_at(thread, index, &integer) {
      return .integer(integer)
    }
    return .number(unsafe bridge_number_at(thread, index))
  }

  private func text(_ index: Int32) -> LuaValue {
    let bytes = bytes(index) ?? []
    return String(validating: bytes, as: UTF8.self).map(LuaValue.string) ?? .bytes(bytes)
  }

  private func table(_ index: Int32, depth: Int) throws(LuaError) -> LuaValue {
    guard depth < Self.depthLimit else {
      throw .usage("a table argument is nested too deep, or contains itself")
    }
    let length = unsafe bridge_raw_length(thread, index)
    let isMarked = unsafe bridge_is_array_at(thread, index)
    if length > 0 || isMarked { return try elements(index, length, depth: depth) }
    return .table(try fields(index, depth: depth).map { (key: $0.key, value: $0.value) })
  }

  private func elements(_ index: Int32, _ length: Int32, depth: Int) throws(LuaError) -> LuaValue {
    var values: [LuaValue] = []
    for element in 0..<length where unsafe bridge_push_element(thread, index, element + 1) {
      defer { unsafe bridge_pop(thread, 1) }
      values.append(try value(unsafe bridge_top(thread), depth: depth + 1))
    }
    return .array(values)
  }
}
