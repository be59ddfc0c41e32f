import CLuaBridge

// The callbacks that the bridge makes into Swift. No Lua frame can be unwound while one of them runs.
extension LuaState {
  static var host: bridge_host {
    unsafe bridge_host(
      call: { context, binding, call in
        unsafe LuaState.with(context) { state in
          unsafe Unmanaged<Binding>.fromOpaque(binding)._withUnsafeGuaranteedRef {
            unsafe state.dispatch($0, call)
          }
        }
      },
      finish: { context, call in unsafe LuaState.with(context) { unsafe $0.finish(call) } },
      wait_in_place: { context, operation in unsafe LuaState.with(context) { $0.waitInPlace(operation) } },
      abandon: { context, operation in unsafe LuaState.with(context) { $0.operations.abandon(operation) } },
      release: { context, handle in unsafe LuaState.with(context) { $0.handles.remove(handle) } },
      keep_secret: { context, bytes, length in
        let copy = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: length))
        return unsafe LuaState.with(context) { $0.keepSecret(copy) }
      })
  }

  /// Without counting references: the state outlives every call.
  private static func with<Result>(
    _ context: UnsafeMutableRawPointer, _ body: (LuaState) -> Result
  ) -> Result {
    unsafe Unmanaged<LuaState>.fromOpaque(context)._withUnsafeGuaranteedRef(body)
  }

  private func dispatch(_ binding: Binding, _ call: UnsafeMutablePointer<bridge_call>) -> Int32 {
    do {
      switch try binding.function(unsafe LuaCall(state: self, raw: call)) {
      case .result(let value):
        send(value)
        return 1
      case .results(let values): return send(results: values)
      case .wait(let work):
        guard unsafe call.pointee.can_wait else { return raise(Self.cannotWait) }
        unsafe call.pointee.operation = operations.start(for: bridge_current_task(bridge), work)
        return Int32(BRIDGE_WAIT)
      case .suspend(let begin):
        guard unsafe call.pointee.can_wait else { return raise(Self.cannotWait) }
        unsafe call.pointee.operation = operations.suspend(bridge_current_task(bridge), begin)
        return Int32(BRIDGE_WAIT)
      case .begin(let begin):
        guard unsafe call.pointee.can_wait else { return raise(Self.cannotWait) }
        unsafe call.pointee.operation = operations.begin(for: bridge_current_task(bridge), begin)
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
    let raised =
      (error as? LuaError) ?? (error as? any LuaErrorConvertible)?.luaError
      ?? LuaError(code: "client.usage", message: "\(error)")
    onRaise?(raised, error)
    let head: [(key: String, value: LuaValue)] = [
      ("code", .string(raised.code)), ("message", .string(raised.message)),
    ]
    send(table: head + raised.fields)
    return Int32(BRIDGE_RAISE)
  }

  private static let cannotWait = LuaError.usage(
    "cannot wait here (in __gc, in the prompt's function, or in a __close of what is ended before its time)")
}
