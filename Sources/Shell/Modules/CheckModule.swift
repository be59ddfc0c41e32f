import LuaKit
import MFWS

/// The global `check`: batch checks whose rows a script makes and whose results it acts on. The Lua half is `CheckCode`.
enum CheckModule {
  static func register(in runtime: Runtime) throws {
    let state = runtime.state
    try state.registerClass(ScriptCheck.self)
    try state.method(ScriptCheck.self, "__close") { call in
      try check(call).close(canWait: call.canWait)
    }
    try registerRun(runtime)
    try registerVisits(state)
    runtime.closing.atBegin = { [checks = runtime.scriptChecks] in checks.leaveAll() }
    try runtime.scheduler.run(Array(CheckCode.text.utf8), chunkName: "=mfsh") { _ in }
  }

  private static func check(_ call: borrowing LuaCall) throws -> ScriptCheck {
    try call.object(1, CheckRunArguments.function, ScriptCheck.self)
  }

  private static func registerRun(_ runtime: Runtime) throws {
    let state = runtime.state
    try state.register("mfsh_internal.check_open") { [unowned runtime] call in
      let arguments = try CheckRunArguments(call, 1, hasRule: call.bool(2), in: runtime)
      return .result(.object(try ScriptCheck(arguments, runtime)))
    }
    try state.register("mfsh_internal.check_add") { call in
      try check(call).add(call, 2)
      return .results([])
    }
    try state.register("mfsh_internal.check_start") { call in
      try check(call).start()
      return .results([])
    }
    try state.register("mfsh_internal.check_result") { call in try check(call).results.take() }
    try state.register("mfsh_internal.check_stop") { call in
      try check(call).stop()
      return .results([])
    }
    try state.register("mfsh_internal.check_summary") { call in .result(try check(call).summary()) }
  }

  private static func registerVisits(_ state: LuaState) throws {
    try state.register("mfsh_internal.check_visit") { call in try check(call).visits.take() }
    try state.register("mfsh_internal.check_answer") { call in
      let number = try call.integer(2, CheckRunArguments.function)
      try check(call).visits.answer(number, findings: try RuleAnswer.findings(try call.value(3)))
      return .results([])
    }
    // Whether the error is one of the server, and so an answer about the row.
    try state.register("mfsh_internal.check_failed") { call in
      guard let error = RuleAnswer.error((try? call.value(3)) ?? .nil) else { return .result(.bool(false)) }
      try check(call).visits.answer(try call.integer(2, CheckRunArguments.function), failure: error)
      return .result(.bool(true))
    }
  }
}
