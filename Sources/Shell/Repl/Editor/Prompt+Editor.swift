import LineEditing
import LuaKit

extension Prompt {
  /// What stands at the prompt from the start: what came of the text that was asked for in the editor.
  func editedText(_ history: StatementHistory) -> [UInt8] {
    guard let wanted = runtime.edits.take() else { return [] }
    let text = wanted ?? Self.lastStatement(of: history)
    let edited = UserEditor().edit(text)
    if let problem = edited.problem { OutputStream.error(problem) }
    return edited.bytes ?? []
  }

  /// As the history keeps it; commands and wishes to edit are none.
  private static func lastStatement(of history: StatementHistory) -> String {
    let last = history.statements.last { statement in
      PromptCommand.typed(statement) == nil
        && !LuaToken.tokens(of: statement).starts(with: ["mfsh", ".", "edit"]) { $0.is($1) }
    }
    return last.map(history.recalled) ?? ""
  }
}

/// The wish to change a text in the editor before the next statement is typed.
///
/// Used on the main thread only.
final class EditRequests: @unchecked Sendable {
  /// Whether there is a prompt at which a text can be changed.
  var areServed = false
  /// The file whose setting `edit off` is why there is none.
  var fileThatForbids: String?
  private var wanted: String??

  /// - Parameter text: nil: the last statement.
  /// - Throws: `UsageError` where there is no such prompt.
  func ask(for text: String?) throws(UsageError) {
    if let fileThatForbids {
      throw UsageError(
        "edit off in \(fileThatForbids) turns this off: take that line out and start mfsh anew")
    }
    guard areServed else {
      throw UsageError(
        "there is no prompt here at which lines can be edited: run mfsh on a terminal that can move its cursor"
      )
    }
    wanted = .some(text)
  }

  /// What is wanted; nil: nothing.
  func take() -> String?? {
    defer { wanted = nil }
    return wanted
  }

  /// Tells Lua of it.
  func register(in state: LuaState) throws {
    try state.register("mfsh.edit") { [unowned self] call in
      let text = call.isNil(1) ? nil : try call.string(1, "mfsh.edit")
      do throws(UsageError) { try ask(for: text) } catch {
        throw LuaError.usage("mfsh.edit: \(error.message)")
      }
      return .results([])
    }
  }
}
