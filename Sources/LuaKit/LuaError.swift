/// An error that Lua code sees as an object: a table with `code`, `message`, `position` and further fields.
package struct LuaError: Error, Sendable, CustomStringConvertible {
  /// A dotted code, class first, such as `client.usage`.
  package var code: String
  /// One sentence that says what happened and what to do next.
  package var message: String
  /// Further fields.
  package var fields: [(key: String, value: LuaValue)] = []
  /// What is wrong with an argument, if Swift is to know; Lua code does not see it.
  package var mistake: Mistake?

  /// What may be wrong with an argument.
  package enum Mistake: Sendable {
    case wrongType
    /// `f{"value"}`, where `f{name = "value"}` is wanted.
    case namelessKey
  }

  package init(code: String, message: String, fields: [(key: String, value: LuaValue)] = []) {
    self.code = code
    self.message = message
    self.fields = fields
  }

  package var description: String { message }

  /// A call with arguments that the function does not take.
  package static func usage(_ message: String, _ mistake: Mistake? = nil) -> LuaError {
    var error = LuaError(code: "client.usage", message: message)
    error.mistake = mistake
    return error
  }
}

/// An error that can say itself how Lua shall see it.
package protocol LuaErrorConvertible: Error {
  var luaError: LuaError { get }
}

/// Why a chunk did not run to its end.
package struct LuaFailure: Error, Sendable {
  package enum Kind: Sendable {
    case syntax, runtime, memory, stopped
  }
  package var kind: Kind
  /// One line, with the position in front when Lua knows it.
  package var message: String
  /// The error as far as one line shows it, when it is a table without a `__tostring`: `message` says little then.
  package var value: LuaView?
  /// The error object's `code`; nil when the error is no such object.
  package var code: String?
  /// The error object's `task`: in which task it was raised that another one raises it again; nil: in none.
  package var task: String?
  /// Lua's traceback, without the message; empty when there is none.
  package var traceback = ""

  /// A failure before any code has run.
  package init(kind: Kind, message: String, code: String? = nil) {
    self.kind = kind
    self.message = message
    self.code = code
  }
}
