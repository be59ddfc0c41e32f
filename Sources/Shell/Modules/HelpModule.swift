import LuaKit

/// The global `help`. The prelude turns functions and modules into their names.
enum HelpModule {
  static func register(in runtime: Runtime) throws {
    try runtime.state.register("help") { [unowned runtime] call in
      let topic = try topic(call)
      runtime.waiting.pause()
      defer { runtime.waiting.resume() }
      do {
        try HelpPage.show(topic)
      } catch let error as UsageError {
        throw LuaError.usage(error.message)
      }
      return .results([])
    }
  }

  private static func topic(_ call: borrowing LuaCall) throws -> String? {
    switch call.optionalObject(1) {
    case is SessionObject: return "session.open"
    case is SandboxObject: return "mfsh.sandbox"
    case is SecretObject: return "secret"
    default: break
    }
    if call.isNil(1) { return nil }
    guard case .string(let name) = try call.value(1) else {
      throw LuaError.usage("help takes a name, such as help \"session\", or a function of mfsh")
    }
    return name
  }
}
