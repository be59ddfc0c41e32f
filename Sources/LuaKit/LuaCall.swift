import CLuaBridge

/// The arguments of a call from Lua, valid while the binding runs. No accessor can raise a Lua error or converts.
@safe package struct LuaCall: ~Copyable {
  // Not counted: the state outlives the call.
  private let unownedState: Unmanaged<LuaState>
  package var state: LuaState { unsafe unownedState._withUnsafeGuaranteedRef { $0 } }
  let raw: UnsafeMutablePointer<bridge_call>

  init(state: LuaState, raw: UnsafeMutablePointer<bridge_call>) {
    unsafe unownedState = Unmanaged.passUnretained(state)
    unsafe self.raw = unsafe raw
  }

  /// The number of arguments.
  package var count: Int { Int(unsafe raw.pointee.count) }
  /// Whether the call may wait: false in a `__gc`, or in a `__close` that a stop runs.
  package var canWait: Bool { unsafe raw.pointee.can_wait }
  private var thread: OpaquePointer { unsafe raw.pointee.thread }
  private var luaThread: LuaThread { unsafe LuaThread(pointer: thread) }

  /// Whether argument `index`, counted from 1, is missing or nil.
  package func isNil(_ index: Int) -> Bool {
    let type = unsafe bridge_type_at(thread, Int32(index))
    return type == BRIDGE_TYPE_NIL || type == BRIDGE_TYPE_NONE
  }

  package func string(_ index: Int, _ name: String) throws(LuaError) -> String {
    guard let bytes = optionalBytes(index) else { throw mismatch(index, name, "a string") }
    return String(decoding: bytes, as: UTF8.self)
  }

  package func bytes(_ index: Int, _ name: String) throws(LuaError) -> [UInt8] {
    guard let bytes = optionalBytes(index) else { throw mismatch(index, name, "a string") }
    return bytes
  }

  package func integer(_ index: Int, _ name: String) throws(LuaError) -> Int64 {
    var value: Int64 = 0
    guard unsafe bridge_integer_at(thread, Int32(index), &value) else {
      throw mismatch(index, name, "an integer")
    }
    return value
  }

  package func number(_ index: Int, _ name: String) throws(LuaError) -> Double {
    guard unsafe bridge_type_at(thread, Int32(index)) == BRIDGE_TYPE_NUMBER else {
      throw mismatch(index, name, "a number")
    }
    return unsafe bridge_number_at(thread, Int32(index))
  }

  package func bool(_ index: Int) -> Bool { unsafe bridge_boolean_at(thread, Int32(index)) }

  /// The Swift object of a userdata.
  package func object<Object: LuaObject>(
    _ index: Int, _ name: String, _: Object.Type
  ) throws(LuaError) -> Object {
    guard let object = optionalObject(index) as? Object else {
      throw mismatch(index, name, "a \(Object.luaClass)")
    }
    return object
  }

  /// The Swift object of a userdata of ours; nil for anything else.
  package func optionalObject(_ index: Int) -> (any LuaObject)? {
    state.object(in: luaThread, at: Int32(index))
  }

  /// The argument as a Swift value, tables copied whole.
  package func value(_ index: Int) throws(LuaError) -> LuaValue {
    try LuaReader(state: state, thread: luaThread).value(Int32(index), depth: 0)
  }

  /// The argument to be shown; valid while the binding runs.
  package func shown(_ index: Int) -> LuaResults {
    LuaResults(state: state, thread: luaThread, index: index)
  }

  /// The keys and values of a table argument.
  package func table(_ index: Int, _ name: String) throws(LuaError) -> [String: LuaValue] {
    guard unsafe bridge_type_at(thread, Int32(index)) == BRIDGE_TYPE_TABLE else {
      throw mismatch(index, name, "a table")
    }
    return try LuaReader(state: state, thread: luaThread).fields(Int32(index))
  }

  /// The JSON text of argument `index`, or of its field `name`; nil when that is nil.
  package func json(_ index: Int, field name: String) throws(LuaError) -> [UInt8]? {
    guard unsafe bridge_push_field(thread, Int32(index), name) else { return nil }
    defer { unsafe bridge_pop(thread, 1) }
    return try state.encodeJSON(luaThread, -1)
  }

  /// The JSON text of argument `index`.
  package func json(_ index: Int) throws(LuaError) -> [UInt8] {
    try state.encodeJSON(luaThread, Int32(index))
  }

  /// Calls the function at argument `index` in a new task.
  package func spawn(_ index: Int, _ name: String) throws(LuaError) -> UInt64 {
    var task: UInt64 = 0
    switch unsafe bridge_spawn(state.bridge, raw, Int32(index), &task) {
    case BRIDGE_OK: return task
    case BRIDGE_MEMORY: throw LuaError(code: "client.usage", message: "not enough memory")
    default: throw mismatch(index, name, "a function")
    }
  }

  /// "bad argument" in the words of the function that was called.
  package func mismatch(_ index: Int, _ name: String, _ expected: String) -> LuaError {
    let found =
      isNil(index) ? "nothing" : "a \(LuaReader(state: state, thread: luaThread).typeName(Int32(index)))"
    return .usage("\(name): argument \(index) must be \(expected), not \(found)", .wrongType)
  }

  private func optionalBytes(_ index: Int) -> [UInt8]? {
    LuaReader(state: state, thread: luaThread).bytes(Int32(index))
  }
}
