import HTTP
import LuaKit

/// The global `mfsh`, and what the prelude needs from the program.
enum ProgramModule {
  static func register(in runtime: Runtime) throws {
    let state = runtime.state
    try state.set("mfsh.version", .string(Version.number))
    if let name = runtime.profileName { try state.set("mfsh.profile", .string(name)) }
    try state.set("mfsh.args", .array(runtime.arguments.map(LuaValue.string)))
    try state.register("mfsh.show") { call in
      let format = call.isNil(2) ? .table : try ResultFormat(named: call.string(2, "mfsh.show"))
      Pager.show(try format.text(of: call.shown(1), width: OutputStream.tableWidth))
      return .results([])
    }
    try state.register("mfsh_internal.write") { call in
      OutputStream.write(try call.bytes(1, "print"))
      return .results([])
    }
    try state.register("mfsh_internal.page") { call in
      Pager.show(try call.string(1, "help"))
      return .results([])
    }
    try state.register("mfsh_internal.exit") { [unowned runtime] call in
      runtime.exit(status: Int32(truncatingIfNeeded: try call.integer(1, "os.exit")))
    }
    try registerTasks(runtime)
  }

  private static func registerTasks(_ runtime: Runtime) throws {
    let state = runtime.state, loop = runtime.loop
    try state.register("mfsh_internal.spawn") { [unowned runtime] call in
      .result(.integer(Int64(bitPattern: try runtime.scheduler.spawn(call, 1, "tasks"))))
    }
    try state.register("mfsh_internal.join") { [unowned runtime] call in
      let task = UInt64(bitPattern: try call.integer(1, "tasks"))
      return .wait {
        await runtime.scheduler.join(task)
        return []
      }
    }
    try state.register("mfsh_internal.cancel") { [unowned runtime] call in
      runtime.scheduler.cancel(UInt64(bitPattern: try call.integer(1, "tasks")))
      return .results([])
    }
    try state.register("tasks.sleep") { call in
      let seconds = try call.number(1, "tasks.sleep")
      guard seconds >= 0, seconds < 1e9 else {
        throw LuaError.usage("tasks.sleep: seconds must be 0 or more")
      }
      return .wait {
        await loop.sleep(seconds: seconds)
        return []
      }
    }
  }
}
