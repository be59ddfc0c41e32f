import LuaKit

/// What `help` shows. The prelude turns functions into their names.
enum HelpModule {
  static func register(in runtime: Runtime) throws {
    try runtime.state.register("help") { call in
      let topic = call.isNil(1) ? nil : try call.string(1, "help")
      guard let text = HelpTopics.text(topic) else {
        throw LuaError.usage(UsageError.unknownTopic(topic ?? "", known: HelpTopics.names).message)
      }
      return .result(.string(text))
    }
  }
}
