import Glibc
import LuaKit

/// The global `mfsh`, and what the prelude needs from the program.
enum ProgramModule {
  static func register(in runtime: Runtime) throws {
    let state = runtime.state
    try state.set("mfsh.version", .string(Version.number))
    if let name = runtime.profileName { try state.set("mfsh.profile", .string(name)) }
    try state.set("mfsh.args", .array(runtime.arguments.map(LuaValue.string)))
    try state.register("mfsh.show") { call in
      let format = call.isNil(2) ? nil : try ResultFormat(named: call.string(2, "mfsh.show"))
      Pager.show(try ResultFormat.text(of: call.shown(1), as: format, width: OutputStream.tableWidth))
      return .results([])
    }
    try state.register("mfsh_internal.write") { call in
      OutputStream.write(try call.bytes(1, "print"))
      return .results([])
    }
    try state.register("mfsh_internal.exit") { [unowned runtime] call in
      runtime.exit(status: Int32(truncatingIfNeeded: try call.integer(1, "os.exit")))
    }
    try state.register("mfsh_internal.interrupt") { _ in
      raise(SIGINT)
      return .results([])
    }
  }
}
