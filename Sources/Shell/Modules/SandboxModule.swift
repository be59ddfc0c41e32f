import HTTP
import LuaKit
import MFWS
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
      .result(.object(SandboxObject(try SandboxServer(try configuration(call)))))
    }
    try state.property(SandboxObject.self, "url") { .string($0.server.url) }
    try state.property(SandboxObject.self, "ca") {
      $0.server.authorityCertificate.map(LuaValue.string) ?? .nil
    }
    try state.method(SandboxObject.self, "stats") { call in
      .result(Self.table(try call.object(1, "sandbox:stats", SandboxObject.self).server.stats))
    }
    try state.method(SandboxObject.self, "faults") { call in try faults(call) }
    try state.method(SandboxObject.self, "nodes") { call in try nodes(call) }
    try state.method(SandboxObject.self, "stop") { call in
      try call.object(1, "sandbox:stop", SandboxObject.self).server.stop()
      return .results([])
    }
    try state.method(SandboxObject.self, "__tostring") { call in
      .result(.string("sandbox(\(try call.object(1, "sandbox", SandboxObject.self).server.url))"))
    }
  }

  private static let function = "mfsh.sandbox"

  private static func configuration(_ call: borrowing LuaCall) throws -> SandboxConfiguration {
    let table = try ArgumentTable(call, 1, of: function, keys: NamedArguments.names(of: function))
    var options = SandboxOptions()
    options.port = Int(clamping: try table.integer("port") ?? 0)
    options.nodes = Int(clamping: try table.integer("nodes") ?? 1)
    guard (0...65535).contains(options.port), (1...16).contains(options.nodes) else {
      throw LuaError.usage("mfsh.sandbox: port is 0 to 65535, nodes 1 to 16")
    }
    options.seedFile = try table.string("seed")
    options.licenses = try table.integer("licenses").map { Int(clamping: $0) }
    options.accounts = Int(clamping: try table.integer("accounts") ?? 0)
    options.rate = try table.integer("rate").map { Int(clamping: $0) }
    options.latency = Int(clamping: try table.integer("latency") ?? 0)
    options.mode = try choice(table, "mode") ?? .normal
    options.verbs = try choice(table, "verbs") ?? .any
    options.path = try table.string("path")
    options.takesOnlyAshx = try table.bool("only_ashx") ?? false
    options.sendsIISHeaders = try table.bool("iis_headers") ?? false
    options.clockSkew = Int(clamping: try table.integer("clock_skew") ?? 0)
    options.usesTLS = try table.bool("tls") ?? false
    if table.value("faults") != nil, let json = try call.json(1, field: "faults") {
      options.faults = try list(json, of: "mfsh.sandbox")
    }
    var configuration = try SandboxConfiguration(options)
    configuration.presharedKey = try table.secret("preshared_key")
    configuration.trustedProxy = try table.secret("trusted_proxy")
    return configuration
  }

  private static func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ table: ArgumentTable, _ key: String
  ) throws(LuaError) -> Value? {
    guard let text = try table.string(key) else { return nil }
    if let value = Value(rawValue: text) { return value }
    let words = Value.allCases.map(\.rawValue)
    let hint =
      nearest(to: text, in: words).map { "did you mean \"\($0)\"?" }
      ?? "give one of \(words.joined(separator: ", "))"
    throw .usage("mfsh.sandbox: \(key) is not \"\(text)\": \(hint)")
  }

  /// `sandbox:faults{…}` sets what goes wrong; without an argument it answers what does, and how often it did.
  private static func faults(_ call: borrowing LuaCall) throws -> LuaOutcome {
    let server = try call.object(1, "sandbox:faults", SandboxObject.self).server
    if !call.isNil(2) { server.setFaults(try list(try call.json(2), of: "sandbox:faults")) }
    return .result(.json(server.faultsJSON, secrets: .none, source: "sandbox:faults"))
  }

  private static func list(_ json: [UInt8], of function: String) throws(LuaError) -> [Fault] {
    // An empty table is an empty list.
    if json == Array("{}".utf8) { return [] }
    do throws(SandboxError) {
      return try Fault.list(json: json)
    } catch {
      throw .usage("\(function): \(error)")
    }
  }

  /// `sandbox:nodes{stop=1}` and `sandbox:nodes{start=1}`.
  private static func nodes(_ call: borrowing LuaCall) throws -> LuaOutcome {
    let server = try call.object(1, "sandbox:nodes", SandboxObject.self).server
    let name = "sandbox:nodes"
    let table = try ArgumentTable(call, 2, of: name, keys: NamedArguments.names(of: name))
    let (start, stop) = (try table.integer("start"), try table.integer("stop"))
    guard start != nil || stop != nil else { throw LuaError.usage("sandbox:nodes: give stop=1 or start=1") }
    for (number, change) in [(start, server.startNode), (stop, server.stopNode)] {
      guard let number else { continue }
      guard change(Int(clamping: number)) else {
        throw LuaError.usage("sandbox:nodes: there is no node \(number)")
      }
    }
    return .results([])
  }

  private static func table(_ stats: SandboxStats) -> LuaValue {
    let numbers = [
      ("live_sessions", stats.liveSessions), ("live_licenses", stats.liveLicenses),
      ("highest_live_sessions", stats.highestLiveSessions),
      ("highest_live_licenses", stats.highestLiveLicenses), ("logins", stats.logins),
      ("logouts", stats.logouts), ("refused_logins", stats.refusedLogins), ("requests", stats.requests),
      ("connections", stats.connections), ("handshakes", stats.handshakes),
    ]
    let paths = stats.requestsByPath.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
    let byPath = LuaValue.table(paths.map { (key: $0.key, value: .integer(Int64($0.value))) })
    return .table(
      numbers.map { (key: $0.0, value: .integer(Int64($0.1))) } + [(key: "requests_by_path", value: byPath)])
  }
}
