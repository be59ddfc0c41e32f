import CLuaBridge

/// Values on the stack of a Lua thread: the results of a chunk until its task is dropped, those that were kept, or an
/// argument.
@safe package struct LuaResults {
  unowned let state: LuaState
  private let thread: LuaThread?
  private let first: Int32
  /// How many there are.
  package let count: Int

  /// All values on a thread's stack.
  init(state: LuaState, thread: LuaThread?) {
    self.state = state
    self.thread = thread
    first = 1
    count = thread.map { Int(unsafe bridge_result_count($0.pointer)) } ?? 0
  }

  /// One value.
  init(state: LuaState, thread: LuaThread, index: Int) {
    self.state = state
    self.thread = thread
    first = Int32(index)
    count = 1
  }

  private func position(_ index: Int) -> Int32 { first + Int32(index) - 1 }

  /// Result `index`, counted from 1, as a Swift value.
  package func value(_ index: Int) throws(LuaError) -> LuaValue {
    guard let thread else { return .nil }
    return try LuaReader(state: state, thread: thread).value(position(index), depth: 0)
  }

  /// A picture of result `index` for showing it. Runs a table's `__tostring`, if it has one.
  ///
  /// - Parameter isComplete: as far as memory allows, not only what a screen may show.
  package func view(_ index: Int, isComplete: Bool = false) -> LuaView {
    guard let thread else { return .nothing }
    var reader = LuaViewReader(state: state, thread: thread, limits: isComplete ? .complete : .screen)
    return reader.view(position(index))
  }

  /// The JSON text of result `index`, indented, with secrets masked.
  ///
  /// - Throws: the value, or something in it, has no JSON form.
  package func json(_ index: Int) throws(LuaError) -> [UInt8] {
    guard let thread else { return Array("null".utf8) }
    return try state.encodeJSON(thread, position(index), forPeople: true)
  }

  /// Keeps result `index` in a global; 0 makes the global nil.
  package func keep(_ index: Int, as name: String) throws(LuaFailure) {
    guard let thread else { return }
    try state.check(
      unsafe bridge_keep_global(state.bridge, thread.pointer, index == 0 ? 0 : position(index), name))
  }
}

extension LuaState {
  /// The results that were kept last; nil when none were.
  package var keptResults: LuaResults? {
    guard let thread = unsafe bridge_kept_results(bridge) else { return nil }
    return LuaResults(state: self, thread: unsafe LuaThread(pointer: thread))
  }

  func thread(of task: UInt64) -> LuaThread? {
    unsafe bridge_task_thread(bridge, task).map { unsafe LuaThread(pointer: $0) }
  }

  /// Compiles a chunk into a task; `arguments` become its `...`.
  func load(
    _ code: [UInt8], chunkName: String, arguments: [LuaValue], keeper: String? = nil
  ) throws(LuaFailure) -> UInt64 {
    var task: UInt64 = 0
    let status = unsafe code.withUnsafeBytes { bytes in
      let start = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
      return unsafe withUnsafePointer(to: CChar(0)) { empty in
        guard let keeper else {
          return unsafe bridge_load(bridge, start ?? empty, bytes.count, chunkName, &task)
        }
        return unsafe bridge_load_statement(bridge, start ?? empty, bytes.count, chunkName, keeper, &task)
      }
    }
    try check(status)
    for argument in arguments {
      send(argument)
      try check(unsafe bridge_push_argument(bridge, task))
    }
    return task
  }

  /// The locals that outlive their statements, with whether they are constant.
  package func keptLocals() -> [String: Bool] {
    guard unsafe bridge_locals(bridge) == BRIDGE_OK else { return [:] }
    let lines = lastFailure.split(separator: "\n")
    return Dictionary(uniqueKeysWithValues: lines.map { (String($0.dropLast()), $0.last == "!") })
  }

  /// Whether the code compiles; the message otherwise.
  package func syntaxError(_ code: String, chunkName: String) -> String? {
    let status = unsafe Array(code.utf8).withUnsafeBytes { bytes in
      let text = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
      return unsafe withUnsafePointer(to: CChar(0)) { empty in
        unsafe bridge_check(bridge, text ?? empty, bytes.count, chunkName)
      }
    }
    return status == BRIDGE_OK ? nil : lastFailure
  }

  /// Reads the error of a failed task, before it is dropped.
  func failure(of task: UInt64, _ status: bridge_status) -> LuaFailure {
    guard status != BRIDGE_STOPPED, let thread = thread(of: task) else {
      return LuaFailure(kind: .stopped, message: "interrupted")
    }
    var failure = LuaFailure(kind: .init(status), message: "", code: text(ofField: "code", thread))
    failure.task = text(ofField: "task", thread)
    failure.value = errorTable(thread)
    _ = unsafe bridge_tostring(bridge, thread.pointer, -1)
    failure.message = lastFailure
    var length = 0
    let text = unsafe bridge_traceback(bridge, task, &length)
    failure.traceback = unsafe String(
      decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
    return failure
  }

  /// The error on top of the stack, if it is a table that does not say itself what it is.
  private func errorTable(_ thread: LuaThread) -> LuaView? {
    guard unsafe bridge_type_at(thread.pointer, -1) == BRIDGE_TYPE_TABLE,
      unsafe !bridge_has_metafield(thread.pointer, -1, "__tostring")
    else { return nil }
    var reader = LuaViewReader(state: self, thread: thread, limits: .line)
    return reader.view(unsafe bridge_top(thread.pointer))
  }

  /// Of the error on top of the stack.
  private func text(ofField name: String, _ thread: LuaThread) -> String? {
    guard unsafe bridge_push_field(thread.pointer, -1, name) else { return nil }
    defer { unsafe bridge_pop(thread.pointer, 1) }
    return LuaReader(state: self, thread: thread).bytes(-1).map { String(decoding: $0, as: UTF8.self) }
  }
}
