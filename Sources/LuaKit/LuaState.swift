import CLuaBridge

/// What a binding wants to happen after it has returned.
package enum LuaOutcome: ~Copyable {
  /// These are the results.
  case results([LuaValue])
  /// One result, which needs no array.
  case result(LuaValue)
  /// Suspend the calling task, do this on the loop, resume the task with what it gives or throws.
  case wait(@Sendable () async throws -> [LuaValue])
  /// Suspend the calling task until another one has `Scheduler.resume` called with the number that this is given.
  case suspend((UInt64) -> Void)
  /// The same, for what ends by itself. What it returns is called when nobody waits for the end any more.
  case begin((UInt64) -> () -> Void)
}

/// One Lua state. Confined to the thread that made it.
@safe package final class LuaState {
  package typealias Function = (borrowing LuaCall) throws -> LuaOutcome

  let bridge: OpaquePointer
  var handles = HandleTable()
  private var functions: [Binding] = []
  private var classes: [ObjectIdentifier: Int32] = [:]
  private var classNames: [String] = []
  private let makeSecret: (([UInt8]) -> any LuaObject)?
  let operations: Operations
  private var isClosed = false
  /// Told of every error that a binding raises, before Lua sees it.
  package var onRaise: ((LuaError, any Error) -> Void)?

  /// Keeps one binding's function alive under a stable address.
  final class Binding {
    let function: Function
    init(_ function: @escaping Function) { self.function = function }
  }

  /// A state with Lua's libraries.
  ///
  /// - Parameters:
  ///   - executor: where the async work of bindings runs: the loop of this thread.
  ///   - memoryLimit: bytes that Lua may hold; 0 for no limit.
  ///   - makeSecret: wraps a secret string of a JSON text into the object that Lua sees.
  package init(
    executor: any TaskExecutor, memoryLimit: Int = 0, makeSecret: (([UInt8]) -> any LuaObject)? = nil
  ) throws(LuaFailure) {
    operations = Operations(executor: executor)
    self.makeSecret = makeSecret
    var host = LuaState.host
    guard let bridge = unsafe bridge_new(&host, memoryLimit) else {
      throw LuaFailure(kind: .memory, message: "not enough memory for a Lua state")
    }
    unsafe self.bridge = bridge
    // Not retained: `deinit` closes the state, and nothing calls back afterwards.
    unsafe bridge_set_context(bridge, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    guard !isClosed else { return }
    // Finalizers must not reach for an object that is going: its handles go with it.
    unsafe bridge_forget_host(bridge)
    close()
  }

  /// Closes the state: every `__gc` runs. Nothing may be called afterwards.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    unsafe bridge_close(bridge)
  }

  // MARK: registering

  /// Sets the global `path` ("session.login") to a function.
  package func register(_ path: String, _ function: @escaping Function) throws(LuaFailure) {
    let parts = path.split(separator: ".")
    let table = parts.count > 1 ? parts.dropLast().joined(separator: ".") : nil
    try check(unsafe bridge_register(bridge, table, String(parts.last ?? ""), keep(function)))
  }

  /// Sets the global `path` to a value.
  package func set(_ path: String, _ value: LuaValue) throws(LuaFailure) {
    send(value)
    try check(unsafe bridge_set_global(bridge, path))
  }

  /// Makes the userdata class of a Swift type.
  package func registerClass<Object: LuaObject>(_ type: Object.Type) throws(LuaFailure) {
    let number = Int32(classNames.count)
    precondition(number < Int32(BRIDGE_CLASS_LIMIT))
    classes[ObjectIdentifier(type)] = number
    classNames.append(type.luaClass)
    try check(unsafe bridge_register_class(bridge, number, type.luaClass))
  }

  /// Makes the objects of a registered class the ones that secret strings of JSON texts become.
  package func useForSecrets<Object: LuaObject>(_ type: Object.Type) {
    if let number = classNumber(of: type) { unsafe bridge_set_secret_class(bridge, number) }
  }

  /// Adds a method, or a metamethod when the name begins with `__`. Argument 1 is the object.
  package func method<Object: LuaObject>(
    _ type: Object.Type, _ name: String, _ function: @escaping Function
  ) throws(LuaFailure) {
    guard let number = classNumber(of: type) else { return }
    try check(unsafe bridge_register_method(bridge, number, name, keep(function)))
  }

  /// Adds a property that is read as `object.name`.
  package func property<Object: LuaObject>(
    _ type: Object.Type, _ name: String, _ read: @escaping (Object) -> LuaValue
  ) throws(LuaFailure) {
    guard let number = classNumber(of: type) else { return }
    let function: Function = { call in .result(read(try call.object(1, name, Object.self))) }
    try check(unsafe bridge_register_property(bridge, number, name, keep(function)))
  }

  private func keep(_ function: @escaping Function) -> UnsafeMutableRawPointer {
    let binding = Binding(function)
    functions.append(binding)
    return unsafe Unmanaged.passUnretained(binding).toOpaque()
  }

  func classNumber(of type: any LuaObject.Type) -> Int32? { classes[ObjectIdentifier(type)] }

  // MARK: values

  func object(in thread: LuaThread, at index: Int32) -> (any LuaObject)? {
    handles[unsafe bridge_handle_at(thread.pointer, index)]
  }

  /// - Parameter forPeople: indented, secrets masked; otherwise a secret is an error.
  func encodeJSON(
    _ thread: LuaThread, _ index: Int32, forPeople: Bool = false
  ) throws(LuaError) -> [UInt8] {
    let status =
      forPeople
      ? unsafe bridge_show_json(bridge, thread.pointer, index)
      : unsafe bridge_encode_json(bridge, thread.pointer, index)
    var length = 0
    let text = unsafe bridge_failure(bridge, &length)
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: text, count: length))
    guard status == BRIDGE_OK else { throw .usage(String(decoding: bytes, as: UTF8.self)) }
    return bytes
  }

  func keepSecret(_ bytes: [UInt8]) -> UInt64 { makeSecret.map { handles.insert($0(bytes)) } ?? 0 }

  // MARK: failures

  func check(_ status: bridge_status) throws(LuaFailure) {
    guard status != BRIDGE_OK else { return }
    throw LuaFailure(kind: .init(status), message: lastFailure)
  }

  var lastFailure: String {
    var length = 0
    let text = unsafe bridge_failure(bridge, &length)
    return unsafe String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
  }
}

extension LuaFailure.Kind {
  init(_ status: bridge_status) {
    switch status {
    case BRIDGE_SYNTAX: self = .syntax
    case BRIDGE_MEMORY: self = .memory
    case BRIDGE_STOPPED: self = .stopped
    default: self = .runtime
    }
  }
}
