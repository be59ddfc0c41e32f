import FoundationEssentials
import HTTP
import LuaKit
import MFWS

/// The global `session`, and the methods of sessions that `session.open` makes.
enum SessionModule {
  /// A function of a session. `first` is the index of its first argument: 1 for `session.info()`, 2 for `s:info()`.
  typealias Body =
    @Sendable (_ object: SessionObject, _ call: borrowing LuaCall, _ first: Int) throws -> LuaOutcome

  /// `session.name(…)` and `s:name(…)` alike.
  private static let functions: [(name: String, body: Body)] = [
    ("info", { object, _, _ in resource(object, "/session", .object, .none) }),
    ("vaults", { object, _, _ in resource(object, "/session/vaults", .array, .vaults) }),
    ("vault", { object, _, _ in resource(object, "/session/vault", .object, .vault) }),
    ("user_id", { object, _, _ in .wait { [.integer(try await object.session.userID())] } }),
    (
      "token",
      { object, _, _ in .wait { [.object(SecretObject(try await object.session.authenticationToken()))] } }
    ),
    ("use", use), ("request", request),
  ]

  static func register(in runtime: Runtime) throws {
    let state = runtime.state
    try state.registerClass(SessionObject.self)
    let current = runtime.current
    for (name, body) in functions {
      try state.register("session.\(name)") { call in
        try body(try current.get(), call, 1)
      }
      try state.method(SessionObject.self, name) { call in
        try body(try call.object(1, "session:\(name)", SessionObject.self), call, 2)
      }
    }
    try state.register("session.current") { _ in .result(current.object.map { .object($0) } ?? .nil) }
    try LastExchangeTable.register(in: runtime)
    try registerLogin(runtime)
    try registerLogout(runtime)
    try registerProperties(state)
  }

  private static func registerLogin(_ runtime: Runtime) throws {
    try runtime.state.register("session.login") { [unowned runtime] call in
      let arguments = try LoginArguments(call, "session.login", in: runtime)
      return .wait {
        let opened = try await runtime.open(arguments)
        let before = runtime.defaultSession
        runtime.defaultSession = SessionObject(opened.session, way: arguments.way, seen: runtime.seenVaults)
        runtime.seenVaults.note(opened.vaults)
        // The new session is proved; that the old one could not be logged out is nothing the caller can mend.
        _ = try? await before?.session.logout()
        return [.json(opened.vaults, secrets: .vaults, source: "PUT /session")]
      }
    }
    try runtime.state.register("session.open") { [unowned runtime] call in
      let arguments = try LoginArguments(call, "session.open", in: runtime)
      return .wait {
        let opened = try await runtime.open(arguments)
        runtime.seenVaults.note(opened.vaults)
        return [.object(SessionObject(opened.session, way: arguments.way, seen: runtime.seenVaults))]
      }
    }
  }

  private static func registerLogout(_ runtime: Runtime) throws {
    let current = runtime.current
    try runtime.state.register("session.logout") { _ in
      guard let object = current.object else { return .result(.bool(false)) }
      return .wait {
        // A logout that failed leaves the session, to be tried again.
        defer { if !object.session.isOpen, current.object === object { current.object = nil } }
        return [.bool(try await object.session.logout())]
      }
    }
    try runtime.state.method(SessionObject.self, "logout") { call in
      logout(try call.object(1, "session:logout", SessionObject.self))
    }
    try runtime.state.method(SessionObject.self, "__close") { call in
      let object = try call.object(1, "session", SessionObject.self)
      guard call.canWait else {
        object.session.close()
        return .results([])
      }
      return .wait {
        // The scope ends either way, and the session expires.
        _ = try? await object.session.logout()
        return []
      }
    }
  }

  private static func logout(_ object: SessionObject) -> LuaOutcome {
    .wait { [.bool(try await object.session.logout())] }
  }

  private static func registerProperties(_ state: LuaState) throws {
    try state.property(SessionObject.self, "user") { .string($0.session.user) }
    try state.property(SessionObject.self, "url") { .string($0.session.url) }
    try state.property(SessionObject.self, "state") { .string($0.session.state.rawValue) }
    try state.property(SessionObject.self, "way") { .string($0.way) }
    try state.property(SessionObject.self, "expires") { object in
      object.session.expires.map { .string($0.formatted(.iso8601)) } ?? .nil
    }
    try state.method(SessionObject.self, "__tostring") { call in
      .result(.string(try call.object(1, "session", SessionObject.self).description))
    }
  }

  private static func resource(
    _ object: SessionObject, _ path: String, _ shape: ResourceRequest.Shape, _ secrets: SecretPaths
  ) -> LuaOutcome {
    .wait {
      let text = try await object.session.answer("GET", path, shape)
      if path.hasPrefix("/session/vault") { object.seen.note(text) }
      return [.json(text, secrets: secrets, source: "GET \(path)")]
    }
  }

  /// The vault as a GUID in any spelling, a name, or a vault table.
  private static func use(
    _ object: SessionObject, _ call: borrowing LuaCall, _ first: Int
  ) throws -> LuaOutcome {
    let vault: String
    switch try call.value(first) {
    case .string(let text): vault = text
    case .table(let fields):
      guard case .string(let guid)? = fields.first(where: { $0.key == "GUID" })?.value else {
        throw LuaError.usage("session.use: the table has no GUID: give a vault of session.vaults()")
      }
      vault = guid
    default: throw call.mismatch(first, "session.use", "a vault's name, its GUID or a vault table")
    }
    return .wait {
      let text = try await object.session.enter(vault)
      object.seen.note(text)
      return [.json(text, secrets: .vault, source: "PUT /session/vault")]
    }
  }

  private static func request(
    _ object: SessionObject, _ call: borrowing LuaCall, _ first: Int
  ) throws -> LuaOutcome {
    let arguments = try RequestArguments(call, first)
    return .wait {
      let response = try await object.session.request(
        arguments.method, arguments.path, query: arguments.query, headers: arguments.headers,
        body: arguments.body)
      return [arguments.value(of: response), .integer(Int64(response.status))]
    }
  }
}

extension Runtime {
  /// Logs in. Without any way in the error says which there are.
  func open(_ arguments: LoginArguments) async throws -> OpenedSession {
    guard var login = arguments.login else { throw await LoginAdvice.error(for: arguments) }
    if arguments.usesOAuth {
      login.credentials = try await OAuthLogin(arguments: arguments, runtime: self).credentials()
    }
    do {
      return try await Session.open(
        arguments.address, login, configuration: arguments.configuration, http: arguments.http,
        sessions: sessions)
    } catch {
      throw error.code == .deniedVault ? LoginAdvice.withoutVault(error) : error
    }
  }
}
