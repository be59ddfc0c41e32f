import HTTP
import LuaKit
import MFWS

/// The global `tasks`: sequential Lua code, many at a time. What is not in Swift here is written in Lua (`TasksCode`).
enum TasksModule {
  static func register(in runtime: Runtime) throws {
    try registerTasks(runtime)
    try registerArguments(runtime.state)
    try registerSleep(runtime)
    try runtime.scheduler.run(Array(TasksCode.text.utf8), chunkName: "=mfsh") { _ in }
  }

  private static func registerTasks(_ runtime: Runtime) throws {
    let state = runtime.state
    try state.register("mfsh_internal.current") { [unowned runtime] _ in
      .result(.integer(Int64(bitPattern: runtime.scheduler.currentTask)))
    }
    try state.register("mfsh_internal.spawn") { [unowned runtime] call in
      let owner = UInt64(bitPattern: try call.integer(2, "tasks"))
      let task = try runtime.scheduler.spawn(call, 1, "tasks", below: owner)
      return .result(.integer(Int64(bitPattern: task)))
    }
    try state.register("mfsh_internal.join") { [unowned runtime] call in
      runtime.scheduler.join(UInt64(bitPattern: try call.integer(1, "tasks")))
    }
    try state.register("mfsh_internal.cancel") { [unowned runtime] call in
      runtime.scheduler.cancel(UInt64(bitPattern: try call.integer(1, "tasks")))
      return .results([])
    }
    // What Lua can do nothing with but hand it back: a list of those who wait.
    let waiting = Waiting()
    try state.register("mfsh_internal.wait") { call in
      let key = try call.integer(1, "tasks")
      return .suspend { waiting.numbers[key] = $0 }
    }
    try state.register("mfsh_internal.wake") { [unowned runtime] call in
      if let number = waiting.numbers.removeValue(forKey: try call.integer(1, "tasks")) {
        runtime.scheduler.resume(suspended: number)
      }
      return .results([])
    }
    try state.register("mfsh_internal.time_is_up") { call in
      let seconds = try call.number(1, "tasks.timeout")
      throw MFWSError(.clientTimeout, "tasks.timeout: not done after \(seconds) s")
    }
    try state.register("mfsh_internal.note_origin") { [unowned runtime] call in
      runtime.scheduler.note(origin: try call.string(2, "tasks"), of: try call.string(1, "tasks"))
      return .results([])
    }
  }

  /// Which suspended task has which key.
  private final class Waiting {
    var numbers: [Int64: UInt64] = [:]
  }

  /// What is wrong with arguments is told as everywhere else.
  private static func registerArguments(_ state: LuaState) throws {
    try state.register("mfsh_internal.jobs") { call in
      let name = try call.string(1, "tasks")
      // The table stands where it stood in the user's call.
      let table = try ArgumentTable(call, 3, of: name, keys: NamedArguments.names(of: name))
      guard let jobs = table.value("jobs") else { return .result(.integer(8)) }
      guard case .integer(let count) = jobs, count >= 1 else {
        throw LuaError.usage("\(name): jobs must be a whole number from 1 up")
      }
      return .result(.integer(count))
    }
    try state.register("mfsh_internal.usage") { call in
      throw LuaError.usage(try call.string(1, "tasks"))
    }
  }

  private static func registerSleep(_ runtime: Runtime) throws {
    let loop = runtime.loop
    try runtime.state.register("tasks.sleep") { [unowned scheduler = runtime.scheduler] call in
      let seconds = try call.number(1, "tasks.sleep")
      guard seconds >= 0, seconds < 1e9 else {
        throw LuaError.usage("tasks.sleep: seconds must be 0 or more")
      }
      return .begin { number in
        let timer = loop.after(seconds: seconds) { scheduler.resume(suspended: number) }
        return { loop.cancelTimer(timer) }
      }
    }
  }
}
