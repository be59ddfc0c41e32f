import Glibc
import LineEditing

/// The program in which a text is changed: `$VISUAL`, `$EDITOR` or vi, which has the terminal until it ends.
struct UserEditor {
  /// As the variable has it, with arguments.
  private let command: String

  init() { command = Environment.value("VISUAL") ?? Environment.value("EDITOR") ?? "vi" }

  /// What the file that is changed may have at most, in bytes.
  private static let limit = 4 << 20

  /// Has somebody change a text. Whatever goes wrong, it or what was saved of it comes back.
  func edit(_ text: String) -> EditedText {
    do throws(UsageError) {
      let file = try StatementFile(text)
      defer { file.remove() }
      let end = try run(file.path)
      return result(of: end, file.content(limit: Self.limit), for: text)
    } catch {
      return failure(error.message)
    }
  }

  private func run(_ path: String) throws(UsageError) -> EditorProgram.End {
    let words = ChildProgram.words(command, adding: [path])
    guard words.count > 1 else { throw UsageError("$EDITOR is blank: set it to an editor") }
    do throws(ChildProgram.Failure) { return try EditorProgram.run(words) } catch {
      throw UsageError("\(error.message): set EDITOR to one that is installed")
    }
  }

  private func result(
    of end: EditorProgram.End, _ content: StatementFile.Content, for text: String
  ) -> EditedText {
    switch (end, content) {
    case (.exited(127), _): return failure("not found: set EDITOR to one that is installed")
    case (.exited(let status), _) where status != 0: return failure("it ended with status \(status)")
    case (.exited, .text(let bytes)): return EditedText(bytes: bytes)
    // What had been saved is the newest there is.
    case (.killed(let signal), .text(let bytes)):
      return EditedText(
        bytes: bytes, problem: line("it was ended by signal \(signal); this is what it had saved"))
    case (.killed(let signal), _): return failure("it was ended by signal \(signal)")
    case (_, .empty): return text.isEmpty ? EditedText() : failure("it left an empty file")
    case (_, .missing(let reason)): return failure(reason)
    }
  }

  private func failure(_ reason: String) -> EditedText {
    EditedText(problem: line("\(reason); nothing is changed"))
  }

  private func line(_ words: String) -> String { TerminalText.line("mfsh: \(command): \(words)") }
}
