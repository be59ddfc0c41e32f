import LuaKit
import Shell
import HTTP

/// The test whether a statement is complete, fed with arbitrary text.
package final class StatementSubject: Subject {
  private let state: LuaState

  package init() throws {
    state = try LuaState(executor: EventLoop(), memoryLimit: 256 << 20) { _ in NoSecret() }
  }

  package func read(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    let statement = Statement(text, in: state)
    let again = Statement(text, in: state)
    guard statement.code == again.code, statement.isComplete == again.isComplete else {
      throw Violation("it answers differently the second time")
    }
    guard statement.code == text || statement.code == "return \(text)" else {
      throw Violation("other code than what was typed")
    }
    guard state.syntaxError(statement.code, chunkName: "=prompt") == nil else { return }
    guard statement.isComplete else { throw Violation("what could run is not complete") }
    guard Statement(text + "\n", in: state).isComplete else {
      throw Violation("another line end makes it incomplete")
    }
  }
}

private final class NoSecret: LuaObject {
  static let luaClass = "secret"
}
