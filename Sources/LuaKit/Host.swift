import CLuaBridge

// The callbacks that the bridge makes into Swift. No Lua frame can be unwound while one of them runs.
extension LuaState {
  static func host(_ context: UnsafeMutableRawPointer) -> bridge_host {
    unsafe bridge_host(
      context: context,
      call: { context, binding, call in
        let function = unsafe Unmanaged<Binding>.fromOpaque(binding)._withUnsafeGuaranteedRef { $0.function }
        return unsafe LuaState.from(context)?.dispatch(function, call) ?? 0
      },
      finish: { context, call in unsafe LuaState.from(context)?.finish(call) ?? 0 },
      wait_in_place: { context, operation in unsafe LuaState.from(context)?.waitInPlace(operation) ?? false },
      abandon: { context, operation in unsafe LuaState.from(context)?.operations.abandon(operation) },
      release: { context, handle in unsafe LuaState.from(context)?.handles.remove(handle) },
      keep_secret: { context, bytes, length in
        let copy = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: length))
        return unsafe LuaState.from(context)?.keepSecret(copy) ?? 0
      })
  }

  private static func from(_ context: UnsafeMutableRawPointer) -> LuaState? {
    unsafe Unmanaged<HostContext>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.state }
  }

  private func dispatch(_ function: Function, _ call: UnsafeMutablePointer<bridge_call>) -> Int32 {
    do {
      switch try function(unsafe LuaCall(state: self, raw: call)) {
      case .results(let values): return send(results: values)
      case .wait(let work):
        guard unsafe call.pointee.can_wait else { return raise(Self.cannotWait) }
        unsafe call.pointee.operation = operations.start(for: bridge_current_task(bridge), work)
        return Int32(BRIDGE_WAIT)
      }
    } catch {
      return raise(error)
    }
  }

  private func finish(_ call: UnsafeMutablePointer<bridge_call>) -> Int32 {
    switch operations.takeResult(unsafe call.pointee.operation) {
    case .success(let values): return send(results: values)
    case .failure(let error): return raise(error)
    }
  }

  private func waitInPlace(_ operation: UInt64) -> Bool {
    operations.waitInPlace(operation) { unsafe bridge_is_stopping(bridge) }
  }

  private func send(results: [LuaValue]) -> Int32 {
    for value in results { send(value) }
    return Int32(clamping: results.count)
  }

  private func raise(_ error: any Error) -> Int32 {
    unsafe bridge_out_reset(bridge)
    let error =
      (error as? LuaError) ?? (error as? any LuaErrorConvertible)?.luaError
      ?? LuaError(code: "client.usage", message: "\(error)")
    let head: [(key: String, value: LuaValue)] = [
      ("code", .string(error.code)), ("message", .string(error.message)),
    ]
    send(table: head + error.fields)
    return Int32(BRIDGE_RAISE)
  }

  private static let cannotWait = LuaError.usage("cannot wait here (in __gc, or while the program stops)")
}
