import LuaKit

/// `mfsh.lock` and `mfsh.unlock`.
enum LockModule {
  static func register(in runtime: Runtime) throws {
    let locks = runtime.locks
    try runtime.state.register("mfsh.lock") { _ in
      locks.lock()
      return .results([])
    }
    try runtime.state.register("mfsh.unlock") { call in
      try locks.unlock(call.isNil(1) ? nil : try call.string(1, "mfsh.unlock"), isPerson: false)
      return .results([])
    }
  }
}
