import LuaKit
import Sandbox

/// A sandbox as Lua holds it.
final class SandboxObject: LuaObject {
  static let luaClass = "sandbox"
  let server: SandboxServer
  init(_ server: SandboxServer) { self.server = server }
}

/// `mfsh.sandbox{…}`: a local web service inside the process.
enum SandboxModule {
  static func register(in runtime: Runtime) throws {
    let state = runtime.state
    try state.registerClass(SandboxObject.self)
    try state.register("mfsh.sandbox") { call in
      let table = try ArgumentTable(call, 1, of: "mfsh.sandbox", keys: ["port", "seed", "nodes"])
      var options = SandboxOptions()
      options.port = Int(clamping: try table.integer("port") ?? 0)
      options.nodes = Int(clamping: try table.integer("nodes") ?? 1)
      options.seedFile = try table.string("seed")
      guard (0...65535).contains(options.port), (1...16).contains(options.nodes) else {
        throw LuaError.usage("mfsh.sandbox: port is 0 to 65535, nodes 1 to 16")
      }
      return .result(.object(SandboxObject(try SandboxServer(SandboxConfiguration(options)))))
    }
    try state.property(SandboxObject.self, "url") { .string($0.server.url) }
    try state.method(SandboxObject.self, "stats") { call in
      .result(Self.table(try call.object(1, "sandbox:stats", SandboxObject.self).server.stats))
    }
    try state.method(SandboxObject.self, "stop") { call in
      try call.object(1, "sandbox:stop", SandboxObject.self).server.stop()
      return .results([])
    }
    try state.method(SandboxObject.self, "__tostring") { call in
      .result(.string("sandbox(\(try call.object(1, "sandbox", SandboxObject.self).server.url))"))
    }
  }

  private static func table(_ stats: SandboxStats) -> LuaValue {
    let fields = [
      ("live_sessions", stats.liveSessions), ("logins", stats.logins), ("logouts", stats.logouts),
      ("requests", stats.requests),
    ]
    return .table(fields.map { (key: $0.0, value: .integer(Int64($0.1))) })
  }
}
