import HTTP
import LuaKit
import MFWS

/// A secret as Lua holds it.
final class SecretObject: LuaObject {
  static let luaClass = "secret"
  let secret: Secret
  init(_ secret: Secret) { self.secret = secret }
}

/// The global `secret`.
enum SecretModule {
  static func register(in runtime: Runtime) throws {
    let state = runtime.state
    try state.registerClass(SecretObject.self)
    state.useForSecrets(SecretObject.self)
    try state.method(SecretObject.self, "__tostring") { _ in .result(.string(Secret("").description)) }
    try state.method(SecretObject.self, "__eq") { call in
      // Lua calls it for any two userdata of which one is a secret.
      let one = call.optionalObject(1) as? SecretObject, other = call.optionalObject(2) as? SecretObject
      return .result(.bool(one != nil && one?.secret == other?.secret))
    }
    try state.register("secret.of") { call in
      .result(.object(SecretObject(Secret(bytes: try call.bytes(1, "secret.of")))))
    }
    try state.register("secret.reveal") { call in
      let object = try call.object(1, "secret.reveal", SecretObject.self)
      return .result(.bytes(object.secret.withBytes { Array($0) }))
    }
    try registerSources(state)
    try state.register("secret.ask") { [unowned runtime] call in
      let prompt = call.isNil(1) ? "Secret: " : try call.string(1, "secret.ask")
      return .result(.object(SecretObject(try runtime.ask(prompt))))
    }
  }

  private static func registerSources(_ state: LuaState) throws {
    try state.register("secret.env") { call in
      .result(.object(SecretObject(try SecretSource.environment(try call.string(1, "secret.env")))))
    }
    try state.register("secret.file") { call in
      .result(.object(SecretObject(try SecretSource.file(try call.string(1, "secret.file")))))
    }
    try state.register("secret.command") { call in
      guard case .array(let values) = try call.value(1) else {
        throw LuaError.usage(
          "secret.command: argument 1 must be a list of words: {\"pass\", \"mfiles/prod\"}")
      }
      let words = values.compactMap { if case .string(let word) = $0 { word } else { nil } }
      guard words.count == values.count else {
        throw LuaError.usage("secret.command: every word must be a string")
      }
      return .result(.object(SecretObject(try SecretSource.command(words))))
    }
  }
}

extension Runtime {
  /// Asks on the terminal. Ctrl-C there stops the code as anywhere else.
  ///
  /// - Parameter otherwise: what to use where there is no terminal; nil: the password options.
  func ask(_ prompt: String, otherwise: String? = nil) throws -> Secret {
    onQuestion()
    do {
      waiting.pause()
      defer { waiting.resume() }
      guard let otherwise else { return try SecretSource.question(prompt) }
      return try SecretSource.question(prompt, otherwise: otherwise)
    } catch  where error.code == .clientCancelled {
      interruptedAtQuestion = true
      scheduler.stop()
      throw error
    }
  }
}
